"""Papers of this room as PDF and Word."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from opora.care.protection import policies
from opora.care.protection.actions.common import chain_of
from opora.care.protection.papers import record as activities
from opora.care.protection.papers.breaches import PAPERS
from opora.care.protection.views.breaches import found_or_404
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.documents import book
from opora.foundation.documents.render import PdfUnavailable
from opora.foundation.documents.views import as_download


def given(
    request: HttpRequest, made: Callable[[], book.Book], ending: str, name: str, back: str
) -> HttpResponseBase:
    """The paper as a download; where PDF cannot be made, back to the page with the reason."""
    if ending not in book.FORMATS:
        raise Http404
    try:
        content = book.content(made(), ending)
    except PdfUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(back)
    return as_download(content, f"{name}.{ending}", book.FORMATS[ending])


@require_safe
@door(roles=policies.PROTECTORS)
def breach_paper(request: HttpRequest, code: str, kind: str, ending: str) -> HttpResponseBase:
    """The notice to the Commission, or the letter to the people touched."""
    actor, found = found_or_404(request, code)
    if kind not in PAPERS:
        raise Http404
    made = PAPERS[kind]
    audit.record(actor, "breach.notice_printed", found.code, chain=chain_of(found), details={"paper": kind})
    back = reverse("protection_breach", args=[found.code])
    return given(request, lambda: made(actor, found), ending, f"{found.code}-{kind}", back)


@require_safe
@door(roles=policies.PROTECTORS)
def record(request: HttpRequest) -> HttpResponseBase:
    """The record of processing activities, as it stands now."""
    actor = actor_of(request)
    return render(request, "protection/record.html", {"book": activities.book(actor)})


@require_safe
@door(roles=policies.PROTECTORS)
def record_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The same as PDF, Word, or a table."""
    actor = actor_of(request)
    audit.record(actor, "protection.record_printed", "activities", details={"as": ending})
    if ending == "csv":
        return as_download(activities.as_csv(), "activities.csv", "text/csv; charset=utf-8")
    return given(request, lambda: activities.book(actor), ending, "activities", reverse("protection_record"))
