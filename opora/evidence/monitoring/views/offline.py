"""What a device needs to work without a network: the worker of the page, and a page without anybody's data."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.foundation.accounts.doors import door


@require_safe
@door(public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from here so that it stands above the marking pages and nothing else."""
    file = finders.find("monitoring/worker.js")
    if not file:
        raise Http404
    with open(file, encoding="utf-8") as source:
        answer = HttpResponse(source.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@door(public=True)
def shell(request: HttpRequest) -> HttpResponse:
    """An empty marking page; what belongs on it is decrypted on the device."""
    return render(request, "monitoring/shell.html")
