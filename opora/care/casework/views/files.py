"""Pages of client files. Every reading of a file is written in the audit."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import (
    actions,
    drafting,
    forms,
    policies,
    policies_ending,
    presenters,
    queries,
    queries_old_file,
    queries_trust,
)
from opora.care.casework.forms.presence import AttendedForm
from opora.care.casework.middleware import InTheWay
from opora.care.casework.models import ClientFile, Event
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.drafts import queries as drafts
from opora.foundation.ui import formats
from opora.foundation.ui.paging import page_of

ROLES = ("service_manager", "case_manager", "specialist")
OPENERS = ("service_manager", "case_manager")
PAGE_ROWS = 50


def found_or_404(actor: Actor, code: str) -> ClientFile:
    """The file, if it exists for this actor. That it was opened is counted; InTheWay when that is too often."""
    try:
        found = queries.file_for(actor, code)
    except ClientFile.DoesNotExist:
        raise Http404 from None
    if alert := actions.look(actor, found):
        raise InTheWay(alert)
    return found


@door(roles=ROLES)
def files(request: HttpRequest) -> HttpResponse:
    """The actor's files with their next terms; who it is about is searched by POST, so no name stands in an address."""
    actor = actor_of(request)
    form = forms.FilterForm(request.GET)
    stage, lead = request.GET.get("stage") or "open", request.GET.get("lead", "")
    page = page_of(queries.listed(actor, stage=stage, lead=lead), request.GET.get("page"), PAGE_ROWS)
    audit.record(actor, "case.listed", "files", details={"rows": len(page.object_list)})
    week = clock.now() + dt.timedelta(days=7)
    context = {
        "form": form,
        "page": page,
        "lines": [_line(file) for file in page],
        "due": [presenters.as_task(deadline) for deadline in queries.deadlines_for(actor, until=week)[:10]],
        "is_head": actor.holds("service_manager"),
        "may_open": queries.services_to_open_in(actor).exists(),
    }
    return render(request, "casework/files.html", context)


def _line(file: Any) -> dict[str, Any]:
    term = presenters.Term(file.waiting[0]) if file.waiting else None
    return {"file": file, "age": presenters.age(file), "term": term, "lead": presenters.lead(file)}


@door(roles=ROLES)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Files whose person fits what is typed: five while typing, fifty on the page."""
    actor = actor_of(request)
    asked = request.POST.get("q", "")
    most = 5 if request.headers.get("HX-Request") else 50
    found = list(queries.listed(actor, asked=asked, stage="all")[:most]) if asked.strip() else []
    audit.record(actor, "case.searched", "files", details={"rows": len(found)})
    context = {"lines": [_line(file) for file in found], "asked": asked}
    template = "casework/_found.html" if request.headers.get("HX-Request") else "casework/found.html"
    return render(request, template, context)


@door(roles=OPENERS)
def new_file(request: HttpRequest) -> HttpResponseBase:
    """Open a file at first contact."""
    actor = actor_of(request)
    form = forms.IntakeForm(
        actor, request.POST or None, initial={"wished_on": clock.today(), "key": secrets.token_hex(16)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            file = _open(actor, form)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Създадено е досие %(code)s.") % {"code": file.code})
            return redirect("casework_file", file.code)
    return render(
        request, "casework/new.html", {"form": form, "alike": _alike(actor, request) if form.errors else []}
    )


def _open(actor: Actor, form: forms.IntakeForm) -> ClientFile:
    said = form.cleaned_data
    return actions.open_file(
        actor, said["service"], person=form.person(), asked_by=said["asked_by"], ground=said["ground"],
        wished_on=said["wished_on"], wish=said["wish"], lead=queries.lead_of(actor), parent=form.parent(), key=said["key"],
    )  # fmt: skip


@door(roles=OPENERS)
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """Files that may be about the same person, while the names are typed."""
    actor = actor_of(request)
    found = _alike(actor, request)
    if found:
        audit.record(actor, "case.searched", "alike", details={"files": [one.file.code for one in found]})
    return render(request, "casework/_alike.html", {"alike": found})


def _alike(actor: Actor, request: HttpRequest) -> list[queries.Alike]:
    form = forms.IntakeForm(actor, request.POST)
    form.is_valid()
    said = form.cleaned_data
    return queries.alike(
        actor, first_name=said.get("first_name", ""), last_name=said.get("last_name", ""), born=said.get("born"),
        identifier=said.get("identifier", ""),
    )  # fmt: skip


@door(roles=ROLES)
def file_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """One file: header, a box for a note, the chronology."""
    actor = actor_of(request)
    try:
        file = found_or_404(actor, code)
    except Http404:
        if queries_old_file.away_from(actor, code):
            return redirect("casework_old_file", code)
        if queries_trust.shut_to(actor, code):
            return redirect("casework_sealed", code)
        raise
    form = forms.NoteForm(request.POST) if request.method == "POST" else None
    if form and _noted(request, file, form):
        return redirect("casework_file", file.code)
    view = presenters.FileView(actor, file)
    draft = drafts.draft(actor, drafting.note_key(actor, file))
    restored = drafting.restored(draft.data)
    if form:
        form.put_first(view.recent_kinds)
    else:
        form = forms.NoteForm.fresh(view.recent_kinds)
        form.initial.update(restored)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}")
    may_lead = policies.change_team(actor, file)
    context = {"file": file, "view": view, "form": form, "may_lead": may_lead}
    context |= {
        "page": view.page(request.GET.get("page")),
        "may_take": policies.take_papers(actor, file),
        "kept": drafts.kept_text(draft.saved_at) if restored else "",
        "several": bool(draft.data.get("others")),
        "may_seal": policies.seal_file(actor, file),
        "may_transfer": policies_ending.transfer_file(actor, file),
        "arrival": view.arrival,
    }
    return render(request, "casework/file.html", context)


def _noted(request: HttpRequest, file: ClientFile, form: forms.NoteForm) -> bool:
    """Whether the note is written; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        actions.add_note(actor_of(request), file, **form.cleaned_data)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Бележката е записана в хронологията на %(code)s.") % {"code": file.code})
    return True


