"""Answers to what changed of a person in another file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import actions
from opora.care.casework.views.family import writable_or_404
from opora.care.casework.views.files import ROLES
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused


@require_POST
@door(roles=ROLES)
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """One click takes it over, another keeps what stands here."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    accept = request.POST.get("do") == "accept"
    try:
        (actions.accept_change if accept else actions.decline_change)(actor, file, pk)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Промяната е приета и тук.") if accept else _("Остава записаното тук."))
    return redirect("casework_family", code)
