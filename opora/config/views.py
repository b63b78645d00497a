"""Pages that belong to no room: errors and the health door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opora.foundation.accounts.doors import door


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent without its token: say so, and that nothing was changed."""
    return render(request, "csrf.html", status=403)


@door(public=True)
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: the process answers."""
    return HttpResponse("ok", content_type="text/plain")
