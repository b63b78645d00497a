"""Before the panel: prescriptions, the round of visits, nominations, handing the list over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice import (
    actions,
    board_view,
    policies,
    queries_selection,
)
from opora.improvement.practice.forms import selection as forms
from opora.improvement.practice.models import Nomination
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.views.library import home_of
from opora.improvement.practice.views.periods import GET_POST, run_or_404

AREA = policies.AREA


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
            given = form.cleaned_data
            actions.choose_round(actor, found, form.rounds[given["round"]], grouping=given["grouping"])
        except ActionRefused as refused:
            messages.error(request, str(refused))
        return redirect("practice_period", found.code)
    return _form_page(
        request,
        {
            "period": found,
            "form": form,
            "title": _("Откъде са оценките и как се класира"),
            "back": "practice_period",
        },
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
            actions.decide_nomination(actor, one, **form.cleaned_data, address=home_of(request))
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
        try:
            actions.nominate(
                actor, found, form.services[given["service"]], why=given["why"], address=home_of(request),
                practice=form.practices.get(given["practice"]), sender=request.META.get("REMOTE_ADDR", ""),
            )  # fmt: skip
        except ActionRefused as refused:
            form.add_error("why", str(refused))
            return render(request, "practice/nominate.html", {"period": found, "form": form}, status=429)
        messages.success(request, _("Благодарим Ви. Номинацията е записана и координаторите ще я прегледат."))
        return redirect("practice_library" if not actor.signed_in else "practice_periods")
    return render(
        request, "practice/nominate.html", {"period": found, "form": form}, status=422 if form.errors else 200
    )


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    return render(
        request, "practice/period_step.html", context, status=422 if context["form"].errors else 200
    )
