"""States of cards, adaptations and award periods: codes, words, and the tag each is shown with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DRAFT, OFFERED, RETURNED, PUBLISHED, WITHDRAWN = "draft", "offered", "returned", "published", "withdrawn"
CARD = {
    DRAFT: _("Чернова"),
    OFFERED: _("Предложена"),
    RETURNED: _("Върната за допълване"),
    PUBLISHED: _("Публикувана"),
    WITHDRAWN: _("Свалена"),
}
CARD_TAGS = {DRAFT: "info", OFFERED: "waiting", RETURNED: "wrong", PUBLISHED: "done", WITHDRAWN: "none"}
WRITTEN = (DRAFT, RETURNED, PUBLISHED)
"""In these the words of a card may change; an offered card waits as it was offered."""

ASKED, AGREED, DECLINED, RUNNING, FINISHED, STOPPED = (
    "asked",
    "agreed",
    "declined",
    "running",
    "finished",
    "stopped",
)
ADAPTATION = {
    ASKED: _("Поискана"),
    AGREED: _("Съгласувана"),
    DECLINED: _("Отказана"),
    RUNNING: _("В работа"),
    FINISHED: _("Приключена"),
    STOPPED: _("Спряна"),
}
ADAPTATION_TAGS = {
    ASKED: "waiting", AGREED: "info", DECLINED: "none", RUNNING: "info", FINISHED: "done", STOPPED: "none",
}  # fmt: skip
LEARNT = (AGREED, RUNNING, FINISHED, STOPPED)
"""Adaptations in which one service did learn from another; these stand in trees and in the network."""
MEASURED = (RUNNING, FINISHED)

NOMINATIONS, PANEL, DECIDED = "nominations", "panel", "decided"
PERIOD = {
    NOMINATIONS: _("Приемат се номинации"),
    PANEL: _("Решава комисията"),
    DECIDED: _("Решена"),
}
PERIOD_TAGS = {NOMINATIONS: "info", PANEL: "waiting", DECIDED: "done"}
