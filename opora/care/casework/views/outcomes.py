"""Pages of outcomes: of one person, of a service for its head, of regions for those who see aggregates only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.casework import actions, forms, outcomes_csv, outcomes_view, policies, queries_outcomes
from opora.care.casework.outcomes.measures import BY_CODE
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.cells import neutral
from opora.foundation.core.errors import ActionRefused
from opora.register.models import Service


@door(roles=ROLES)
def person(request: HttpRequest, code: str) -> HttpResponseBase:
    """Before and after of one person; what nothing else tells is recorded here."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    form = forms.SituationForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_situation(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записано е. Първият запис е „преди“, последният е „сега“."))
            return redirect("casework_outcome", file.code)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "outcome"})
    context = {
        "file": file, "form": form, "may_write": policies.write_file(actor, file),
        "view": outcomes_view.PersonView(queries_outcomes.person_outcome(file)),
        "situations": queries_outcomes.situations_of(file),
        "answers": queries_outcomes.satisfactions_of(file), "questions": forms.QUESTIONS,
    }  # fmt: skip
    return render(request, "casework/outcome.html", context)


@door(roles=ROLES)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """The three questions in plain words, with pictures: answered here by the person, or on the printed sheet."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies.write_file(actor, file):
        raise Http404
    form = forms.SatisfactionForm(request.POST or None, initial={"who": "child"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_satisfaction(
                actor, file, on=clock.today(), who=said["who"], answers=form.answers(), words=said["words"]
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Отговорите са записани. Благодарим."))
            return redirect("casework_outcome", file.code)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "ask"})
    return render(request, "casework/said.html", {"file": file, "form": form, "questions": forms.QUESTIONS})


@require_safe
@door("case_files", "GW")
def outcomes(request: HttpRequest) -> HttpResponse:
    """A head sees the own service with links to files; others regions with small numbers hidden."""
    actor = actor_of(request)
    if service := _headed(request, actor):
        view = outcomes_view.ServiceView(service, queries_outcomes.people_of(actor, service))
        audit.record(actor, "case.outcomes_read", service.code, chain=f"svc:{service.code}")
        context = {"view": view, "services": queries_outcomes.headed_services(actor), "service": service}
        return render(request, "casework/outcomes_service.html", context)
    if not queries_outcomes.regions_for(actor):
        return render(request, "casework/outcomes_none.html", {})
    regions = _regions(request, actor)
    audit.record(actor, "case.outcomes_read", "regions", details={"region": regions.region})
    form = forms.MeasureForm(regions.tables.regions, request.GET)
    return render(request, "casework/outcomes_regions.html", {"view": regions, "form": form})


@require_safe
@door(roles=("service_manager",))
def rows(request: HttpRequest, measure: str, category: str) -> HttpResponse:
    """The files behind one number of the head's own service."""
    actor = actor_of(request)
    service = _headed(request, actor)
    if service is None:
        raise Http404
    try:
        people = queries_outcomes.people_in(actor, service, measure, category)
    except KeyError:
        raise Http404 from None
    details = {"measure": measure, "category": category, "rows": len(people)}
    audit.record(actor, "case.listed", service.code, chain=f"svc:{service.code}", details=details)
    found = BY_CODE[measure]
    context = {
        "service": service, "measure": found, "category": found.categories[category],
        "people": [outcomes_view.file_of(one) for one in people],
    }  # fmt: skip
    return render(request, "casework/outcome_rows.html", context)


@require_safe
@door("case_files", "GW")
def download(request: HttpRequest) -> HttpResponse:
    """The same numbers as CSV."""
    actor = actor_of(request)
    if service := _headed(request, actor):
        view = outcomes_view.ServiceView(service, queries_outcomes.people_of(actor, service))
        audit.record(actor, "case.outcomes_exported", service.code, chain=f"svc:{service.code}")
        return _csv(outcomes_csv.csv_of_service(view), f"{service.code}-{clock.today():%Y-%m-%d}")
    regions = _regions(request, actor)
    audit.record(actor, "case.outcomes_exported", "regions", details={"region": regions.region})
    name = f"{regions.region or 'BG'}-{regions.tables.as_of:%Y-%m-%d}"
    return _csv(outcomes_csv.csv_rows(regions), name)


def _headed(request: HttpRequest, actor: Actor) -> Service | None:
    """The service the head asks for, the first one when none is named; none for who heads nothing."""
    services = {one.code: one for one in queries_outcomes.headed_services(actor)}
    asked = request.GET.get("service", "")
    if not services:
        return None
    if asked and asked not in services:
        raise Http404
    return services[asked] if asked else next(iter(services.values()))


def _regions(request: HttpRequest, actor: Actor) -> outcomes_view.RegionsView:
    tables = queries_outcomes.tables_for(actor)
    region, measure = request.GET.get("region", ""), request.GET.get("measure") or "expected"
    if measure not in BY_CODE or (region and region not in tables.regions) or not tables.regions:
        raise Http404
    if not region and len(tables.regions) == 1:
        region = next(iter(tables.regions))
    return outcomes_view.RegionsView(tables, BY_CODE[measure], region)


def _csv(lines: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="opora-outcomes-{name}.csv"'
    return answer
