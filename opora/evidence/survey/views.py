"""Pages of cards: mine, one card, a section of it, check and send, receipt, merge."""

from __future__ import annotations

import json
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.evidence.survey import actions, expired, filling, pages, policies, queries
from opora.evidence.survey.models import Card
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.drafts import queries as drafts

READ_OR_SEND = ["GET", "HEAD", "POST"]


def found(request: HttpRequest, code: str) -> Card:
    """The card, or 404 also when it stands outside the actor's places."""
    card = queries.card_by_code(actor_of(request), code)
    if card is None:
        raise Http404
    return card


@require_safe
@door(policies.AREA, "R")
def home(request: HttpRequest) -> HttpResponse:
    """Rounds the actor takes part in and, for whoever fills cards, the cards that wait."""
    actor = actor_of(request)
    fills = bool(actor.scopes(policies.AREA, "W")) and not policies.edit_templates(actor)
    cards = (
        list(queries.cards(actor).order_by("-round__opened_at", "service__sort_name")[:200]) if fills else []
    )
    context = {
        "rounds": queries.rounds_with_counts(actor),
        "cards": cards,
        "waiting": [card for card in cards if card.is_open],
        "fills": fills,
        "makes": policies.edit_templates(actor),
        "card_rows": pages.card_rows(cards),
    }
    return render(request, "survey/home.html", context)


@require_safe
@door(policies.AREA, "R")
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One card: its state, its sections, its answers, its history."""
    actor, one = actor_of(request), found(request, code)
    return render(request, "survey/card.html", pages.card_page(actor, one))


@require_http_methods(READ_OR_SEND)
@expired.keep_typed
@door(policies.AREA, "R")
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """One section to fill in: save, go on, add and remove rows, refresh what applies."""
    actor, one = actor_of(request), found(request, code)
    if not policies.fill_card(actor, one) or not one.is_open:
        return redirect("survey_card", code)
    page = filling.section_page(actor, one, section)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save_section(request, page)
    expired.put_back(actor, page)
    page.show_missing = "check" in request.GET
    return render(
        request,
        "survey/section.html",
        {"page": page, "card": one, "saved_text": drafts.kept_text(page.draft.saved_at)},
    )


def _save_section(request: HttpRequest, page: filling.SectionPage) -> HttpResponse:
    actor, do = actor_of(request), request.POST.get("do", "save")
    try:
        saved = filling.save(actor, page, request.POST, do)
    except Clash:
        return _to_merge(request, page.card)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_card", page.card.code)
    expired.forget(actor, page)
    if do == "refresh" and request.headers.get("HX-Request"):
        return _refreshed(request, page, saved)
    if do == "save":
        messages.success(request, drafts.kept_text(saved.saved_at))
    return redirect(filling.where_next(page, do))


def _refreshed(request: HttpRequest, page: filling.SectionPage, saved: drafts.Saved) -> HttpResponse:
    fresh = filling.section_page(actor_of(request), found(request, page.card.code), page.name)
    if fresh is None or fresh.shape == request.POST.get("shape"):
        response = HttpResponse(status=204)
    else:
        response = render(request, "survey/_fields.html", {"page": fresh, "card": fresh.card})
    response["HX-Trigger"] = filling.trigger(page.card, saved)
    return response


def _to_merge(request: HttpRequest, card: Card) -> HttpResponse:
    response = redirect("survey_merge", card.code)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = json.dumps({"filler:clash": {"merge": response.url}})
        return answer
    return response


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "W")
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The address the page saves to while somebody types; a GET gives a fresh token after signing in again."""
    actor, one = actor_of(request), found(request, code)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    page = filling.section_page(actor, one, request.POST.get("section", ""))
    if page is None:
        raise Http404
    try:
        saved = filling.save(actor, page, request.POST, "draft")
    except Clash:
        return JsonResponse({"merge": redirect("survey_merge", code).url}, status=409)
    except ActionRefused as refused:
        return JsonResponse({"text": str(refused)}, status=422)
    expired.forget(actor, page)
    return JsonResponse(filling.answer(page.card, saved))


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "R")
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything once more, what is missing on top, and the button that sends."""
    actor, one = actor_of(request), found(request, code)
    if not policies.fill_card(actor, one):
        return redirect("survey_card", code)
    if request.method == "POST":
        return _send(request, one)
    if not one.is_open:
        return redirect("survey_card", code)
    context = pages.check_page(actor, one) | {"key": uuid.uuid4().hex}
    return render(request, "survey/check.html", context)


def _send(request: HttpRequest, card: Card) -> HttpResponse:
    try:
        sent = actions.submit_card(actor_of(request), card, key=request.POST.get("key", "")[:64])
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_check" if card.is_open else "survey_card", card.code)
    return redirect("survey_receipt", card.code, sent.number)


@require_safe
@door(policies.AREA, "R")
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What to keep: number, time, who sent it."""
    actor, one = actor_of(request), found(request, code)
    sent = queries.submission(actor, one, number)
    if sent is None:
        raise Http404
    context = {"card": one, "sent": sent, "may_fill": policies.fill_card(actor, one), "now": clock.now()}
    return render(request, "survey/receipt.html", context)


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "W")
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Both texts side by side where two people changed the same answer; nothing is lost."""
    actor, one = actor_of(request), found(request, code)
    clash = drafts.clash(actor, one.draft_key)
    if clash is None:
        return redirect("survey_card", code)
    if request.method == "POST":
        return _settle(request, one, clash)
    return render(request, "survey/merge.html", pages.merge_page(one, clash))


def _settle(request: HttpRequest, card: Card, clash: drafts.Clashing) -> HttpResponse:
    post = request.POST
    mine = {one.path for one in clash.merge.conflicts if post.get(f"take:{one.path}") == "mine"}
    try:
        actions.settle_card(
            actor_of(request), card, mine=mine, version=_whole(post, "version"), held_id=_whole(post, "held")
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_merge", card.code)
    messages.success(request, _("Двата текста са събрани в една чернова."))
    return redirect("survey_card", card.code)


def _whole(post: QueryDict, name: str) -> int:
    text = post.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
