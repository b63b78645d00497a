"""States of a card: their codes, words and the order in which a card may pass through them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOT_STARTED = "not_started"
DRAFT = "draft"
SUBMITTED = "submitted"
RETURNED = "returned"
VERIFIED = "verified"
EXCUSED = "excused"

STAGES = {
    NOT_STARTED: _("Незапочната"),
    DRAFT: _("Чернова"),
    SUBMITTED: _("Изпратена"),
    RETURNED: _("Върната за допълване"),
    VERIFIED: _("Потвърдена"),
    EXCUSED: _("Освободена"),
}

# The kind of tag each state is shown with (ui/tags).
TAGS = {
    NOT_STARTED: "none",
    DRAFT: "info",
    SUBMITTED: "waiting",
    RETURNED: "wrong",
    VERIFIED: "done",
    EXCUSED: "none",
}

# Still with the service: may be filled and sent.
OPEN = (NOT_STARTED, DRAFT, RETURNED)
# Came in: counts as returned on the board („14 от 19“).
IN = (SUBMITTED, VERIFIED)
