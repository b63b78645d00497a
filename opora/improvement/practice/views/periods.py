"""Award periods: list, board with the shortlist, one place explained, side by side, a mark behind a figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice import (
    actions,
    board_view,
    comparison,
    gathering,
    grouping,
    policies,
    policies_selection,
    queries_selection,
    stages,
)
from opora.improvement.practice.forms import selection as forms
from opora.improvement.practice.models import Period
from opora.improvement.practice.queries_board import Board

AREA = policies.AREA
GET_POST = ["GET", "HEAD", "POST"]
MOST_BESIDE = 6


def found_or_404(actor: Actor, code: str) -> Period:
    """The period, for whoever may read it."""
    found = queries_selection.period(actor, code)
    if found is None:
        raise Http404
    return found


def run_or_404(actor: Actor, code: str) -> Period:
    """The period, for who runs it while it may change."""
    found = found_or_404(actor, code)
    if not policies_selection.change_period(actor, found):
        raise Http404
    return found


@require_safe
@door()
def periods(request: HttpRequest) -> HttpResponseBase:
    """Periods of the actor, and those in which everybody may nominate."""
    actor = actor_of(request)
    context = {
        "rows": list(queries_selection.periods(actor)),
        "open": list(queries_selection.open_for_nominations()),
        "words": stages.PERIOD,
        "tags": stages.PERIOD_TAGS,
        "may_open": bool(queries_selection.regions_to_open(actor)),
    }
    return render(request, "practice/periods.html", context)


@require_http_methods(GET_POST)
@door(AREA, "W")
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a period."""
    actor = actor_of(request)
    form = forms.OpenForm(actor, request.POST or None)
    if not form.regions:
        raise Http404
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.open_period(
                actor, form.regions[given["region"]], given["year"], title=given["title"],
                round_=form.rounds.get(given["round"]), grouping=given["grouping"],
            )  # fmt: skip
            return redirect("practice_period", made.code)
        except ActionRefused as refused:
            form.add_error("year", str(refused))
    return render(request, "practice/period_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@door()
def period(request: HttpRequest, code: str) -> HttpResponseBase:
    """The board: what is next, the shortlist, who is left out and why, nominations, panel."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    whole = "all" in request.GET and found.stage != stages.DECIDED
    board = Board(found, together=whole)
    seat = policies_selection.seat(actor, found)
    runs = policies_selection.change_period(actor, found)
    context = {
        "period": found,
        "state": (stages.PERIOD[found.stage], stages.PERIOD_TAGS[found.stage]),
        "sections": board_view.sections(board), "small": board_view.small(board), "least": board.least,
        "grouping": str(dict(grouping.GROUPINGS)[found.grouping]) if found.grouping else "", "whole": whole,
        "outside": [] if found.stage == stages.DECIDED else board_view.gate_rows(board.outside),
        "counted": (len(board.candidates), len(board.outside)),
        "moved": [board.by_code[c].service.name for c in board.moved if c in board.by_code] if found.stage == stages.PANEL and not whole else [],
        "nominations": board.nominations if runs else [],
        "panel": list(found.panel.all()),
        "before": board.last,
        "awards": list(found.given.select_related("service", "practice")) if found.stage == stages.DECIDED else [],
        "runs": runs, "seat": seat, "minutes": policies_selection.read_minutes(actor, found),
        "agreed": board.agreed,
    }  # fmt: skip
    return render(request, "practice/period.html", context)


@require_safe
@door()
def place(request: HttpRequest, code: str, service: str) -> HttpResponseBase:
    """Why one service stands where it stands."""
    found = found_or_404(actor_of(request), code)
    board = Board(found)
    one = board.by_code.get(service)
    if one is None:
        raise Http404
    line = next((row for row in board_view.lines(board) if row.code == service), None)
    group = board.group(service)
    context = {
        "period": found, "one": one, "line": line, "reasons": board.reasons(service), "kind": board.kinds[service],
        "first_only": group is not None and group.agreed.places == 1,
        "small": any(one.service.code == service for _kind, rows in board.small for one in rows), "least": board.least,
        "rows": comparison.side_by_side(board, [service], mean=True), "gates": [(g.title, g.found, board_view.GATE_TAGS[g.passed], board_view.passed(g)) for g in one.gates],
        "visit": gathering.evidence_address(one.marks.visit) if one.marks else "",
    }  # fmt: skip
    return render(request, "practice/place.html", context)


@require_safe
@door()
def beside(request: HttpRequest, code: str) -> HttpResponseBase:
    """Any candidates side by side; who stands in the address as `?s=…&s=…`."""
    found = found_or_404(actor_of(request), code)
    board = Board(found)
    asked = [one for one in dict.fromkeys(request.GET.getlist("s")) if one in board.by_code]
    chosen = (asked or [one.key for one in board.ranking.places[:3]])[:MOST_BESIDE]
    context = {
        "period": found, "chosen": chosen, "names": [board.by_code[one].service.name for one in chosen],
        "options": [(one.service.code, one.service.name) for one in board.candidates if one.marks],
        "rows": comparison.side_by_side(board, chosen), "most": MOST_BESIDE,
    }  # fmt: skip
    return render(request, "practice/beside.html", context)


@require_safe
@door()
def mark(request: HttpRequest, code: str, service: str, indicator: str) -> HttpResponseBase:
    """One figure down to what each observer saw."""
    found = found_or_404(actor_of(request), code)
    board = Board(found)
    one = board.by_code.get(service)
    final = one.final(indicator) if one else None
    if one is None or final is None:
        raise Http404
    error = board.ranking.error.get(indicator)
    weight = next((c.weight for c in board.criteria if c.code == indicator), None)
    context = {
        "period": found, "one": one, "final": final, "error": error, "weight": weight,
        "visit": gathering.evidence_address(one.marks.visit) if one.marks else "",
    }  # fmt: skip
    return render(request, "practice/mark.html", context)
