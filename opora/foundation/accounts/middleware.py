"""Puts the actor on each request and refuses addresses without a declared rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from opora.foundation.accounts import queries
from opora.foundation.accounts.doors import Door

LIBRARY_DOORS: dict[str, Door] = {}


class ActorMiddleware:
    """`request.actor`, and the check that the address has a door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = queries.actor_for(request.user)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """No rule, no page."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not hasattr(view, "door") and name not in LIBRARY_DOORS:
            raise Http404(f"no rule declared for {name}")
