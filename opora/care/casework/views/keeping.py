"""What is kept about the person of a file and for how long: a copy for them, reasons to keep, death, erasing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, policies_protection, protection_view, queries_protection
from opora.care.casework.forms.protection import DeathForm, EraseForm, HoldForm
from opora.care.casework.models import ClientFile
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused, Clash


def kept_or_404(actor: Actor, code: str) -> ClientFile:
    """The file, for whoever says how long it is kept."""
    file = found_or_404(actor, code)
    if not policies_protection.keep_file(actor, file):
        raise Http404
    return file


@require_safe
@door(roles=ROLES)
def data(request: HttpRequest, code: str) -> HttpResponseBase:
    """How long the file is kept and why; copies given; what the head may do."""
    actor = actor_of(request)
    file = kept_or_404(actor, code)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "data"})
    return render(
        request, "casework/data.html", {"file": file, "view": protection_view.DataView(actor, file)}
    )


@door(roles=("service_manager",))
@fresh_second_factor
def erase(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask another person to erase the file."""
    actor = actor_of(request)
    file = kept_or_404(actor, code)
    if (waiting := queries_protection.erasure_waiting(file)) is not None:
        return redirect("casework_erasure", waiting.pk)
    form = EraseForm(request.POST or None)
    words = _("Искането е изпратено. Досието се заличава, когато друг човек го потвърди.")
    return _asked(request, file, form, actions.ask_to_erase, words, "casework/erase.html")


@door(roles=ROLES)
def hold(request: HttpRequest, code: str) -> HttpResponseBase:
    """A reason why the file must stay."""
    file = kept_or_404(actor_of(request), code)
    words = _("Досието се пази, докато стои тази причина.")
    return _asked(
        request, file, HoldForm(request.POST or None), actions.hold_file, words, "casework/hold.html"
    )


@door(roles=ROLES)
def death(request: HttpRequest, code: str) -> HttpResponseBase:
    """The person of the file died."""
    file = kept_or_404(actor_of(request), code)
    words = _("Отбелязано е. Досието остава на посоченото основание.")
    return _asked(
        request,
        file,
        DeathForm(request.POST or None, initial=queries_protection.death_as_written(file)),
        actions.record_death,
        words,
        "casework/death.html",
    )


@require_POST
@door(roles=("service_manager",))
def lift(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The reason is gone."""
    actor = actor_of(request)
    file = kept_or_404(actor, code)
    found = next((one for one in queries_protection.holds_of(file) if one.pk == pk), None)
    if found is None or not policies_protection.lift_hold(actor, file):
        raise Http404
    actions.lift_hold(actor, found)
    messages.success(request, _("Причината да се пази досието е отменена."))
    return redirect("casework_data", file.code)


def _asked(  # noqa: PLR0917
    request: HttpRequest, file: ClientFile, form: Any, do: Any, words: str, template: str
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            do(actor_of(request), file, **form.cleaned_data)
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words)
            return redirect("casework_data", file.code)
    return render(request, template, {"file": file, "form": form})
