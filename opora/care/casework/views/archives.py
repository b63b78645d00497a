"""An archive of the whole file for decades: asked for here, made by a worker, taken while its time runs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from opora.care.casework import actions, policies_protection, queries_archives
from opora.care.casework.archive_view import ArchiveLine
from opora.care.casework.forms.archives import ArchiveForm
from opora.care.casework.models import ClientFile, FileArchive
from opora.care.casework.views.files import found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.views import as_download

HEADS = ("service_manager",)


def archived_or_404(actor: Actor, code: str) -> ClientFile:
    """The file, for whoever may take it out whole."""
    file = found_or_404(actor, code)
    if not policies_protection.archive_file(actor, file):
        raise Http404
    return file


@door(roles=HEADS)
@fresh_second_factor
def archive(request: HttpRequest, code: str) -> HttpResponseBase:
    """What an archive is, those made before, and a new one."""
    actor = actor_of(request)
    file = archived_or_404(actor, code)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_for_archive(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("jobs_job", asked.job_id)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "archive"})
    lines = [ArchiveLine(one) for one in queries_archives.archives_of(actor, file)]
    return render(request, "casework/archive.html", {"file": file, "form": form, "lines": lines})


@require_POST
@door(roles=HEADS)
@fresh_second_factor
def archive_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The archive itself. By POST: that it was taken is noted."""
    actor = actor_of(request)
    file = archived_or_404(actor, code)
    try:
        given = actions.take_archive(actor, queries_archives.archive_of(actor, file, pk))
    except FileArchive.DoesNotExist:
        raise Http404 from None
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework_archive", code)
    return as_download(given.content, given.name, given.media_type)
