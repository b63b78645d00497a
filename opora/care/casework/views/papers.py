"""Documents of a file: for whom, which, what is missing in it, and the file itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, forms, policies, policies_protection, queries_papers
from opora.care.casework.models import ClientFile, PaperTaken
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import SERVICE, Recipient, recipients
from opora.care.casework.views.files import ROLES
from opora.care.casework.views.files import found_or_404 as read_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.views import as_download
from opora.foundation.ui import formats


def found_or_404(actor: Actor, code: str) -> ClientFile:
    """The file, for whoever may take papers from it."""
    file = read_or_404(actor, code)
    if not policies.take_papers(actor, file):
        raise Http404
    return file


@require_safe
@door(roles=ROLES)
def papers(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which paper for whom; what was taken last."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, found = _recipient(request, actor, file)
    source = queries_papers.source(actor, file)
    asked = request.GET if "to" in request.GET else None
    form = forms.PaperForm(making.available(source), found, asked, initial={"to": to.code})
    if asked and form.is_valid():
        return redirect(
            f"{reverse('casework_paper', args=[file.code, form.cleaned_data['kind']])}?to={to.code}"
        )
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "papers"})
    context = {
        "file": file,
        "form": form,
        "without_plan": source.plan is None,
        "may_archive": policies_protection.archive_file(actor, file),
        "taken": [_line(one) for one in queries_papers.papers_taken(actor, file)],
    }
    return render(request, "casework/papers.html", context)


@require_safe
@door(roles=ROLES)
def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One paper to be read before it is taken: what is missing stands on top."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, _found = _recipient(request, actor, file)
    source = queries_papers.source(actor, file)
    try:
        book = making.book(actor, source, kind, to)
    except KeyError:
        raise Http404 from None
    details = {"part": "papers", "paper": kind}
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details=details)
    before = queries_papers.taken_before(source, kind, to, book.digest)
    context = {
        "file": file, "book": book, "title": getattr(making.kind_of(kind), "title", kind), "to": to, "before": before,
        "downloads": _downloads(file, kind, to, again=before is not None),
    }  # fmt: skip
    return render(request, "casework/paper.html", context)


@require_POST
@door(roles=ROLES)
def paper_file(request: HttpRequest, code: str, kind: str, ending: str) -> HttpResponseBase:
    """The paper as PDF or Word. By POST: that it was taken is noted, and the next PDF of it is a copy."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    to, _found = _recipient(request, actor, file)
    if ending not in making.FORMATS:
        raise Http404
    try:
        source, again = queries_papers.source(actor, file), request.GET.get("again") == "1"
        taken = actions.take_paper(actor, source, kind, ending, recipient=to, again=again)
    except KeyError:
        raise Http404 from None
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework_papers", file.code)
    return as_download(taken.content, taken.name, taken.media_type)


def _recipient(
    request: HttpRequest, actor: Actor, file: ClientFile
) -> tuple[Recipient, dict[str, Recipient]]:
    """Whom the address names; somebody who is not there is not found, so that nothing is shown by mistake."""
    found = recipients(queries_papers.parents_of(actor, file))
    to = found.get(request.GET.get("to", SERVICE))
    if to is None:
        raise Http404
    return to, found


def _line(one: PaperTaken) -> tuple[str, str]:
    """When and by whom; what and for whom."""
    kind = making.kind_of(one.kind)
    parent = one.parent.get_kind_display() if one.parent else _("родител")
    to = {"service": _("за услугата"), "court": _("за съд")}.get(one.recipient, parent)
    what = [
        str(kind.title) if kind else one.kind,
        one.ending.upper(),
        to,
        *([_("копие")] if one.copy else []),
    ]
    return f"{formats.datetime(one.at)}, {one.by}", " · ".join(what)


def _downloads(file: ClientFile, kind: str, to: Recipient, *, again: bool) -> list[dict[str, str]]:
    """PDF, the same again without the mark of a copy when it was taken before, and Word."""
    offered = [
        ("pdf", _("Изтегли PDF, копие"), ""),
        ("pdf", _("Изтегли PDF без „КОПИЕ“, отново за подпис"), "&again=1"),
    ]
    offered = offered if again else [("pdf", _("Изтегли PDF за печат и подпис"), "")]
    offered.append(("docx", _("Изтегли Word за редактиране"), ""))
    return [
        {"title": title, "kind": ending.upper(), "href": f"{reverse('casework_paper_file', args=[file.code, kind, ending])}?to={to.code}{more}"}
        for ending, title, more in offered
    ]  # fmt: skip
