"""Verify a card question by question: ask again, return, or accept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.evidence.survey import actions, policies, queries, verifying
from opora.evidence.survey.models import Card
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused


@require_http_methods(["GET", "HEAD", "POST"])
@door(policies.AREA, "A")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """One card: its answers, a note beside each, and what to do with it."""
    actor = actor_of(request)
    card = queries.card_by_code(actor, code)
    if card is None or not policies.verify_card(actor, card):
        raise Http404
    if request.method == "POST":
        return _decide(request, card)
    return render(request, "survey/verify.html", verifying.page(card))


def _decide(request: HttpRequest, card: Card) -> HttpResponse:
    actor, post = actor_of(request), request.POST
    try:
        asked = verifying.keep(actor, card, post)
        if post.get("do") == "verify":
            actions.verify_card(actor, card)
            messages.success(request, _("Картата е потвърдена."))
        else:
            reason = post.get("reason", "") or (_("Уточнете отбелязаните въпроси.") if asked else "")
            actions.return_card(actor, card, reason=reason)
            messages.success(request, _("Картата е върната на услугата."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_verify", card.code)
    return redirect("survey_round", card.round.code)
