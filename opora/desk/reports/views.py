"""The analyst's tables: services, places, people by region and type, on the page and to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.desk.reports import actions, files, queries, tables
from opora.foundation.accounts.doors import actor_of, door

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@door("planning", "R")
def services(request: HttpRequest) -> HttpResponse:
    """One measure by region and type."""
    measure = request.GET.get("measure", "services")
    if measure not in queries.MEASURES:
        raise Http404
    release, age = actions.released(actor_of(request), measure), request.GET.get("age", "")
    if release is not None and age and age not in release.layers:
        raise Http404
    context = {
        "shown": tables.table(release, age) if release else None,
        "measure": measure, "measures": tables.measures(),
    }  # fmt: skip
    return render(request, "reports/services.html", context)


@require_safe
@door("planning", "R")
def download(request: HttpRequest, measure: str, kind: str) -> HttpResponse:
    """The same numbers as a file, with definitions and how it was made."""
    if measure not in queries.MEASURES or kind not in TYPES:
        raise Http404
    release = actions.released(actor_of(request), measure)
    if release is None:
        raise Http404
    shown = tables.whole(release)
    body = files.csv(shown) if kind == "csv" else files.xlsx(shown)
    name = f"opora-{measure}-{shown.release.as_of:%Y-%m-%d}.{kind}"
    return HttpResponse(
        body, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
