"""States of a visit, in the order they are entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PLANNED, MARKING, LOCKED, CONSENSUS, REPORTED, ANSWERED, AGREED, EXCUSED = (
    "planned",
    "marking",
    "locked",
    "consensus",
    "reported",
    "answered",
    "agreed",
    "excused",
)
STAGES = {
    PLANNED: _("Планирано"),
    MARKING: _("Оценява се"),
    LOCKED: _("Различията се обсъждат"),
    CONSENSUS: _("Чака доклад"),
    REPORTED: _("Докладът е при услугата"),
    ANSWERED: _("Услугата отговори"),
    AGREED: _("Програмата е договорена"),
    EXCUSED: _("Отпаднало"),
}
TAGS = {
    PLANNED: "none",
    MARKING: "info",
    LOCKED: "waiting",
    CONSENSUS: "waiting",
    REPORTED: "info",
    ANSWERED: "waiting",
    AGREED: "done",
    EXCUSED: "none",
}
OPEN_TO_MARKS = (PLANNED, MARKING)
BOTH_LOCKED = (LOCKED, CONSENSUS, REPORTED, ANSWERED, AGREED)
SEEN_BY_SERVICE = (REPORTED, ANSWERED, AGREED)
VISITED = BOTH_LOCKED
"""From here on the visit has happened and both observers have said what they saw."""
