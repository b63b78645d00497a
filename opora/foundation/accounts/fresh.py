"""Before a weighty step (a role given, an export) one shows again who one is, unless one just did."""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from opora.foundation.accounts.queries import second_factor_of
from opora.foundation.core import clock

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
FORM_MINUTES = 30
"""How long one may take over the form after showing who one is."""


def fresh_sign_in(view: View) -> View:
    """The page asks for password, code or passkey again; goes under `@door`."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and stale(request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
            raise ReauthenticationRequired
        if request.method != "GET" and stale(request, FORM_MINUTES * 60):
            return _first(request, request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def fresh_second_factor(view: View) -> View:
    """The page asks for the second factor again, where one is set up; else as `fresh_sign_in`. Goes under `@door`."""
    signed_in = fresh_sign_in(view)

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        factor = second_factor_of(request.user)
        seconds = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT if request.method == "GET" else FORM_MINUTES * 60
        if factor and _since(request, ("mfa",)) >= seconds:
            page = "mfa_reauthenticate" if factor == "totp" else "mfa_reauthenticate_webauthn"
            return _first(request, f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
        return signed_in(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def _first(request: HttpRequest, to: str) -> HttpResponseBase:
    """To another page first: what was sent is not taken, and its words wait (`drafts.middleware`)."""
    request.not_taken = True  # type: ignore[attr-defined]
    return HttpResponseRedirect(to)


def _since(request: HttpRequest, methods: tuple[str, ...]) -> float:
    records = get_authentication_records(request, request.user)
    return time.time() - max((r["at"] for r in records if r.get("method") in methods), default=0.0)


def stale(request: HttpRequest, seconds: int) -> bool:
    """Whether the person last showed who they are longer ago. Who has no way to show it (demonstration) is
    fresh.
    """
    if not get_reauthentication_flows(request.user):
        return False
    records = get_authentication_records(request, request.user)
    return time.time() - max((record["at"] for record in records), default=0.0) >= seconds


def second_factor_again(request: HttpRequest, since: dt.datetime) -> HttpResponseBase | None:
    """The way to showing the second factor, if it was not shown since that moment; None if it was, or there is none."""
    factor = second_factor_of(request.user)
    if not factor or _since(request, ("mfa",)) <= (clock.now() - since).total_seconds():
        return None
    page = "mfa_reauthenticate" if factor == "totp" else "mfa_reauthenticate_webauthn"
    back = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")
