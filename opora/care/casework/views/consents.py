"""Pages of consents."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.casework import actions, policies, queries, queries_consents
from opora.care.casework.consent_view import ConsentLine
from opora.care.casework.forms.consents import ConsentForm, WithdrawalForm
from opora.care.casework.models import Consent
from opora.care.casework.views.family import writable_or_404
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.rules import queries as rules


@require_safe
@door(roles=ROLES)
def consents(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every consent with its state."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "consents"}
    )
    lines = [ConsentLine(one) for one in queries_consents.consents_of(actor, file)]
    context = {"file": file, "lines": lines, "may_write": policies.write_file(actor, file)}
    context["age"] = rules.rule("consent_age").value
    return render(request, "casework/consents.html", context)


@door(roles=ROLES)
def consent(request: HttpRequest, code: str) -> HttpResponseBase:
    """Record a consent."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    form = ConsentForm(file, queries.family_of(file), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_consent(actor, file, **form.said())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Съгласието е записано."))
            return redirect("casework_consents", file.code)
    context = {"file": file, "form": form, "together": queries_consents.consents_together(file)}
    context["alone"] = queries_consents.consents_alone(file)
    return render(request, "casework/consent.html", context)


@door(roles=ROLES)
def withdrawal(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A consent is taken back."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    try:
        found = queries_consents.consent_of(actor, file, pk)
    except Consent.DoesNotExist:
        raise Http404 from None
    found.file = file
    form = WithdrawalForm(found, queries.family_of(file), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(actor, found, **form.said())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Оттеглянето е записано. Който ползва данните по това съгласие, трябва да спре.")
            )
            return redirect("casework_consents", file.code)
    return render(
        request, "casework/withdrawal.html", {"file": file, "form": form, "line": ConsentLine(found)}
    )
