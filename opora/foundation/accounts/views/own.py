"""One's own account: who one is here, what one may do, where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.foundation.accounts import actions, matrix, queries, scopes, sessions
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.roles import ROLES


@door()
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Name, roles, ways to sign in and sessions."""
    actor = actor_of(request)
    places = scopes.words_of([held.scope for held in actor.holdings])
    facts = {
        "actor": actor,
        "holdings": [(ROLES[held.role], places[held.scope]) for held in actor.holdings],
        "factor": queries.second_factor_of(request.user),
        "demonstrated": getattr(request.user, "demonstration", False),
        "device": sessions.device,
        "sessions": [
            {
                "row": row,
                "key": sessions.public_key(row.session_key),
                "this": row.session_key == request.session.session_key,
            }
            for row in queries.sessions_of(actor)
        ],
    }
    return render(request, "accounts/me.html", facts)


@door()
@require_POST
def end_session(request: HttpRequest, key: str) -> HttpResponse:
    """End one of one's own sessions."""
    if actions.end_own_session(actor_of(request), key):
        messages.success(request, _("Сесията е прекратена."))
    return redirect("accounts_me")


@door()
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    actions.end_own_sessions_but(actor_of(request), request.session.session_key)
    messages.success(request, _("Другите сесии са прекратени."))
    return redirect("accounts_me")


@door()
@require_http_methods(["GET", "POST"])
def keep_alive(request: HttpRequest) -> HttpResponse:
    """„Остани в системата“: the request itself is the sign of life."""
    return HttpResponse(status=204)


@door(roles={"national_admin"})
@require_GET
def roles_page(request: HttpRequest) -> HttpResponse:
    """Which role may do what: the same table as in the documentation."""
    return render(request, "accounts/roles.html", {"table": matrix.table()})
