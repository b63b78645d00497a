"""Around every request of somebody who works with files: one transaction behind the wall."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from opora.care.casework import policies, wall


class WallMiddleware:
    """Stands after the one that names the actor. Whoever works with no files has no context, so there are no files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        with wall.behind(actor) if policies.works_with_files(actor) else nullcontext():
            return self.get_response(request)
