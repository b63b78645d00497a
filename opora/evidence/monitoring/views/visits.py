"""Pages of one visit: what stands, its plan, that it falls away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.evidence.monitoring import (
    actions,
    forms,
    policies,
    presenters,
    queries,
    queries_visit,
    stages,
)
from opora.evidence.monitoring.models import COMPLIANCE, ImprovementRow, Visit
from opora.evidence.monitoring.views.common import BOTH, ROLES, done, tell, visit_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused


@require_safe
@door(roles=ROLES)
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """A visit: what is next, the marks for whom they are open, report, answer, programme, history."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    return render(request, "monitoring/visit.html", page_of(actor, found))


def page_of(actor: Actor, found: Visit) -> dict[str, Any]:
    """What stands on the page of a visit."""
    kind = found.round.version.framework.kind
    told = queries.marks_of_visit(actor, found)
    programme = queries_visit.programme_of(found)
    seat = policies.observes(actor, found)
    return {
        "visit": found, "kind": kind, "deeds": presenters.deeds(actor, found), "tag": stages.TAGS[found.stage],
        "stage": stages.STAGES[found.stage], "seat": seat, "seats": list(found.observers.all()),
        "required": _required(found) if told and kind == COMPLIANCE else {},
        "domains": presenters.domains(told, kind) if told else [],
        "anchors": _anchors(found) if told and kind != COMPLIANCE else {}, "meaning": presenters.level_meaning,
        "report": queries_visit.report_of(actor, found), "answer": queries_visit.answer_of(actor, found),
        "programme": programme if policies.see_marks(actor, found) else None,
        "rows": queries_visit.programme_rows(programme) if policies.see_marks(actor, found) else [],
        "before": _before(actor, found),
        "photos": queries_visit.photos_of(actor, found), "voices": queries_visit.voices_of(actor, found),
        "history": [{"title": stages.STAGES[r.stage], "at": r.at, "by": r.by, "text": r.note} for r in found.stages.all()],
        "may_plan": policies.run_round(actor, found.round) and found.open_to_marks and found.round.is_open,
        "words": presenters.level_words, "blind": bool(seat and not found.both_locked),
    }  # fmt: skip


def _required(found: Visit) -> dict[str, str]:
    """What each standard asks, to stand beside what is really done."""
    return {one.code: one.required for one in queries.indicators_of(found.round.version)}


def _anchors(found: Visit) -> dict[str, dict[int, str]]:
    """Of each indicator what its levels look like, to stand under the mark."""
    words: dict[str, dict[int, str]] = {}
    for code, level, text in queries.anchors_of(found.round.version):
        words.setdefault(code, {})[level] = text
    return words


def _before(actor: Actor, found: Visit) -> list[ImprovementRow]:
    """What the last visit ended with, for whoever prepares this one."""
    prepares = policies.observes(actor, found) or policies.run_round(actor, found.round)
    return queries_visit.rows_to_check(found) if prepares and found.open_to_marks else []


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Another day, another observer."""
    actor = actor_of(request)
    found = _plannable(actor, code)
    people = queries.possible_observers(found.round.region)
    deed = request.POST.get("do")
    day = forms.DayForm(request.POST if deed == "day" else None, initial={"on": found.on})
    sent = forms.ObserverForm(
        list(found.observers.all()), people, request.POST if deed == "observer" else None
    )
    form = {"day": day, "observer": sent}.get(deed or "")
    if form is not None and form.is_valid():
        try:
            if deed == "day":
                actions.move_visit(actor, found, form.cleaned_data["on"])
            else:
                actions.replace_observer(
                    actor, found, form.cleaned_data["place"], form.cleaned_data["person"]
                )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Планът на посещението е променен."))
            return redirect("monitoring_visit", code)
    context = {"visit": found, "day": day, "sent": sent}
    return render(request, "monitoring/plan.html", context, status=422 if form is not None else 200)


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def excuse(request: HttpRequest, code: str) -> HttpResponse:
    """The visit falls away."""
    actor = actor_of(request)
    found = _plannable(actor, code)
    form = forms.ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.excuse_visit(actor, found, reason=form.cleaned_data["reason"])
        except ActionRefused as refused:
            tell(request, refused)
        else:
            done(request, _("Посещението отпада от кръга."))
        return redirect("monitoring_visit", code)
    context = {"visit": found, "form": form}
    return render(request, "monitoring/excuse.html", context, status=422 if form.is_bound else 200)


def _plannable(actor: Actor, code: str) -> Visit:
    found = visit_or_404(actor, code)
    if not policies.run_round(actor, found.round) or not found.open_to_marks or not found.round.is_open:
        raise Http404
    return found
