"""Coming in: django-allauth's pages with what we add, one-time links, the doors of the demonstration."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.foundation.accounts import actions, queries, sessions
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.forms import FirstAdministratorForm, JoinForm
from opora.foundation.audit.actions import record
from opora.foundation.core.errors import ActionRefused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AFTER = "opora_after_second_factor"


class PasswordChange(account_views.PasswordChangeView):
    """A new password ends the person's other sessions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who never had a password (people of the demonstration) has none to change."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, then end the others."""
        response: HttpResponse = super().form_valid(form)
        actions.end_own_sessions_but(actor_of(self.request), self.request.session.session_key)
        return response

    def get_default_success_url(self) -> str:
        """Back to one's own account."""
        return "/accounts/"


class ThereOrNot:
    """Ways to show who one is that the person does not have do not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As the library, but 404 for its refusal."""
        try:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied:
            raise Http404 from None
        return response


class ByPassword(ThereOrNot, account_views.ReauthenticateView):
    """Who one is, by password."""


class ByCode(ThereOrNot, mfa_views.ReauthenticateView):
    """Who one is, by code."""


class ByPasskey(ThereOrNot, passkey_views.ReauthenticateWebAuthnView):
    """Who one is, by passkey."""


class PasswordReset(account_views.PasswordResetFromKeyView):
    """A password renewed by letter ends every session of the person."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, then end all."""
        response: HttpResponse = super().form_valid(form)
        actions.end_all_sessions(self.reset_user)
        return response


class TurnOnCodes(totp_views.ActivateTOTPView):
    """The code just typed counts as shown; other sessions, which have not shown one, end."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn on, then note it in this session."""
        response: HttpResponse = super().form_valid(form)
        _factor_set_up(self.request, "totp")
        return response


class TurnOffCodes(totp_views.DeactivateTOTPView):
    """Without any factor left the session has shown none."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn off, then forget it in this session."""
        response: HttpResponse = super().form_valid(form)
        _factor_removed(self.request)
        return response


class AddPasskey(passkey_views.AddWebAuthnView):
    """The passkey just used counts as shown; other sessions end."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add, then note it in this session."""
        response: HttpResponse = super().form_valid(form)
        _factor_set_up(self.request, "webauthn")
        return response


class RemovePasskey(passkey_views.RemoveWebAuthnView):
    """Without any factor left the session has shown none."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove, then forget it in this session."""
        response: HttpResponse = super().form_valid(form)
        _factor_removed(self.request)
        return response


class PasskeyLogin(passkey_views.LoginWebAuthnView):
    """Signing in by passkey alone also returns to where the person wanted to go."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in and go there."""
        authenticator = form.cleaned_data["credential"]
        wanted = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = passkey_flows.perform_passwordless_login(self.request, authenticator, wanted)
        return response


@door()
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed and the two ways to set one up; remembers where the person was going."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        request.session[AFTER] = wanted
    return render(request, "accounts/second_factor.html")


@door(public=True)
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a one-time link: set a password (the first administrator: also name and e-mail)."""
    invitation = queries.open_invitation(secret)
    if invitation is None:
        return render(request, "accounts/join_void.html", status=404)
    first = invitation.for_first_administrator
    data = request.POST or None
    form: Any = FirstAdministratorForm(data) if first else JoinForm(data, person=invitation.user)
    if request.method == "POST" and form.is_valid() and _accepted(request, secret, form):
        messages.success(request, _("Паролата е зададена. Влезте с пощата и паролата си."))
        return redirect("account_login")
    facts = {"form": form, "first": first, "person": invitation.user, "expires_at": invitation.expires_at}
    return render(request, "accounts/join.html", facts, status=422 if form.errors else 200)


@door(public=True)
@require_POST
def enter_as(request: HttpRequest, key: str = "") -> HttpResponse:
    """Only in the demonstration, only over a database without real accounts: be one of its people."""
    if not settings.DEMONSTRATION or queries.real_accounts_exist():
        raise Http404
    person = queries.demonstration_user(key or request.POST.get("key", ""))
    if person is None:
        raise Http404
    logout(request)
    login(request, person, backend=BACKEND)
    sessions.begin(request)
    record(queries.actor_for(person), "accounts.signed_in", f"account:{person.pk}", ground=_("демонстрация"))
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(
        wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
    )


def _accepted(request: HttpRequest, secret: str, form: Any) -> bool:
    data = form.cleaned_data
    try:
        actions.accept_invitation(
            secret, password=data["password1"], name=data.get("name", ""), email=data.get("email", "")
        )
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _factor_set_up(request: HttpRequest, kind: str) -> None:
    record_authentication(request, request.user, "mfa", type=kind)
    actions.end_own_sessions_but(_known(request), request.session.session_key)


def _factor_removed(request: HttpRequest) -> None:
    if not queries.second_factor_of(request.user):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r["method"] != "mfa"]


def _known(request: HttpRequest) -> Actor:
    return actor_of(request)
