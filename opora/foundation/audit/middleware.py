"""Gives the request's address and number to the audit. Stands after the middleware that numbers requests."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from opora.foundation.audit import facts


class RequestFactsMiddleware:
    """Around every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = getattr(request, "request_id", "")
        with facts.about(request.META.get("REMOTE_ADDR", ""), request_id):
            return self.get_response(request)
