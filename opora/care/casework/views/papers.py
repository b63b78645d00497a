"""Documents of a file: for whom, which, what is missing in it, and the file itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.casework import actions, forms, queries_papers
from opora.care.casework.models import ClientFile
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import SERVICE, Recipient, recipients
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.views import as_download


@require_safe
@door(roles=ROLES)
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """All papers of the file; first for whom."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, found = _recipient(request, actor, file)
    source = queries_papers.source(actor, file)
    there = making.available(source)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "papers"})
    items = [
        {"title": kind.title, "text": kind.hint, "href": f"{reverse('casework_paper', args=[file.code, key])}?to={to.code}"}
        for key, kind in making.KINDS.items()
        if key in there
    ]  # fmt: skip
    form = forms.RecipientForm(found, {"to": to.code})
    context = {"file": file, "form": form, "to": to, "items": items, "without_plan": source.plan is None}
    return render(request, "casework/papers.html", context)


@require_safe
@door(roles=ROLES)
def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One paper to be read before it is taken: what is missing stands on top."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, _found = _recipient(request, actor, file)
    try:
        book = making.book(actor, queries_papers.source(actor, file), kind, to)
    except KeyError:
        raise Http404 from None
    details = {"part": "papers", "paper": kind}
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details=details)
    context = {"file": file, "book": book, "kind": kind, "title": making.KINDS[kind].title, "to": to, "downloads": _downloads(file, kind, to)}  # fmt: skip
    return render(request, "casework/paper.html", context)


@require_safe
@door(roles=ROLES)
def paper_file(request: HttpRequest, code: str, kind: str, ending: str) -> HttpResponseBase:
    """The paper as PDF or Word."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, _found = _recipient(request, actor, file)
    if ending not in making.FORMATS:
        raise Http404
    try:
        taken = actions.take_paper(actor, queries_papers.source(actor, file), kind, ending, recipient=to)
    except KeyError:
        raise Http404 from None
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework_papers", file.code)
    return as_download(taken.content, taken.name, taken.media_type)


def _recipient(request: HttpRequest, actor: Actor, file: ClientFile) -> tuple[Recipient, dict[str, Recipient]]:
    """Whom the address names; somebody who is not there is not found, so that nothing is shown by mistake."""
    found = recipients(queries_papers.parents_of(actor, file))
    to = found.get(request.GET.get("to", SERVICE))
    if to is None:
        raise Http404
    return to, found


def _downloads(file: ClientFile, kind: str, to: Recipient) -> list[dict[str, str]]:
    titles = {"pdf": _("PDF, за печат и подпис"), "docx": _("Word, за редактиране")}
    return [
        {"title": title, "kind": ending.upper(), "href": f"{reverse('casework_paper_file', args=[file.code, kind, ending])}?to={to.code}"}
        for ending, title in titles.items()
    ]  # fmt: skip
