"""Pages of risk, safety and crises. Each has a quick exit; each reading is in the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.care.casework import actions, policies_crisis, queries_crisis
from opora.care.casework.crisis_view import CrisisView, SafetyView
from opora.care.casework.forms import crisis as forms
from opora.care.casework.models import ClientFile, Crisis
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash

TYPED = ("finding", "closing", "text", "who", "result", "name", "phone")
"""Fields of the forms of a crisis in which words are typed."""


@door(roles=ROLES)
def safety(request: HttpRequest, code: str) -> HttpResponse:
    """The tab: crisis that runs, levels of risk, the safety plan, former crises."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    _read(actor, file, "safety")
    return render(request, "casework/safety.html", {"file": file, "view": SafetyView(actor, file)})


@door(roles=ROLES)
def signal(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write down a signal; it opens the crisis."""
    actor, file = _writable_or_404(request, code)
    now = timezone.localtime(clock.now())
    form = forms.SignalForm(request.POST or None, initial={"on": now.date(), "hour": now.time()})
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.receive_signal(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Сигналът е записан. Часовникът тече от получаването му."))
            return redirect("casework_crisis", file.code, found.crisis.number)
    return render(request, "casework/signal.html", {"file": file, "form": form})


@door(roles=ROLES)
def risk(request: HttpRequest, code: str) -> HttpResponseBase:
    """Set a level for one person."""
    actor, file = _writable_or_404(request, code)
    people = queries_crisis.people_of(file)
    form = forms.RiskForm(people, request.POST or None, initial={"person": str(file.person_id)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_risk(
                actor, file, form.people[said["person"]], level=said["level"], why=said["why"], factors=form.factors(),
                review_on=said["review_on"],
            )  # fmt: skip
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Оценката на риска е записана с Вашето име."))
            return redirect("casework_safety", file.code)
    return render(request, "casework/risk.html", {"file": file, "form": form})


@door(roles=ROLES)
def safety_plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """Agree a safety plan, or a new version of it."""
    actor, file = _writable_or_404(request, code)
    before = queries_crisis.safety_plan_of(actor, file)
    form = forms.SafetyForm.after(before, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_safety_plan(
                actor, file, lines=form.given(), agreed_with=said["agreed_with"], review_on=said["review_on"],
                seen=form.seen_before,
            )  # fmt: skip
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Планът за безопасност е записан. Разпечатайте го за човека."))
            return redirect("casework_safety", file.code)
    return render(request, "casework/safety_plan.html", {"file": file, "form": form, "before": before})


@door(roles=ROLES)
def crisis(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One crisis: its clock, signals, people, steps, closing; each button does one thing."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = _crisis_or_404(actor, file, number)
    bound, unsaved = _forms(request, actor), ""
    if request.method == "POST":
        try:
            said = _deed(request, actor, found, bound)
        except ActionRefused as refused:
            unsaved = _unsaved(request, found)
            said = _refused(request, bound, str(refused), unsaved)
        if said is not None:
            messages.success(request, said) if said else None
            return redirect("casework_crisis", file.code, number)
    _read(actor, file, "crisis")
    context = {"file": file, "crisis": found, "view": CrisisView(actor, found), "forms_of": bound}
    context["unsaved"] = unsaved
    return render(request, "casework/crisis.html", context)


def _forms(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The forms of the page; the one whose button was pressed holds what was typed."""
    kinds: dict[str, Any] = {
        "assess": forms.FindingForm, "person": forms.HelperForm, "step": forms.StepForm, "close": forms.CloseForm,
    }  # fmt: skip
    first = {"step": {"who": actor.name, "kind": "step"}}
    do = request.POST.get("do")
    return {
        name: kind(request.POST if do == name else None, prefix=name, initial=first.get(name))
        for name, kind in kinds.items()
    }


def _deed(request: HttpRequest, actor: Actor, found: Crisis, bound: dict[str, Any]) -> str | None:
    """Do what the button says; the words for the person, or None when its form has to be shown again."""
    do = request.POST.get("do", "")
    if do in ("done", "drop"):
        step = _one(found.steps.all(), request.POST.get("pk"))
        actions.end_step(actor, step, done=do == "done", result=request.POST.get("result", "")[:500])
        return _("Отбелязано е.")
    form = bound.get(do)
    if form is None:
        raise Http404
    if not form.is_valid():
        return None
    said = form.cleaned_data
    if do == "assess":
        signal = actions.assess_signal(actor, _one(found.signals.all(), request.POST.get("pk")), **said)
        words = _("Оценката на сигнала е записана. Срокът е спрян.")
        return words if signal.danger == signal.NONE else words + " " + _("По-долу е какво следва.")
    if do == "close":
        actions.close_crisis(actor, found, **said)
        return _("Кризата е закрита.")
    deed: Callable[..., Any] = actions.name_helper if do == "person" else actions.add_step
    deed(actor, found, **said)
    return _("Записано е.")


def _unsaved(request: HttpRequest, found: Crisis) -> str:
    """What was typed in a form that is not on the page any more, because a colleague was first."""
    post, do = request.POST, request.POST.get("do", "")
    assessed = {str(one.pk) for one in found.signals.all() if one.assessed_at is not None}
    if found.is_open and do not in ("done", "drop") and not (do == "assess" and post.get("pk") in assessed):
        return ""
    typed = (post.get(name, "") for name in (*TYPED, *(f"{do}-{name}" for name in TYPED)))
    return "\n".join(text.strip() for text in typed if text.strip())


def _refused(request: HttpRequest, bound: dict[str, Any], why: str, unsaved: str) -> str | None:
    """Say why; what was typed in a form stays in it, or beside where the form is not shown any more."""
    form = bound.get(request.POST.get("do", ""))
    if form is None:
        messages.error(request, why)
        return None if unsaved else ""
    form.add_error(None, why)
    return None


def _one(rows: Any, pk: str | None) -> Any:
    for one in rows:
        if str(one.pk) == pk:
            return one
    raise Http404


def _crisis_or_404(actor: Actor, file: ClientFile, number: int) -> Crisis:
    try:
        return queries_crisis.crisis_for(actor, file, number)
    except Crisis.DoesNotExist:
        raise Http404 from None


def _writable_or_404(request: HttpRequest, code: str) -> tuple[Actor, ClientFile]:
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies_crisis.act(actor, file):
        raise Http404
    return actor, file


def _read(actor: Actor, file: ClientFile, part: str) -> None:
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": part})
