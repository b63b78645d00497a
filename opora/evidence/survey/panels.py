"""What the coordinator's part of this room shows on its own other pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.evidence.survey import policies, stages
from opora.evidence.survey.models import Card

_LINK = Markup('<a class="govuk-link" href="{}">{}</a> ')


def new_round_link(request: HttpRequest | None) -> str:
    """„Ново събиране“ on the list of rounds, for whoever may open one."""
    actor = getattr(request, "actor", None)
    if actor is None or not policies.edit_templates(actor):
        return ""
    return _LINK.format(reverse("survey_round_new"), _("Ново събиране"))


def card_deeds(request: HttpRequest | None, card: Card) -> str:
    """Verify, return or excuse, on the page of a card that came in."""
    actor = getattr(request, "actor", None)
    if actor is None or not policies.verify_card(actor, card) or not card.round.is_open:
        return ""
    deeds = {
        stages.SUBMITTED: [
            ("survey_verify", _("Провери въпрос по въпрос")),
            ("survey_return", _("Върни за допълване")),
        ],
        stages.VERIFIED: [("survey_return", _("Върни за допълване"))],
    }.get(card.stage, [("survey_contact", _("Отбележи контакт")), ("survey_excuse", _("Освободи услугата"))])
    links = Markup("").join(_LINK.format(reverse(name, args=[card.code]), words) for name, words in deeds)
    return Markup('<p class="govuk-body op-row">{}</p>').format(links)
