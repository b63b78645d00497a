"""Steps of an adaptation: plan, changes, start, measurements, end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.improvement.practice import (
    actions,
    adaptation_view,
    policies,
)
from opora.improvement.practice.forms import transfers as forms
from opora.improvement.practice.views.transfers import GET_POST, form_page, written_or_404

AREA = policies.AREA


@require_http_methods(GET_POST)
@door(AREA, "W")
def plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who leads and the steps."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    form = forms.PlanForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_plan(actor, found, **form.said(), seen=form.seen_before)
            messages.success(request, _("Планът е записан."))
            return redirect("practice_adaptation", found.code)
        except Clash as clash:
            form.meet(clash, form.as_typed())
    return form_page(request, {"one": found, "form": form, "title": _("План на адаптацията")})


@require_http_methods(GET_POST)
@door(AREA, "W")
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is done otherwise, and why."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    form = forms.ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_change(actor, found, **form.cleaned_data)
        messages.success(request, _("Промяната е записана."))
        return redirect("practice_adaptation", found.code)
    return form_page(request, {"one": found, "form": form, "title": _("Какво правите различно")})


@require_http_methods(GET_POST)
@door(AREA, "W")
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """The work with people begins."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    form = forms.StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start(actor, found, on=form.cleaned_data["on"])
            messages.success(request, _("Записано. Ще напомним за първото измерване."))
            return redirect("practice_adaptation", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    return form_page(request, {"one": found, "form": form, "title": _("Начало на работата")})


@require_http_methods(GET_POST)
@door(AREA, "W")
def measure(request: HttpRequest, code: str, moment: int) -> HttpResponseBase:
    """Values and fidelity at one moment."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    at = next(
        (one for one in adaptation_view.moments(found) if one.number == moment and one.done is None), None
    )
    if at is None:
        raise Http404
    form = forms.MeasureForm(found, moment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.measure(
                actor, found, moment, on=given["on"], people=given["people"], words=given["words"],
                values=form.values(), levels=form.levels(),
            )  # fmt: skip
            messages.success(request, _("Измерването е записано."))
            return redirect("practice_adaptation", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    context = {"one": found, "form": form, "at": at}
    return render(request, "practice/measure.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
@door(AREA, "W")
def finish(request: HttpRequest, code: str) -> HttpResponseBase:
    """The end, with what came of it."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    form = forms.FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish(actor, found, **form.cleaned_data)
            messages.success(
                request, _("Адаптацията е приключена. Благодарим, че записахте какво излезе от нея.")
            )
            return redirect("practice_adaptation", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    return form_page(request, {"one": found, "form": form, "title": _("Край на адаптацията")})
