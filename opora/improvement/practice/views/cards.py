"""Writing a card, what it needs, its tools; offering and deciding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.improvement.practice import (
    actions,
    policies,
    presenters,
    queries,
    queries_selection,
    queries_transfer,
)
from opora.improvement.practice.forms import cards as forms
from opora.improvement.practice.models import Feedback, Practice
from opora.improvement.practice.views.library import found_or_404, home_of

AREA = policies.AREA
GET_POST = ["GET", "HEAD", "POST"]


@require_safe
@door(AREA, "RW")
def mine(request: HttpRequest) -> HttpResponseBase:
    """What waits for the person, their cards, and adaptations they take part in."""
    actor = actor_of(request)
    context = {
        "to_decide": [presenters.card_row(card) for card in queries.to_decide(actor)],
        "to_answer": [presenters.as_task(one) for one in queries_transfer.to_answer(actor)],
        "cards": [presenters.card_row(card) for card in queries.unpublished(actor)],
        "published": [presenters.card_row(card) for card in queries.own_published(actor)],
        "adaptations": [presenters.as_task(one) for one in queries_transfer.adaptations(actor)],
        "nominations": queries_selection.own_nominations(actor),
        "writes": bool(actor.scopes(AREA, "W")),
    }
    return render(request, "practice/mine.html", context)


@require_http_methods(GET_POST)
@door(AREA, "W")
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a card."""
    actor = actor_of(request)
    form = forms.BeginForm(actor, request.POST or None, initial={"service": request.GET.get("service", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = actions.begin_card(
            actor, form.services[given["service"]], title=given["title"], summary=given["summary"]
        )
        messages.success(request, _("Черновата е записана. Опишете практиката."))
        return redirect("practice_edit", made.code)
    return render(request, "practice/new.html", {"form": form}, status=422 if form.is_bound else 200)


def written_or_404(actor: Actor, code: str) -> Practice:
    """The card, for whoever may write it now."""
    found = found_or_404(actor, code)
    if not policies.write_card(actor, found):
        raise Http404
    return found


@require_http_methods(GET_POST)
@door(AREA, "W")
def edit(request: HttpRequest, code: str) -> HttpResponseBase:
    """The words of the card; when a colleague saved meanwhile, both texts are shown."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    form = forms.CardForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_card(actor, found, form.words(), seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        else:
            messages.success(request, _("Картата е записана."))
            return redirect("practice_card", found.code)
    context = {"card": found, "form": form}
    return render(request, "practice/edit.html", context, status=422 if form.errors else 200)


@require_POST
@door(AREA, "W")
def offer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask for publication."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    try:
        actions.offer_card(actor, found)
        messages.success(request, _("Картата чака решение от координатора на областта."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("practice_card", found.code)


@require_http_methods(GET_POST)
@door(AREA, "W")
def decide(request: HttpRequest, code: str, what: str) -> HttpResponseBase:
    """Publish with a grade, return, or withdraw."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if what not in DECISIONS or not policies.decide_card(actor, found):
        raise Http404
    title, button, said, form_class = DECISIONS[what]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decided(actor, found, what, form.cleaned_data | _home(request, what))
            messages.success(request, str(said()))
            return redirect("practice_card", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    context = {"card": found, "form": form, "title": title(), "button": button(), "what": what}
    return render(request, "practice/decide.html", context, status=422 if form.errors else 200)


def _home(request: HttpRequest, what: str) -> dict[str, str]:
    return {} if what == "withdraw" else {"address": home_of(request)}


def _decided(actor: Actor, card: Practice, what: str, given: dict[str, Any]) -> None:
    deeds: dict[str, Callable[..., Practice]] = {
        "publish": actions.publish_card,
        "return": actions.return_card,
        "withdraw": actions.withdraw_card,
    }
    deeds[what](actor, card, **given)


DECISIONS: dict[str, tuple[Any, Any, Any, Any]] = {
    "publish": (
        lambda: _("Публикуване на практиката"), lambda: _("Публикувай"),
        lambda: _("Практиката е публикувана. Всеки може да я прочете."), forms.GradeForm,
    ),
    "return": (
        lambda: _("Връщане за допълване"), lambda: _("Върни картата"),
        lambda: _("Картата е върната на услугата за допълване."), forms.WhyForm,
    ),
    "withdraw": (
        lambda: _("Сваляне на практиката"), lambda: _("Свали от библиотеката"),
        lambda: _("Практиката вече не е в библиотеката."), forms.WhyForm,
    ),
}  # fmt: skip
"""By the word in the address: title, button, what is said after, form."""


@require_http_methods(GET_POST)
@door(AREA, "W")
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Answer a reader."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    said = next((one for one in queries.feedback_of(actor, found) if one.pk == pk), None)
    if not isinstance(said, Feedback) or not policies.answer_feedback(actor, found):
        raise Http404
    form = forms.AnswerForm(request.POST or None, initial={"answer": said.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_feedback(actor, said, answer=form.cleaned_data["answer"], seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        else:
            messages.success(request, _("Отговорът се показва на страницата на практиката."))
            return redirect("practice_card", found.code)
    return render(request, "practice/answer.html", {"card": found, "said": said, "form": form})
