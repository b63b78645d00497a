"""Pages of long work: one's own jobs, and one job with its progress."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.foundation.jobs import actions, queries
from opora.foundation.jobs.models import Job
from opora.foundation.ui.paging import page_of

PER_PAGE = 50


@require_safe
@door()
def jobs(request: HttpRequest) -> HttpResponse:
    """The actor's own jobs, newest first."""
    page = page_of(queries.jobs_for(actor_of(request)), request.GET.get("page"), PER_PAGE)
    return render(request, "jobs/jobs.html", {"page": page, "total": page.paginator.count})


@require_safe
@door()
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job; refreshes itself, with script or without."""
    return render(request, "jobs/job.html", {"job": _found(request, pk)})


@require_safe
@door()
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, for htmx."""
    return render(request, "jobs/progress.html", {"job": _found(request, pk)})


@require_POST
@door()
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the job to stop."""
    try:
        actions.cancel(actor_of(request), _found(request, pk))
    except ActionRefused as refused:
        flash.warning(request, str(refused))
    else:
        flash.info(request, _("Работата ще спре. Направеното дотук остава."))
    return redirect("jobs_job", pk)


def _found(request: HttpRequest, pk: int) -> Job:
    try:
        return queries.job_for(actor_of(request), pk)
    except Job.DoesNotExist:
        raise Http404
