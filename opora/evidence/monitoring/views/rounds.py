"""Pages of rounds: the list, a new one, its board, who is tied to whom."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.evidence.monitoring import actions, forms, norms, planning, policies, presenters, queries
from opora.evidence.monitoring.views.common import BOTH, ROLES, done, round_or_404, tell
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused


@require_safe
@door(roles=ROLES)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, and the rounds of their places."""
    actor = actor_of(request)
    service = queries.service_by_code(request.GET.get("service", ""))
    shown = queries.visits_of_service(actor, service) if service else queries.visits(actor)
    context = {
        "waiting": [] if service else presenters.waiting(actor, queries.open_visits(actor)),
        "service": service,
        "rounds": planning.rounds_with_counts(actor),
        "plans": bool(queries.regions_to_visit(actor)),
        "observes": actor.holds(*policies.OBSERVES),
        "visits": presenters.lines(shown[:50]) if service or actor.holds("service_manager") else [],
    }
    return render(request, "monitoring/home.html", context)


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def new_round(request: HttpRequest) -> HttpResponse:
    """A round for a region: on opening, every service has its visit with day, route and two observers."""
    actor = actor_of(request)
    regions = queries.regions_to_visit(actor)
    chosen = next(
        (r for r in regions if r.code == request.GET.get("region")), regions[0] if regions else None
    )
    if chosen is None:
        raise Http404
    people = queries.possible_observers(chosen)
    form = forms.RoundForm(
        [chosen], queries.published_versions(), people, request.POST or None,
        initial=planning.first_thoughts(chosen, people),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_round(actor, **form.chosen())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            count = made.visits.count()
            done(
                request,
                ngettext("Планирано е %(n)s посещение.", "Планирани са %(n)s посещения.", count)
                % {"n": count},
            )
            return redirect("monitoring_round", made.code)
    context = {
        "form": form, "region": chosen, "regions": regions, "a_day": norms.a_day(),
        "services": len(queries.services_of(chosen)),
    }  # fmt: skip
    return render(request, "monitoring/round_new.html", context, status=422 if form.is_bound else 200)


@require_safe
@door(roles=ROLES)
def round_(request: HttpRequest, code: str) -> HttpResponse:
    """The board of a round: how far it is, the route day by day, each visit with its state."""
    actor = actor_of(request)
    found = round_or_404(actor, code)
    visits = list(queries.visits_of(actor, found))
    context = _board(found, visits) | {
        "runs": policies.run_round(actor, found) and found.is_open,
        "may_compare": policies.see_agreement(actor, found),
        "waiting": presenters.waiting(actor, visits),
    }
    return render(request, "monitoring/round.html", context)


def _board(found: Any, visits: list[Any]) -> dict[str, Any]:
    lines = presenters.lines(visits)
    return {
        "round": found, "lines": lines, "count": planning.count(visits), "days": planning.days(lines),
        "towns": planning.towns(visits), "today": clock.today(),
    }  # fmt: skip


@require_POST
@door(policies.AREA, "A")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """End the round."""
    actor = actor_of(request)
    found = round_or_404(actor, code)
    try:
        actions.close_round(actor, found)
    except ActionRefused as refused:
        tell(request, refused)
    else:
        done(request, _("Кръгът е приключен."))
    return redirect("monitoring_round", code)


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def ties(request: HttpRequest) -> HttpResponse:
    """What the person has declared, and one more."""
    actor = actor_of(request)
    form = forms.TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        service = queries.service_by_code(given["service"])
        if service is None:
            form.add_error("service", _("Услуга с такъв код няма. Проверете кода на страницата на услугата."))
        else:
            place = {"organisation": service.organisation} if given["whole"] else {"service": service}
            actions.declare_tie(actor, note=given["note"], **place)
            done(request, _("Връзката е записана. При този доставчик няма да Ви изпращат."))
            return redirect("monitoring_ties")
    context = {"form": form, "ties": list(queries.ties_of(actor))}
    return render(request, "monitoring/ties.html", context, status=422 if form.is_bound else 200)


@require_POST
@door(roles=policies.OBSERVES)
def end_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """The tie is over."""
    actor = actor_of(request)
    found = queries.ties_of(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    actions.end_tie(actor, found)
    done(request, _("Връзката е прекратена."))
    return redirect("monitoring_ties")
