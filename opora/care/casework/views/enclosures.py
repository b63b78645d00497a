"""Papers of a file: the checklist, enclosing, asking, taking out one that lies there."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, policies, queries_enclosures
from opora.care.casework.forms.enclosures import AskForm, EnclosureForm, RemovalForm
from opora.care.casework.models import ClientFile, Enclosure, PaperAsked
from opora.care.casework.views.family import writable_or_404
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents import store
from opora.foundation.documents.gate.verdict import MEDIA_TYPES
from opora.foundation.documents.views import as_download, in_part

ONE_BY_ONE = "X-Opora-One-File"
"""The page's script sends file by file, to show how far each is; the answer is then a line, not a page."""


@door(roles=ROLES)
def enclosures(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is there, what is missing and until when; a form to enclose more."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    may_write = policies.write_file(actor, file)
    refused: list[tuple[str, str]] = []
    form = EnclosureForm(initial={"on": clock.today(), "kind": request.GET.get("kind", "")})
    if request.method == "POST" and may_write:
        form = EnclosureForm(request.POST, request.FILES)
        done, refused = _enclose_all(actor, file, form) if form.is_valid() else (0, [])
        if (answer := _answer(request, file, form, done, refused)) is not None:
            return answer
    chain = f"svc:{file.service.code}"
    audit.record(actor, "case.read", file.code, chain=chain, details={"part": "enclosures"})
    found = queries_enclosures.enclosures_of(actor, file)
    context = {
        "file": file, "form": form, "refused": refused, "may_write": may_write,
        "may_take": policies.take_papers(actor, file), "checklist": queries_enclosures.checklist(actor, file),
        "lines": [(one, policies.remove_enclosure(actor, one)) for one in found],
    }  # fmt: skip
    return render(request, "casework/enclosures.html", context)


def _answer(
    request: HttpRequest, file: ClientFile, form: EnclosureForm, done: int, refused: list[tuple[str, str]]
) -> HttpResponseBase | None:
    """A line for the script, the page anew when all is well, or none: the form is shown with what is wrong."""
    if ONE_BY_ONE in request.headers:
        wrong = [why for _name, why in refused] + [
            str(one) for found in form.errors.values() for one in found
        ]
        return JsonResponse({"ok": not wrong, "why": " ".join(wrong)})
    if done:
        text = ngettext("%(n)s документ е приложен.", "%(n)s документа са приложени.", done) % {"n": done}
        messages.success(request, text)
    return redirect("casework_enclosures", file.code) if form.is_valid() and not refused else None


def _enclose_all(actor: Actor, file: ClientFile, form: EnclosureForm) -> tuple[int, list[tuple[str, str]]]:
    """Each file by itself: one that is refused does not hold back the others."""
    done, refused = 0, []
    for upload in form.uploads():
        try:
            actions.enclose(actor, file, upload=_content(upload), **form.said())
            done += 1
        except ActionRefused as no:
            refused.append((upload.name or "" if upload else "", str(no)))
    return done, refused


def _content(upload: UploadedFile[bytes] | None) -> tuple[str, bytes] | None:
    return (upload.name or "", upload.read()) if upload else None


@require_safe
@door(roles=ROLES)
def enclosed(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """One file, for whoever takes papers from the client file; that it was taken is in the audit."""
    actor = actor_of(request)
    file, found = _found_or_404(actor, code, pk)
    if found.attachment is None or not policies.take_papers(actor, file):
        raise Http404
    try:
        content = store.read(found.attachment.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    details = {"enclosure": found.pk, "kind": found.kind}
    audit.record(actor, "case.paper_read", file.code, chain=f"svc:{file.service.code}", details=details)
    answer = as_download(content, found.attachment.name, MEDIA_TYPES[found.attachment.kind])
    return in_part(request, answer) if found.attachment.is_sound else answer


@door(roles=ROLES)
def removal(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Take a file away for good; that it was here, and why it went, stays."""
    actor = actor_of(request)
    file, found = _found_or_404(actor, code, pk)
    if found.removed_at is not None or not policies.remove_enclosure(actor, found):
        raise Http404
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_enclosure(actor, found, why=form.cleaned_data["why"])
        messages.success(request, _("Файлът е махнат. В досието остава, че е бил тук и защо е махнат."))
        return redirect("casework_enclosures", file.code)
    return render(request, "casework/enclosure_removal.html", {"file": file, "form": form, "one": found})


@door(roles=ROLES)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """A paper is waited for."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_paper(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("В списъка се чака: %(what)s.") % {"what": asked.get_kind_display()})
            return redirect("casework_enclosures", file.code)
    return render(request, "casework/paper_asked.html", {"file": file, "form": form})


@require_POST
@door(roles=ROLES)
def not_needed(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A paper is not waited for any more."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    try:
        asked = queries_enclosures.asked_of(file, pk)
    except PaperAsked.DoesNotExist:
        raise Http404 from None
    actions.drop_asked(actor, asked)
    messages.success(request, _("Вече не се чака: %(what)s.") % {"what": asked.get_kind_display()})
    return redirect("casework_enclosures", file.code)


def _found_or_404(actor: Actor, code: str, pk: int) -> tuple[ClientFile, Enclosure]:
    file = found_or_404(actor, code)
    try:
        return file, queries_enclosures.enclosure_of(actor, file, pk)
    except Enclosure.DoesNotExist:
        raise Http404 from None
