"""Around every request of somebody who works with files: one transaction behind the wall, and not too many files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from opora.care.casework import actions, policies, wall
from opora.care.casework.models import Alert
from opora.foundation.accounts.doors import actor_of
from opora.foundation.accounts.fresh import second_factor_again


class InTheWay(Exception):  # noqa: N818 - it is no error
    """The person has opened too many files; the alert says what has to happen first."""

    def __init__(self, alert: Alert) -> None:
        super().__init__()
        self.alert = alert


class WallMiddleware:
    """Stands after the one that names the actor. Whoever works with no files has no context, so there are no files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        with wall.behind(actor) if policies.works_with_files(actor) else nullcontext():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Too many files: to the second factor and back, or a page that says whom to call."""
        if not isinstance(exception, InTheWay):
            return None
        alert = exception.alert
        if alert.kind == Alert.DAY:
            return render(request, "casework/stopped.html", {"alert": alert}, status=403)
        if again := second_factor_again(request, alert.at):
            return again
        actions.shown_again(actor_of(request), alert)
        return HttpResponseRedirect(request.get_full_path())
