"""Around every request: the session's end, the actor, the rule at the door, the second factor, headers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from opora.foundation.accounts import policies, queries, sessions
from opora.foundation.accounts.addresses import LIBRARY_DOORS, WITHOUT_SECOND_FACTOR
from opora.foundation.accounts.doors import Door, actor_of

_ways = {"totp": "mfa_reauthenticate", "webauthn": "mfa_reauthenticate_webauthn"}
Handler = Callable[[HttpRequest], HttpResponseBase]
HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ArrivalMiddleware:
    """A number for the request, and the visitor's own network address behind a trusted proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        request.META["REMOTE_ADDR"] = get_client_ip(request) or ""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class SessionEndMiddleware:
    """Half an hour without a request, or ten hours in all, end the session."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and sessions.stamp(request):
            logout(request)
            messages.info(
                request, _("Сесията изтече. Влезте отново, за да продължите оттам, където спряхте.")
            )
        return self.get_response(request)


class ActorMiddleware:
    """`request.actor`, and the check that the address has a door and the actor its second factor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = queries.actor_for(request.user, second_factor=second_factor_shown(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """No rule, no page; and first the second factor for those who need one."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule: Door | None = getattr(view, "door", None) or LIBRARY_DOORS.get(name)
        if rule is None:
            raise Http404(f"no rule declared for {name}")
        if settings.DEMONSTRATION and name.startswith("mfa_"):
            raise Http404("people of the demonstration are shared: they have no factors of their own")
        if rule.public or name in WITHOUT_SECOND_FACTOR or not lacks_second_factor(request):
            return None
        to = _ways.get(queries.second_factor_of(request.user), "accounts_second_factor")
        return HttpResponseRedirect(f"{reverse(to)}?{urlencode({'next': _return_to(request)})}")


def second_factor_shown(request: HttpRequest) -> bool:
    """A code or passkey was used in this session; people of the demonstration need none."""
    if not request.user.is_authenticated:
        return False
    if settings.DEMONSTRATION:
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def lacks_second_factor(request: HttpRequest) -> bool:
    """The person's roles ask for one and this session has not seen it."""
    actor = actor_of(request)
    return (
        settings.SECOND_FACTOR_ASKED and not actor.second_factor and policies.needs_second_factor(actor.roles)
    )


def _return_to(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else "/"
