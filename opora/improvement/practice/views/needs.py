"""What a card needs, its cores, what is measured, and its tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.improvement.practice import actions, conditions, policies, queries
from opora.improvement.practice.forms import cards as forms
from opora.improvement.practice.models import Condition, Outcome, Practice
from opora.improvement.practice.views.cards import GET_POST, written_or_404

AREA = policies.AREA


@require_http_methods(GET_POST)
@door(AREA, "W")
def needs(request: HttpRequest, code: str) -> HttpResponseBase:
    """What must be in place, the cores, and what is measured."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    posted = request.POST if request.method == "POST" else None
    deed = posted.get("do", "") if posted else ""
    cores = "\n".join(one.text for one in found.elements.all())
    shown: dict[str, Any] = {
        "condition": forms.ConditionForm(posted if deed == "condition" else None),
        "elements": forms.ElementsForm(posted if deed == "elements" else None, initial={"elements": cores}),
        "outcome": forms.OutcomeForm(posted if deed == "outcome" else None),
    }
    if posted is not None:
        try:
            if _needs_done(actor, found, deed, shown, posted.get("row", "")):
                return redirect("practice_needs", found.code)
        except Clash as clash:
            shown["elements"].meet(clash)
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return redirect("practice_needs", found.code)
    context = {
        "card": found,
        "conditions": [
            (one.pk, conditions.said(one)) for one in found.conditions.select_related("group", "type")
        ],
        "outcomes": list(found.outcomes.all()),
    }
    bad = any(form.errors for form in shown.values())
    return render(request, "practice/needs.html", context | shown, status=422 if bad else 200)


def _needs_done(actor: Actor, card: Practice, deed: str, shown: dict[str, Any], row: str) -> bool:
    """Do what the button says; False when the form has to be shown again."""
    deeds: dict[str, Callable[[], None]] = {
        "condition": lambda: actions.set_conditions(
            actor, card, [*_condition_rows(card), shown["condition"].cleaned_data]
        ),
        "condition-remove": lambda: actions.set_conditions(actor, card, _condition_rows(card, without=row)),
        "elements": lambda: actions.set_elements(
            actor, card, shown["elements"].lines(), seen=shown["elements"].seen_before
        ),
        "outcome": lambda: actions.set_outcomes(
            actor, card, [*_outcome_rows(card), shown["outcome"].cleaned_data]
        ),
        "outcome-remove": lambda: actions.set_outcomes(actor, card, _outcome_rows(card, without=row)),
    }
    if deed not in deeds:
        raise Http404
    if deed in shown and not shown[deed].is_valid():
        return False
    deeds[deed]()
    return True


def _condition_rows(card: Practice, without: str = "") -> list[dict[str, Any]]:
    names = ("kind", "group", "type", "profession", "amount", "text")
    rows: list[Condition] = list(card.conditions.select_related("group", "type"))
    return [{name: getattr(one, name) for name in names} for one in rows if str(one.pk) != without]


def _outcome_rows(card: Practice, without: str = "") -> list[dict[str, Any]]:
    names = ("title", "unit", "better", "before", "after", "people")
    rows: list[Outcome] = list(card.outcomes.all())
    return [{name: getattr(one, name) for name in names} for one in rows if str(one.pk) != without]


@require_http_methods(GET_POST)
@door(AREA, "W")
def tools(request: HttpRequest, code: str) -> HttpResponseBase:
    """Forms and methods to take along."""
    actor = actor_of(request)
    found = written_or_404(actor, code)
    removing = request.POST.get("do") == "remove"
    form = forms.ToolForm(
        *((request.POST, request.FILES) if request.method == "POST" and not removing else ())
    )
    if removing:
        tool = queries.tool(actor, found, int(request.POST.get("row", "0") or 0))
        if tool is None:
            raise Http404
        actions.remove_tool(actor, tool)
        return redirect("practice_tools", found.code)
    if form.is_bound and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            actions.add_tool(
                actor, found, title=given["title"], text=given["text"], file_name=file.name if file else "",
                content=file.read() if file else b"",
            )  # fmt: skip
            return redirect("practice_tools", found.code)
        except ActionRefused as refused:
            form.add_error("file", str(refused))
    context = {"card": found, "form": form, "tools": list(found.tools.filter(toolkit=None))}
    return render(request, "practice/tools.html", context, status=422 if form.errors else 200)
