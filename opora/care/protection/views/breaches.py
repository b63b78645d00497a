"""Pages of breaches: told by anybody who works here, kept by heads and officers. Each reading is in the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as plain
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.protection import actions, breach_view, clock_words, policies, queries
from opora.care.protection.actions.common import chain_of
from opora.care.protection.forms import breaches as forms
from opora.care.protection.forms.parts import now_initial
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.ui.paging import page_of

PAGE_ROWS = 25


@require_safe
@door(roles=policies.PROTECTORS)
def register(request: HttpRequest) -> HttpResponse:
    """All breaches the actor keeps, those whose clock runs first."""
    actor = actor_of(request)
    page = page_of(queries.breaches_for(actor).pressing_first(), request.GET.get("page"), PAGE_ROWS)
    rows = [(one, clock_words.state(one), clock_words.where(one)) for one in page]
    audit.record(actor, "breach.listed", "breaches", details={"rows": len(rows)})
    return render(request, "protection/breaches.html", {"page": page, "rows": rows})


@door()
def tell(request: HttpRequest) -> HttpResponseBase:
    """Three answers, for everybody who works here."""
    actor = actor_of(request)
    form = forms.TellForm(queries.places_of(actor), request.POST or None, initial=now_initial("noticed"))
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.tell_breach(actor, **form.given())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("Съобщено е с номер %(code)s. Ръководителят и длъжностното лице вече имат писмо.")
                % {"code": told.code},
            )
            return (
                redirect("protection_breach", told.code)
                if policies.keep_breach(actor, told)
                else redirect("protection_tell")
            )
    context = {"form": form, "told": queries.told_by(actor)}
    return render(request, "protection/tell.html", context, status=422 if form.is_bound else 200)


def found_or_404(request: HttpRequest, code: str) -> tuple[Actor, Breach]:
    """The breach, for whoever keeps it."""
    actor = actor_of(request)
    try:
        return actor, queries.breach_for(actor, code)
    except Breach.DoesNotExist:
        raise Http404 from None


@require_safe
@door(roles=policies.PROTECTORS)
def breach(request: HttpRequest, code: str) -> HttpResponse:
    """One breach: the clock, what is missing, what was decided, the history."""
    actor, found = found_or_404(request, code)
    audit.record(actor, "breach.read", found.code, chain=chain_of(found))
    return render(request, "protection/breach.html", {"breach": found, "view": breach_view.BreachView(found)})


@door(roles=policies.PROTECTORS)
def write(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write up what is known now."""
    actor, found = found_or_404(request, code)
    form = forms.BreachForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_breach(actor, found, form.facts(), form.marks(), seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записано е. Промените стоят в историята с Вашето име."))
            return redirect("protection_breach", found.code)
    context = {"breach": found, "form": form}
    return render(request, "protection/write.html", context, status=422 if form.is_bound else 200)


@door(roles=policies.PROTECTORS)
def decide(request: HttpRequest, code: str) -> HttpResponseBase:
    """A person says how great the risk is."""
    form = forms.DecideForm(request.POST or None)
    return _step(
        request, code, form, ("protection/decide.html", _("Решението е записано с Вашето име.")),
        lambda actor, found: actions.decide_breach(actor, found, **form.cleaned_data),
    )  # fmt: skip


@door(roles=policies.PROTECTORS)
def notify(request: HttpRequest, code: str) -> HttpResponseBase:
    """Note that somebody was told; the Commission stops the clock."""
    form = forms.NoticeForm(request.POST or None, initial=now_initial("told"))
    return _step(
        request, code, form, ("protection/notify.html", _("Уведомяването е записано.")),
        lambda actor, found: actions.notify(actor, found, **form.given()),
    )  # fmt: skip


@door(roles=policies.PROTECTORS)
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Nothing more is to be done."""
    form = forms.CloseForm(request.POST or None)
    return _step(
        request, code, form, ("protection/close.html", _("Нарушението е приключено и остава в регистъра.")),
        lambda actor, found: actions.close_breach(actor, found, **form.cleaned_data),
    )  # fmt: skip


@door(roles=policies.PROTECTORS)
def reopen(request: HttpRequest, code: str) -> HttpResponseBase:
    """Something new was learnt."""
    form = forms.ReopenForm(request.POST or None)
    return _step(
        request, code, form, ("protection/reopen.html", _("Нарушението е отворено отново.")),
        lambda actor, found: actions.reopen_breach(actor, found, **form.cleaned_data),
    )  # fmt: skip


def _step(
    request: HttpRequest, code: str, form: plain.Form, page: tuple[str, str], do: Callable[[Actor, Breach], Any]
) -> HttpResponseBase:  # fmt: skip
    """A page with one form about a breach: done and back, or shown again with what was typed."""
    (template, words), (actor, found) = page, found_or_404(request, code)
    if request.method == "POST" and form.is_valid():
        try:
            do(actor, found)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words)
            return redirect("protection_breach", found.code)
    context = {"breach": found, "form": form, "view": breach_view.BreachView(found)}
    return render(request, template, context, status=422 if form.is_bound else 200)
