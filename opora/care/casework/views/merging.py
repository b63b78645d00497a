"""The draft of a note while it is typed, and the page where two texts of one goal meet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.care.casework import actions, drafting, forms, queries
from opora.care.casework.models import Goal
from opora.care.casework.plan_view import PlanView
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.drafts import queries as drafts
from opora.foundation.drafts.queries import Clashing
from opora.foundation.ui import formats


@door(roles=ROLES)
def note_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Where the page saves a note while it is typed; a GET gives a fresh token after signing in again."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        saved = actions.keep_note(actor, file, drafting.note_data(request.POST))
    except ActionRefused as refused:
        return JsonResponse({"text": str(refused)}, status=422)
    return JsonResponse({"text": drafts.kept_text(saved.saved_at)})


@door(roles=ROLES)
def goal_merge(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Both texts of each field that two people changed; the person chooses, nothing is lost."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    goal = _goal_or_404(actor, file, pk)
    clash = drafts.clash(actor, drafting.goal_key(goal))
    if clash is None:
        return redirect("casework_plan", code)
    if request.method == "POST":
        return _settle(request, actor, goal, clash)
    context = {
        "file": file,
        "goal": goal,
        "clash": clash,
        "rows": _rows(clash),
        "merged": len(clash.merge.taken),
    }
    return render(request, "casework/merge.html", context)


def _settle(request: HttpRequest, actor: Actor, goal: Goal, clash: Clashing) -> HttpResponse:
    post, code = request.POST, goal.plan.file.code
    mine = {one.path for one in clash.merge.conflicts if post.get(f"take:{one.path}") == "mine"}
    try:
        actions.settle_goal(
            actor, goal, mine=mine, version=_whole(post.get("version")), held_id=_whole(post.get("held"))
        )
    except (ActionRefused, Clash) as refused:
        messages.error(request, str(refused))
        return redirect("casework_goal_merge", code, goal.pk)
    messages.success(request, _("Двата текста са събрани. Целта е записана в плана."))
    return redirect("casework_plan", code)


def _goal_or_404(actor: Actor, file: Any, pk: int) -> Goal:
    plan = queries.plan_of(actor, file)
    found = next((one for one in plan.goals.all() if one.pk == pk), None) if plan else None
    if plan is None or found is None or not PlanView(actor, plan).may_write:
        raise Http404
    return found


def _rows(clash: Clashing) -> list[dict[str, str]]:
    fields = forms.GoalForm.base_fields
    return [
        {"path": one.path, "label": str(fields[one.path].label), "base": _shown(one.path, one.base),
         "mine": _shown(one.path, one.mine), "theirs": _shown(one.path, one.theirs)}
        for one in clash.merge.conflicts
    ]  # fmt: skip


def _shown(path: str, value: Any) -> str:
    if path == "due" and value:
        return formats.date(forms.GoalForm.base_fields["due"].to_python(value))
    choices = dict(getattr(forms.GoalForm.base_fields[path], "choices", ()))
    return str(choices.get(value, value if value is not None else ""))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
