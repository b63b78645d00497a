"""Pages of the individual plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import actions, domains, drafting, forms, policies, queries
from opora.care.casework.models import ClientFile, Goal, Plan
from opora.care.casework.plan_view import PlanView
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.drafts import queries as drafts
from opora.foundation.rules import queries as rules


@door(roles=ROLES)
def plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """The plan on one page: needs offered, goals with their way, the words of child and family, approval."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries.plan_of(actor, file)
    send = forms.SendForm(request.POST if request.POST.get("do") == "send" else None)
    if request.method == "POST" and (answer := _done(request, actor, file, found, send)):
        return answer
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "plan"})
    context = {
        "file": file, "plan": found, "view": PlanView(actor, found) if found else None, "send": send,
        "may_begin": policies.write_file(actor, file) and (found is None or found.state in (Plan.APPROVED, Plan.REPLACED)),
        "may_assess": found is None and queries.assessment_of(actor, file) is None,
    }  # fmt: skip
    return render(request, "casework/plan.html", context)


def _done(
    request: HttpRequest, actor: Actor, file: ClientFile, found: Plan | None, send: forms.SendForm
) -> HttpResponseBase | None:
    try:
        said = _deed(request, actor, file, found, send)
    except ActionRefused as refused:
        if send.is_bound:
            send.add_error(None, str(refused))
            return None
        messages.error(request, str(refused))
        said = ""
    if said is None:
        return None
    if said:
        messages.success(request, said)
    return redirect("casework_plan", file.code)


def _deed(
    request: HttpRequest, actor: Actor, file: ClientFile, found: Plan | None, send: forms.SendForm
) -> str | None:
    """Do what the button says; the words for the person, or None when the form has to be shown again."""
    deed = request.POST.get("do")
    if deed == "begin":
        return _begun(actor, file)
    if found is None:
        raise Http404
    if deed == "drop":
        actions.drop_plan(actor, found)
        return _("Черновата на план № %(number)s е изтрита.") % {"number": found.number}
    if deed == "send":
        if not send.is_valid():
            return None
        actions.send_plan(actor, found, **send.cleaned_data)
        return _("План № %(number)s чака одобрение от ръководителя.") % {"number": found.number}
    decision = forms.DecisionForm(request.POST)
    if not decision.is_valid():
        raise Http404
    approve = deed == "approve"
    actions.decide_plan(actor, found, approve=approve, note=decision.cleaned_data["note"])
    words = _("План № %(number)s е одобрен.") if approve else _("План № %(number)s е върнат за промяна.")
    return words % {"number": found.number}


def _begun(actor: Actor, file: ClientFile) -> str:
    reached = queries.reached_goals(file)
    words = _("Започнат е план № %(number)s.") % {"number": actions.begin_plan(actor, file).number}
    if not reached:
        return words
    left = _("Постигнатото не е пренесено: %(goals)s.") % {"goals": ", ".join(reached)}
    return f"{words} {left}"


@door(roles=ROLES)
def goal(request: HttpRequest, code: str, domain: str = "", pk: int = 0) -> HttpResponseBase:
    """A goal toward a need of the assessment, or one that stands."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    plan_, standing = _plan_and_goal(actor, file, pk)
    need = _need_or_404(plan_, standing.domain if standing else domain)
    form = _goal_form(actor, request, standing, need.domain)
    if request.method == "POST" and form.is_valid():
        try:
            _set_goal(actor, plan_, form, standing, need)
        except Clash:
            return redirect("casework_goal_merge", file.code, pk)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Целта е записана в плана."))
            return redirect("casework_plan", file.code)
    context = {
        "file": file,
        "form": form,
        "need": need,
        "domain": domains.DOMAINS[need.domain],
        "goal": standing,
    }
    return render(request, "casework/goal.html", context)


def _set_goal(actor: Actor, plan_: Plan, form: forms.GoalForm, standing: Goal | None, need: Any) -> None:
    if standing is None:
        actions.set_goal(
            actor,
            plan_,
            form.goal() | {"need": need.situation, "domain": need.domain},
            activities=form.lines(),
        )
        return
    base = form.cleaned_data["version"] or 0
    actions.save_goal(actor, standing, form.goal(), activities=form.lines(), base_version=base)


def _plan_and_goal(actor: Actor, file: ClientFile, pk: int) -> tuple[Plan, Goal | None]:
    found = queries.plan_of(actor, file)
    if found is None or not PlanView(actor, found).may_write:
        raise Http404
    goals = {goal_.pk: goal_ for goal_ in found.goals.all()}
    if pk and pk not in goals:
        raise Http404
    return found, goals.get(pk)


def _need_or_404(plan_: Plan, domain: str) -> Any:
    part = plan_.assessment.parts.filter(domain=domain).first()
    if part is None:
        raise Http404
    return part


def _goal_form(actor: Actor, request: HttpRequest, standing: Goal | None, domain: str) -> forms.GoalForm:
    data = request.POST or None
    if standing:
        form = forms.GoalForm.of(standing, data)
        form.initial["version"] = drafts.draft(actor, drafting.goal_key(standing)).version
        return form
    months = rules.number("plan_review_interval")
    due = terms.add_months(clock.today(), int(months)) if months else None
    return forms.GoalForm.toward(domain, responsible=actor.name, due=due, data=data)


@door(roles=ROLES)
@require_POST
def goal_remove(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Leave a goal out of the plan being written."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    standing = _plan_and_goal(actor, file, pk)[1]
    if standing is None:
        raise Http404
    actions.remove_goal(actor, standing)
    messages.success(request, _("Целта „%(title)s“ отпадна от плана.") % {"title": standing.title})
    return redirect("casework_plan", file.code)


@door(roles=ROLES)
def mark(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """How far a goal is."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    plan_ = queries.approved_plan(file)
    standing = plan_.goals.filter(pk=pk).select_related("plan__file__service").first() if plan_ else None
    if standing is None or not policies.write_file(actor, file):
        raise Http404
    form = forms.MarkForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.mark_goal(actor, standing, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Отбелязано е докъде е целта „%(title)s“.") % {"title": standing.title}
            )
            return redirect("casework_plan", file.code)
    return render(request, "casework/mark.html", {"file": file, "form": form, "goal": standing})
