"""Pages that belong to no room: errors and the health door."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opora.foundation.accounts.doors import door
from opora.foundation.core.troubles import explain
from opora.foundation.ui.sent import sent


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent without its token: say so, and that nothing was changed."""
    return render(request, "csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page for this person; of a form that came too late the words are given back."""
    return render(request, "404.html", {"sent": sent(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A full disk or a busy database is told as such; everything else is a fault of ours."""
    words = explain(sys.exc_info()[1])
    if words is None:
        return render(request, "500.html", {"sent": sent(request)}, status=500)
    answer = render(request, "503.html", {"words": words, "sent": sent(request)}, status=503)
    answer["Retry-After"] = "30"
    return answer


@door(public=True)
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: the process answers."""
    return HttpResponse("ok", content_type="text/plain")
