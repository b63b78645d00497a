"""Award periods: list, board with the shortlist, one place explained, side by side, a mark behind a figure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice import (
    actions,
    board_view,
    gathering,
    policies,
    policies_selection,
    queries_selection,
    stages,
)
from opora.improvement.practice.forms import selection as forms
from opora.improvement.practice.models import Nomination, Period
from opora.improvement.practice.queries_selection import Board

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
                round_=form.rounds.get(given["round"]),
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
    board = Board(found)
    seat = policies_selection.seat(actor, found)
    runs = policies_selection.change_period(actor, found)
    context = {
        "period": found,
        "state": (stages.PERIOD[found.stage], stages.PERIOD_TAGS[found.stage]),
        "lines": board_view.lines(board),
        "picture": board_view.picture(board),
        "outside": [] if found.stage == stages.DECIDED else board_view.gate_rows(board.outside),
        "counted": (len(board.candidates), len(board.outside)),
        "moved": [board.by_code[c].service.name for c in board.moved if c in board.by_code] if found.stage == stages.PANEL else [],
        "nominations": list(found.nominations.select_related("service")) if runs else [],
        "panel": list(found.panel.all()),
        "votes": queries_selection.counts(found) if policies_selection.read_minutes(actor, found) else {},
        "before": queries_selection.before(found),
        "awards": list(found.given.select_related("service", "practice")),
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
    context = {
        "period": found, "one": one, "line": line, "reasons": board.reasons(service),
        "rows": board_view.side_by_side(board, [service], mean=True), "gates": [(g.title, g.found, board_view.GATE_TAGS[g.passed], board_view.passed(g)) for g in one.gates],
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
        "rows": board_view.side_by_side(board, chosen), "most": MOST_BESIDE,
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


@require_http_methods(GET_POST)
@door(AREA, "W")
def gates(request: HttpRequest, code: str) -> HttpResponseBase:
    """Record which services have no open prescription, several from one source; or that one has."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    candidates = Board(found).candidates
    open_ = [one for one in candidates if one.gates[2].passed is not True]
    form = forms.ClearManyForm(open_, request.POST if request.POST.get("do") == "many" else None)
    if form.is_bound and form.is_valid():
        for chosen in form.cleaned_data["services"]:
            actions.clear(actor, found, form.offered[chosen], clear=True, source=form.cleaned_data["source"])
        messages.success(request, _("Проверката е записана."))
        return redirect("practice_period_gates", found.code)
    rows = [
        (
            one,
            one.gates[2].found,
            board_view.GATE_TAGS[one.gates[2].passed],
            board_view.prescription(one.gates[2]),
        )
        for one in candidates
    ]
    context = {"period": found, "form": form, "rows": rows}
    return render(request, "practice/gates.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
@door(AREA, "W")
def gate(request: HttpRequest, code: str, service: str) -> HttpResponseBase:
    """The same of one service, open or not."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    one = Board(found).by_code.get(service)
    if one is None:
        raise Http404
    form = forms.ClearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.clear(actor, found, one.service, **form.cleaned_data)
        messages.success(request, _("Проверката е записана."))
        return redirect("practice_period_gates", found.code)
    context = {"period": found, "form": form, "title": one.service.name, "back": "practice_period_gates"}
    return _form_page(request, context)


@require_http_methods(GET_POST)
@door(AREA, "W")
def round_(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which round of visits the marks come from."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    form = forms.RoundForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_round(actor, found, form.rounds[form.cleaned_data["round"]])
        except ActionRefused as refused:
            messages.error(request, str(refused))
        return redirect("practice_period", found.code)
    return _form_page(
        request, {"period": found, "form": form, "title": _("Откъде са оценките"), "back": "practice_period"}
    )


@require_POST
@door(AREA, "W")
def fix(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand the list to the panel."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    try:
        actions.fix_list(actor, found)
        messages.success(request, _("Списъкът е при комисията."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("practice_period", found.code)


@require_http_methods(GET_POST)
@door(AREA, "W")
def nomination(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Keep a nomination or say why not."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    one: Nomination | None = found.nominations.select_related("service", "period").filter(pk=pk).first()
    if one is None:
        raise Http404
    form = forms.NominationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_nomination(actor, one, **form.cleaned_data)
            messages.success(request, _("Решението за номинацията е записано."))
            return redirect("practice_period", found.code)
        except ActionRefused as refused:
            form.add_error("why", str(refused))
    context = {
        "period": found,
        "form": form,
        "title": one.service.name,
        "quote": one.why,
        "back": "practice_period",
    }
    return _form_page(request, context)


@require_safe
@door(public=True)
def nominate_where(request: HttpRequest) -> HttpResponseBase:
    """In which region; one open period leads straight on."""
    found = list(queries_selection.open_for_nominations())
    if len(found) == 1:
        return redirect("practice_nominate", found[0].code)
    return render(request, "practice/nominate_where.html", {"rows": found})


@require_http_methods(GET_POST)
@door(public=True)
def nominate(request: HttpRequest, code: str) -> HttpResponseBase:
    """Propose a service: a head, a municipality, a coordinator, or anybody who uses services, without an account."""
    actor = actor_of(request)
    found = queries_selection.nominating_period(code)
    if found is None:
        raise Http404
    own = forms.own_services(actor, found)
    form = forms.NominateForm(
        found, request.POST or None, initial={"service": own[0] if len(own) == 1 else ""}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.nominate(
            actor,
            found,
            form.services[given["service"]],
            why=given["why"],
            practice=form.practices.get(given["practice"]),
        )
        messages.success(request, _("Благодарим Ви. Номинацията е записана и координаторите ще я прегледат."))
        return redirect("practice_library" if not actor.signed_in else "practice_periods")
    return render(
        request, "practice/nominate.html", {"period": found, "form": form}, status=422 if form.errors else 200
    )


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    return render(
        request, "practice/period_step.html", context, status=422 if context["form"].errors else 200
    )