@door(roles=ROLES)
def stage(request: HttpRequest, code: str) -> HttpResponseBase:
    """The next stage."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    view = presenters.FileView(actor, file)
    if not view.may_move:
        raise Http404
    form = forms.StageForm(file, request.POST or None, initial={"on": clock.today()})
    family = AttendedForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and family.is_valid():
        said = form.cleaned_data
        try:
            kept = actions.enter_stage(
                actor, file, said["stage"], on=said["on"], why=said["why"], **family.cleaned_data
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = {"code": kept.code, "stage": kept.get_stage_display()}
            messages.success(request, _("Досие %(code)s е на етап „%(stage)s“.") % words)
            return redirect("casework_file", file.code)
    return render(
        request, "casework/stage.html", {"file": file, "view": view, "form": form, "family": family}
    )


@door(roles=("service_manager",))
def lead(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand the file to another lead."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies.change_team(actor, file):
        raise Http404
    form = forms.LeadForm(file, request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        to = form.workers[form.cleaned_data["to"]]
        try:
            actions.hand_over_files(actor, [file], to, on=form.cleaned_data["on"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _handed_over(file, to, form.cleaned_data["on"]))
            return redirect("casework_file", file.code)
    return render(request, "casework/lead.html", {"file": file, "form": form})


def _handed_over(file: ClientFile, to: User, on: dt.date) -> str:
    """From when the new one leads, and that until then the present one does."""
    words = {"code": file.code, "name": to.name, "day": formats.date(on)}
    if on <= clock.today() or file.lead_now == to:
        return _("Водещ на %(code)s е %(name)s.") % words
    return _("От %(day)s водещ на %(code)s е %(name)s. Дотогава води досегашният.") % words


@door(roles=ROLES)
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Correct one's own note; the old words stay."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    try:
        event = queries.chronology(actor, file).select_related("file").get(pk=pk)
    except Event.DoesNotExist:
        raise Http404 from None
    if not policies.correct(actor, event):
        raise Http404
    form = forms.CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.correct_note(actor, event, text=form.cleaned_data["text"])
        messages.success(request, _("Поправката е записана до бележката."))
        return redirect("casework_file", file.code)
    return render(request, "casework/correct.html", {"file": file, "event": event, "form": form})
