"""The log of who read and who changed what, for the data protection officer. Reading it is itself written down."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.foundation.accounts.audit_forms import AuditForm
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import queries
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.cells import neutral
from opora.foundation.ui.paging import page_of

PER_PAGE = 100


@require_safe
@door("audit_log", "R")
def audit_log(request: HttpRequest) -> HttpResponse:
    """One page of rows, filtered."""
    form = AuditForm(request.GET)
    found = queries.entries(form.filters())
    page = page_of(found, request.GET.get("page"), PER_PAGE)
    list(page)  # read before this very reading is written down
    record(actor_of(request), "consult", "audit log", details=dict(request.GET.items()))
    return render(
        request, "accounts/audit_log.html", {"form": form, "page": page, "count": page.paginator.count}
    )


@require_safe
@door("audit_log", "R")
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a file, streamed."""
    form = AuditForm(request.GET)
    record(actor_of(request), "disclose", "audit log", details=dict(request.GET.items()))
    name = f'attachment; filename="opora-audit-{clock.today():%Y-%m-%d}.csv"'
    headers = {"Content-Disposition": name}
    lines = _lines(queries.rows(form.filters()))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(rows: Iterator[list[str]]) -> Iterator[str]:
    yield "\ufeff"
    for row in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([neutral(cell) for cell in row])
        yield out.getvalue()
