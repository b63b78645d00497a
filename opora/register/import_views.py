"""Bringing a workbook on a page, in two steps: upload → report → accept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.gate import check
from opora.register import imports, policies, queries
from opora.register.forms import UploadForm
from opora.register.imports.draft_files import drop, keep
from opora.register.imports.report import level_word
from opora.register.models import RegisterImport


@door("service_register", "W")
def upload(request: HttpRequest) -> HttpResponseBase:
    """Choose a workbook; it passes the gate and is kept until it is accepted or dropped."""
    actor = actor_of(request)
    if not actor.scopes(policies.AREA, "W"):
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        verdict = check(file.name, content)
        if verdict.ok and verdict.kind == "xlsx" and verdict.content is not None:
            kept = keep(actor, file.name, original=content, content=verdict.content)
            return redirect("register_import_report", kept.pk)
        form.add_error("file", _("Изберете таблица във вид XLSX.") if verdict.ok else verdict.message)
    return render(request, "register/import.html", {"form": form})


@door("service_register", "W")
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the workbook would do; „Приеми“ writes it, all or nothing."""
    actor = actor_of(request)
    kept = _kept_or_404(actor, pk)
    plan = imports.read_bytes(
        bytes(kept.content or b""), file_name=kept.file_name, actor=actor, digest=kept.digest
    )
    if request.method == "POST" and request.POST.get("step") == "drop":
        drop(actor, kept)
        messages.success(
            request, _("Файлът „%(name)s“ е махнат. Нищо не е записано.") % {"name": kept.file_name}
        )
        return redirect("register_import")
    if request.method == "POST" and plan.ready:
        try:
            imports.apply(actor, plan)
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return redirect("register_import_report", pk)
        drop(actor, kept)
        messages.success(request, imports.Report(plan, applied=True).headline())
        return redirect("register_list")
    context = {"kept": kept, "plan": plan, "report": imports.Report(plan), "level_word": level_word}
    return render(request, "register/import_report.html", context)


def _kept_or_404(actor: Actor, pk: int) -> RegisterImport:
    try:
        kept = queries.import_for(actor, pk)
    except RegisterImport.DoesNotExist:
        raise Http404 from None
    if kept.content is None:
        raise Http404
    return kept
