"""Pages that read the register."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, words
from opora.register import (
    exports,
    lists,
    pictures,
    policies,
    presenters,
    queries,
    shared_presenters,
    sharing,
    thresholds,
)
from opora.register.filters import PAGE_ROWS, Filters, from_params
from opora.register.list_forms import FilterForm
from opora.register.models import Organisation, Service
from opora.register.rows import Line, Lines, short_names

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found_or_404(actor: Actor, code: str) -> Service:
    """The service, if it exists for this actor."""
    try:
        return queries.service_for(actor, code)
    except Service.DoesNotExist:
        raise Http404 from None


@door("service_register", "R")
def service_list(request: HttpRequest) -> HttpResponse:
    """All services in one list and on a map, narrowed by what stands in the address."""
    actor = actor_of(request)
    chosen = lists.understood(actor, from_params(request.GET))
    found = lists.filtered(actor, chosen)
    totals = queries.totals(found)
    form = FilterForm(actor, chosen, request.GET)
    rows = PAGE_ROWS if request.GET.get("page") != "all" else max(totals.services, 1)
    lines: Any = Lines(found, totals.services)
    paginator: Paginator[Line] = Paginator(lines, rows)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "chosen": chosen,
        "form": form,
        "page": page,
        "short_names": short_names(page),
        "totals": totals,
        "map": _map(chosen, form) if pictures.one_region(form.options["region"], chosen.region) else None,
        "as_of": clock.now(),
        "export": urlencode(chosen.query()),
        "may_register": policies.register_anywhere(actor),
        "may_lists": policies.edit_lists(actor),
    }
    return render(request, "register/list.html", context)


@door("service_register", "R")
def map_page(request: HttpRequest) -> HttpResponse:
    """The filtered services on a map of the country or of one region."""
    actor = actor_of(request)
    chosen = lists.understood(actor, from_params(request.GET))
    form = FilterForm(actor, chosen, request.GET)
    context = {
        "map": _map(chosen, form),
        "list_href": f"{reverse('register_list')}?{urlencode(chosen.query())}",
    }
    return render(
        request, "register/map.html", context | {"said": presenters.filters_in_words(actor, chosen)}
    )


def _map(chosen: Filters, form: FilterForm) -> object:
    def address(code: str) -> str:
        name = "region" if len(code) == 3 else "municipality"
        return f"{reverse('register_list')}?{urlencode(chosen.query() | {name: code})}"

    day = f"{clock.today():%d.%m.%Y}"
    return pictures.services_map(
        form.options["region"], form.options["municipality"], chosen.region, address, day
    )


@door("service_register", "R")
def service_page(request: HttpRequest, code: str) -> HttpResponse:
    """One service: places, people, staff, management, history, and what upper rooms add."""
    actor = actor_of(request)
    service = found_or_404(actor, code)
    context = {
        "service": service,
        "view": presenters.ServiceView(actor, service),
        "may_edit": policies.edit_service(actor, service),
        "siblings": queries.under_same_management(actor, service),
    }
    return render(request, "register/service.html", context)


@door("service_register", "R")
def organisation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A provider and its services."""
    actor = actor_of(request)
    try:
        organisation = queries.organisation_for(actor, pk)
    except Organisation.DoesNotExist:
        raise Http404 from None
    found = lists.filtered(actor, Filters(provider=str(pk), state="all"))
    context = {
        "organisation": organisation,
        "services": list(found),
        "totals": queries.totals(lists.filtered(actor, Filters(provider=str(pk)))),
        "today": clock.today(),
    }
    return render(request, "register/organisation.html", context)


@door("service_register", "R")
def shared_page(request: HttpRequest) -> HttpResponse:
    """Services of one provider for similar people under one management, beside those run separately (A3)."""
    actor = actor_of(request)
    facts = lists.facts_for(actor)
    threshold = thresholds.similarity()
    found = sharing.bundles(facts, threshold=threshold.value)
    context = {
        "bundles": shared_presenters.Bundles(actor, facts, found).views(),
        "threshold": threshold,
        "services": len(facts),
        "today": clock.today(),
    }
    return render(request, "register/shared.html", context)


@door("service_register", "R")
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """The filtered rows as a workbook that can be edited and brought back."""
    actor, chosen, rows, notes = _exported(request)
    content = exports.xlsx(
        actor,
        rows,
        notes=notes,
        types=queries.type_choices(),
        municipalities=[m.name for m in queries.municipality_choices(actor)],
    )
    return _file(content, XLSX, _file_name(chosen, "xlsx"))


@door("service_register", "R")
def export_csv(request: HttpRequest) -> HttpResponse:
    """The filtered rows as CSV."""
    actor, chosen, rows, notes = _exported(request)
    content = exports.csv_text(actor, rows, notes=notes).encode()
    return _file(content, "text/csv; charset=utf-8", _file_name(chosen, "csv"))


@door("service_register", "W")
def template_xlsx(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the right columns and lists."""
    actor = actor_of(request)
    places = [m.name for m in queries.municipality_choices(actor)]
    notes = exports.notes(_("празен образец"), clock.now(), 0)
    content = exports.xlsx(actor, [], notes=notes, types=queries.type_choices(), municipalities=places)
    return _file(content, XLSX, "register-template.xlsx")


def _exported(request: HttpRequest) -> tuple[Actor, Filters, list[Service], exports.Notes]:
    actor = actor_of(request)
    chosen = lists.understood(actor, from_params(request.GET))
    rows = list(lists.filtered(actor, chosen).prefetch_related("target_groups", "posts"))
    notes = exports.notes(presenters.filters_in_words(actor, chosen), clock.now(), len(rows))
    audit.record(actor, "register.exported", "services", details={"rows": len(rows)} | chosen.query())
    return actor, chosen, rows, notes


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _file_name(chosen: Filters, ending: str) -> str:
    where = chosen.municipality or chosen.region or "services"
    return f"register-{words.slug(where)}-{clock.today():%Y-%m-%d}.{ending}"
