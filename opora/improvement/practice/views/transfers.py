"""Pages of an adaptation: ask, answer, plan, change, measure, end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice import (
    actions,
    adaptation_view,
    policies,
    presenters,
    queries_toolkits,
    queries_transfer,
    stages,
)
from opora.improvement.practice.forms import transfers as forms
from opora.improvement.practice.models import Adaptation
from opora.improvement.practice.views.library import found_or_404 as card_or_404
from opora.improvement.practice.views.library import home_of

AREA = policies.AREA
GET_POST = ["GET", "HEAD", "POST"]


def found_or_404(actor: Actor, code: str) -> Adaptation:
    """The adaptation, for whoever may read it."""
    found = queries_transfer.adaptation(actor, code)
    if found is None:
        raise Http404
    return found


def written_or_404(actor: Actor, code: str) -> Adaptation:
    """The adaptation, for whoever may write it now."""
    found = found_or_404(actor, code)
    if not policies.write_adaptation(actor, found):
        raise Http404
    return found


@require_http_methods(GET_POST)
@door(AREA, "W")
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask to adapt; the conditions are read in the register for the chosen service."""
    actor = actor_of(request)
    card = card_or_404(actor, code)
    if not card.is_published:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = forms.AskForm(actor, card, posted, initial={"service": request.GET.get("service", "")})
    chosen = form.services.get((posted or request.GET).get("service", "")) or (
        next(iter(form.services.values())) if len(form.services) == 1 else None
    )
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        plans = {
            int(key[5:]): str(text)
            for key, text in posted.items()
            if key.startswith("plan-") and key[5:].isdigit()
        }
        try:
            made = actions.ask_to_adapt(
                actor, card, form.services[given["service"]], why=given["why"], plans=plans,
                learnt_from=form.teachers.get(given["learnt_from"]), address=home_of(request),
            )  # fmt: skip
            messages.success(
                request, _("Искането е изпратено на %(service)s.") % {"service": card.service.name}
            )
            return redirect("practice_adaptation", made.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    rows = list(zip(card.conditions.all(), presenters.check(card, chosen), strict=True)) if chosen else []
    context: dict[str, Any] = {
        "card": card,
        "form": form,
        "chosen": chosen,
        "rows": rows,
        "typed": posted or {},
    }
    return render(request, "practice/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
@door(AREA, "RW")
def adaptation(request: HttpRequest, code: str) -> HttpResponseBase:
    """The whole adaptation on one page; steps are marked here."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if request.method == "POST":
        if not policies.write_adaptation(actor, found):
            raise Http404
        done = [int(pk) for pk in request.POST.getlist("step") if pk.isdigit()]
        before = [int(pk) for pk in request.POST.get("seen", "").split() if pk.isdigit()]
        actions.mark_steps(actor, found, done, seen=before)
        messages.success(request, _("Отметките са записани."))
        return redirect("practice_adaptation", found.code)
    steps, moments = list(found.steps.all()), adaptation_view.moments(found)
    context = {
        "one": found,
        "state": (stages.ADAPTATION[found.stage], stages.ADAPTATION_TAGS[found.stage]),
        "conditions": list(found.conditions.all()),
        "tags": {"met": "done", "unmet": "wrong", "unknown": "waiting"},
        "steps": steps,
        "done": sum(step.done_on is not None for step in steps),
        "changes": list(found.changes.all()),
        "moments": moments,
        "results": adaptation_view.results(found),
        "fidelity": adaptation_view.fidelity(found),
        "history": _history(found),
        "descendants": list(found.descendants.learnt().select_related("service")),
        "teacher": found.learnt_from.service if found.learnt_from else found.practice.service,
        "toolkits": queries_toolkits.offered(found),
        "may_take": policies.take_toolkit(actor, found),
        "may_answer": policies.answer_request(actor, found),
        "may_write": policies.write_adaptation(actor, found),
        "next": adaptation_view.next_of(moments),
    }
    return render(request, "practice/adaptation.html", context)


def _history(found: Adaptation) -> list[dict[str, Any]]:
    return [
        {"title": stages.ADAPTATION[one.stage], "at": one.at, "by": ", ".join(filter(None, (one.by, one.organisation))), "text": one.note}
        for one in found.stages.all()
    ]  # fmt: skip


@require_http_methods(GET_POST)
@door(AREA, "W")
def answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Agree or refuse."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if not policies.answer_request(actor, found):
        raise Http404
    form = forms.AnswerRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_request(actor, found, **form.cleaned_data, address=home_of(request))
        messages.success(request, _("Отговорът е изпратен на %(service)s.") % {"service": found.service.name})
        return redirect("practice_adaptation", found.code)
    context = {"one": found, "form": form, "title": _("Отговор на искането")}
    return form_page(request, context)


def form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """A page with one form."""
    return render(request, "practice/step.html", context, status=422 if context["form"].errors else 200)


@require_safe
@door(AREA, "RW")
def adaptations(request: HttpRequest) -> HttpResponseBase:
    """Adaptations of the actor's places; of one practice with `?practice=`."""
    actor = actor_of(request)
    found = queries_transfer.adaptations(actor)
    code = request.GET.get("practice", "")[:20]
    if code:
        found = found.filter(practice__code=code)
    context = {
        "rows": list(found),
        "states_of": stages.ADAPTATION,
        "tags": stages.ADAPTATION_TAGS,
        "practice": code,
    }
    return render(request, "practice/adaptations.html", context)
