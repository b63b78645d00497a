"""The coordinator's pages: rounds, the board, reminders, what happens to one card."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.evidence.survey import actions, board, opening, policies, queries, reminded, stages
from opora.evidence.survey.forms_board import BoardFilterForm, ContactForm, ReasonForm, RoundForm
from opora.evidence.survey.models import Card, Round
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.cells import neutral
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.ui.paging import page_of

PER_PAGE = 100


def found_round(request: HttpRequest, code: str) -> Round:
    """The round, or 404 also when it stands outside the actor's places."""
    round_ = queries.round_by_code(actor_of(request), code)
    if round_ is None:
        raise Http404
    return round_


@require_http_methods(["GET", "HEAD", "POST"])
@door(policies.AREA, "A")
def new_round(request: HttpRequest) -> HttpResponse:
    """Open a round: which card, of whom, by when."""
    actor = actor_of(request)
    choices = opening.choices(actor, request.POST.get("scope") or request.GET.get("scope", ""))
    form = RoundForm(request.POST or None, choices=choices, initial=opening.initial(choices))
    if request.method == "POST" and form.is_valid():
        try:
            round_ = opening.open_from(actor, form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Събирането е открито. Всяка услуга вече има своя карта."))
            return redirect("survey_round", round_.code)
    return render(request, "survey/round_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@door(policies.AREA, "R")
def round_board(request: HttpRequest, code: str) -> HttpResponse:
    """„14 от 19“, by municipality, and the cards below."""
    actor, round_ = actor_of(request), found_round(request, code)
    lines = board.lines(actor, round_)
    form = BoardFilterForm(request.GET, municipalities=[(line.code, line.name) for line in lines])
    chosen = _chosen(request, form)
    page = page_of(board.cards(actor, round_, chosen), request.GET.get("page"), PER_PAGE)
    facts = {
        "round": round_,
        "lines": lines,
        "total": board.total(lines),
        "rows": board.rows(list(page), round_),
        "page": page,
        "form": form,
        "chosen": chosen,
        "runs": policies.run_round(actor, round_),
        "stages": stages,
        "undo": reminded.undo(request, actor, round_),
    }
    return render(request, "survey/round.html", facts)


def _chosen(request: HttpRequest, form: BoardFilterForm) -> board.Chosen:
    form.is_valid()
    codes = tuple(code for code in request.GET.get("codes", "").split(";") if code)
    return board.Chosen(form.cleaned_data.get("stage", ""), form.cleaned_data.get("municipality", ""), codes)


@require_POST
@door(policies.AREA, "A")
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Write to every service that has not returned its card, or to the one named."""
    actor, round_ = actor_of(request), found_round(request, code)
    cards = list(
        board.cards(actor, round_, board.Chosen("missing", codes=tuple(request.POST.getlist("card"))))
    )
    try:
        batch, queued, unreachable = actions.remind(
            actor, round_, cards, address=request.build_absolute_uri("/").rstrip("/")
        )
    except NotAllowed:
        raise Http404
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_round", code)
    _tell_reminded(request, round_, batch, queued, unreachable)
    return redirect("survey_round", code)


def _tell_reminded(request: HttpRequest, round_: Round, batch: str, queued: int, unreachable: int) -> None:
    if queued:
        text = ngettext(
            "%(n)s напомняне е в изходящата поща.", "%(n)s напомняния са в изходящата поща.", queued
        ) % {"n": queued}
        messages.success(request, text)
        reminded.keep(request, round_, batch)
    else:
        messages.info(request, _("Днес вече е напомнено на всички."))
    if unreachable:
        text = ngettext(
            "%(n)s услуга няма поща: обадете се.", "%(n)s услуги нямат поща: обадете се.", unreachable
        )
        messages.warning(request, text % {"n": unreachable})


@require_POST
@door(policies.AREA, "A")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """End the collection."""
    return _run(request, code, actions.close_round, _("Събирането е приключено."))


@require_POST
@door(policies.AREA, "A")
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Collect again."""
    return _run(request, code, actions.reopen_round, _("Събирането е отворено отново."))


def _run(request: HttpRequest, code: str, action: Any, done: str) -> HttpResponse:
    try:
        action(actor_of(request), found_round(request, code))
    except NotAllowed:
        raise Http404
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("survey_round", code)


@require_safe
@door(policies.AREA, "R")
def missing(request: HttpRequest, code: str) -> HttpResponse:
    """Who has not returned the card, with telephone, as CSV."""
    actor, round_ = actor_of(request), found_round(request, code)
    name = f'attachment; filename="{round_.code}-missing.csv"'
    response = HttpResponse(
        "\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(
        [
            _("Карта"),
            _("Услуга"),
            _("Община"),
            _("Състояние"),
            _("Ръководител"),
            _("Телефон"),
            _("Електронна поща"),
            _("Дни закъснение"),
        ]
    )
    cards = board.cards(actor, round_, board.Chosen("missing"))
    for row in board.rows(list(cards), round_):
        one, stage = row.card.service, str(stages.STAGES[row.card.stage])
        told = (row.card.code, one.name, one.municipality.name, stage, one.head, one.phone, one.email)
        sheet.writerow([*map(neutral, told), row.days_late])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door(policies.AREA, "A")
def excuse(request: HttpRequest, code: str) -> HttpResponse:
    """Expect nothing of this service in the round, with a reason."""
    return _with_reason(
        request, code, actions.excuse_card, "survey/excuse.html", _("Услугата е освободена от картата.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(policies.AREA, "A")
def return_card(request: HttpRequest, code: str) -> HttpResponse:
    """Give the card back, saying what to complete."""
    return _with_reason(
        request, code, actions.return_card, "survey/return.html", _("Картата е върната на услугата.")
    )


def _with_reason(request: HttpRequest, code: str, action: Any, template: str, done: str) -> HttpResponse:
    actor, card = actor_of(request), _card(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            action(actor, card, reason=form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("survey_round", card.round.code)
    return render(request, template, {"form": form, "card": card}, status=422 if form.is_bound else 200)


def _card(request: HttpRequest, code: str) -> Card:
    card = queries.card_by_code(actor_of(request), code)
    if card is None or not policies.verify_card(actor_of(request), card):
        raise Http404
    return card


@require_POST
@door(policies.AREA, "A")
def expect_again(request: HttpRequest, code: str) -> HttpResponse:
    """Take back an excuse."""
    card = _card(request, code)
    try:
        actions.expect_again(actor_of(request), card)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Картата отново се очаква."))
    return redirect("survey_round", card.round.code)


@require_http_methods(["GET", "HEAD", "POST"])
@door(policies.AREA, "A")
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the service was called or visited."""
    card, form = _card(request, code), ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_contact(actor_of(request), card, what=form.cleaned_data["what"])
        except ActionRefused as refused:
            messages.error(request, str(refused))
        return redirect("survey_round", card.round.code)
    return render(
        request, "survey/contact.html", {"form": form, "card": card}, status=422 if form.is_bound else 200
    )
