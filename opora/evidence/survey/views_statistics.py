"""Answers question by question, and the cards behind each figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.evidence.survey import board, policies, queries, stages, statistics
from opora.evidence.survey.models import Round
from opora.foundation.accounts.doors import actor_of, door

MOST_TEXTS = 200


def _round(request: HttpRequest, code: str) -> Round:
    round_ = queries.round_by_code(actor_of(request), code)
    if round_ is None:
        raise Http404
    return round_


def _question(round_: Round, path: str) -> tuple[statistics.Asked, list[statistics.Asked]]:
    everything = statistics.questions(round_)
    found = next((one for one in everything if one.path == path), None)
    if found is None:
        raise Http404
    return found, everything


@require_safe
@door(policies.AREA, "R")
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """Every question of the round with how many answered it."""
    round_ = _round(request, code)
    counted = statistics.answered(actor_of(request), round_)
    facts = {"round": round_, "questions": statistics.questions(round_), "counted": counted}
    return render(request, "survey/questions.html", facts)


@require_safe
@door(policies.AREA, "R")
def question(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """One question: frequencies or sums, across another one if asked, open answers."""
    round_ = _round(request, code)
    asked, everything = _question(round_, path)
    crossings = [("", _("без разбивка")), ("municipality", _("по община")), ("type", _("по тип услуга"))]
    crossings += [
        (q.path, q.label)
        for q in everything
        if q.kind == "choice" and len(q.options) <= 12 and q.path != path
    ]
    by = request.GET.get("by", "")
    if by not in dict(crossings):
        by = ""
    found = statistics.result(actor_of(request), round_, asked, by)
    facts = {
        "round": round_,
        "asked": asked,
        "found": found,
        "by": by,
        "crossings": crossings,
        "texts": found.texts[:MOST_TEXTS],
    }
    return render(request, "survey/question.html", facts)


@require_safe
@door(policies.AREA, "R")
def cards(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """The cards one figure counts."""
    round_ = _round(request, code)
    asked, _all = _question(round_, path)
    wanted = {name: request.GET.get(name, "") for name in ("value", "by", "group")}
    found = statistics.cards_behind(actor_of(request), round_, asked, **wanted)
    facts = {
        "round": round_,
        "asked": asked,
        "rows": board.rows(found, round_),
        "wanted": wanted,
        "stages": stages,
    }
    return render(
        request,
        "survey/question_cards.html",
        facts | {"option": dict(asked.options).get(wanted["value"], wanted["value"])},
    )
