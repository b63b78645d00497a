"""The panel: seats, declarations, votes, decision, minutes, certificate."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.book import FORMATS
from opora.foundation.documents.render import PdfUnavailable
from opora.foundation.documents.views import as_download
from opora.improvement.practice import (
    actions,
    board_view,
    effect_view,
    policies,
    policies_selection,
    queries_selection,
    stages,
)
from opora.improvement.practice.forms import selection as forms
from opora.improvement.practice.papers import minutes
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.views.library import found_or_404 as card_or_404
from opora.improvement.practice.views.library import home_of
from opora.improvement.practice.views.periods import GET_POST, found_or_404, run_or_404

AREA = policies.AREA


@require_http_methods(GET_POST)
@door(AREA, "W")
def panel(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who sits on the panel."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    removing = request.POST.get("do") == "remove"
    form = forms.SeatForm(found, request.POST if request.method == "POST" and not removing else None)
    try:
        if removing:
            member = found.panel.filter(pk=int(request.POST.get("row", "0") or 0)).first()
            if member is None:
                raise Http404
            actions.unseat_member(actor, member)
            return redirect("practice_period_panel", found.code)
        if form.is_bound and form.is_valid():
            person = form.people[form.cleaned_data["user"]]
            actions.seat_member(actor, found, person, chair=form.cleaned_data["chair"])
            messages.success(request, _("%(name)s е в комисията.") % {"name": person.name})
            return redirect("practice_period_panel", found.code)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("practice_period_panel", found.code)
    members = list(found.panel.prefetch_related("conflicts__service"))
    context = {"period": found, "form": form, "members": members}
    return render(request, "practice/panel.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
@door()
def declare(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say which candidates one is tied to."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    seat = policies_selection.seat(actor, found)
    if seat is None or found.stage == stages.DECIDED:
        raise Http404
    form = forms.DeclareForm(seat, Board(found).candidates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ties = {form.offered[one]: given["what"] for one in given["services"]}
        actions.declare(actor, found, ties)
        messages.success(request, _("Обявеното е записано и влиза в протокола."))
        return redirect("practice_period_votes", found.code)
    known = [one for one in seat.conflicts.select_related("service") if one.found]
    context = {"period": found, "form": form, "known": known}
    return render(request, "practice/declare.html", context, status=422 if form.errors else 200)


@require_safe
@door()
def votes(request: HttpRequest, code: str) -> HttpResponseBase:
    """Candidates before the panel, one's own votes, and how many have voted."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if not policies_selection.read_minutes(actor, found):
        raise Http404
    seat, board = policies_selection.seat(actor, found), Board(found)
    if seat is not None and seat.declared_at is None and found.stage != stages.DECIDED:
        return redirect("practice_period_declare", found.code)
    tied = {one.service_id: one.what for one in seat.conflicts.all()} if seat else {}
    counted = queries_selection.counts(found)
    fixed = {one.service.code: one for one in board.fixed}
    rows = []
    for one in board.votable():
        count = counted.get(one.service.code)
        mine = next((v for v in count.votes if seat and v.member_id == seat.pk), None) if count else None
        rows.append({
            "one": one, "standing": fixed.get(one.service.code), "count": count, "mine": mine,
            "tied": tied.get(one.service.pk, ""), "nominated": board_view.nominated(one), "group": board.kinds[one.service.code].title,
        })  # fmt: skip
    context = {
        "period": found, "rows": rows, "seat": seat, "members": found.panel.count(),
        "may_vote": seat is not None and policies_selection.vote(seat, found), "in_hundred": board_view.in_hundred,
    }  # fmt: skip
    return render(request, "practice/votes.html", context)


@require_http_methods(GET_POST)
@door()
def vote(request: HttpRequest, code: str, service: str) -> HttpResponseBase:
    """Vote on one candidate, with its figures beside."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    seat, board = policies_selection.seat(actor, found), Board(found)
    one = next((c for c in board.votable() if c.service.code == service), None)
    if seat is None or one is None or not policies_selection.vote(seat, found):
        raise Http404
    form = forms.VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.vote(actor, found, one.service, **form.cleaned_data)
            messages.success(request, _("Гласът Ви за %(name)s е записан.") % {"name": one.service.name})
            return redirect("practice_period_votes", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "period": found,
        "one": one,
        "form": form,
        "reasons": board.reasons(service),
        "nominations": one.nominations,
    }
    return render(request, "practice/vote.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
@door(AREA, "W")
def decide(request: HttpRequest, code: str) -> HttpResponseBase:
    """Record the decision and give the awards."""
    actor = actor_of(request)
    found = run_or_404(actor, code)
    if found.stage != stages.PANEL:
        raise Http404
    counted = queries_selection.counts(found)
    candidates = [(one, _counted(counted.get(one.service.code))) for one in Board(found).votable()]
    form = forms.DecisionForm(candidates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            chosen = [form.services[one] for one in given["chosen"]]
            actions.decide(
                actor, found, chosen, words=given["words"], departs_why=given["departs_why"], address=home_of(request)
            )  # fmt: skip
            messages.success(request, _("Решението е записано. Грамотите и протоколът са готови."))
            return redirect("practice_period", found.code)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    return render(
        request, "practice/decision.html", {"period": found, "form": form}, status=422 if form.errors else 200
    )


def _counted(count: queries_selection.Count | None) -> str:
    if count is None:
        return _("без гласове")
    return _("за %(yes)s, против %(no)s, въздържали се %(none)s") % {
        "yes": count.of("for"), "no": count.of("against"), "none": count.of("abstain"),
    }  # fmt: skip


@require_POST
@door()
def minutes_file(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """The minutes with the decision; by POST, because taking them is noted."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if ending not in FORMATS or not policies_selection.read_minutes(actor, found):
        raise Http404
    try:
        content = actions.minutes_of(actor, found, ending)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("practice_period", found.code)
    audit.record(actor, "practice.minutes_exported", found.code, details={"ending": ending})
    return as_download(content, f"protokol-{found.code}.{ending}", FORMATS[ending])


@require_safe
@door(public=True)
def awards(request: HttpRequest) -> HttpResponseBase:
    """Who got the award, when and for what."""
    region = request.GET.get("region", "")[:3]
    return render(request, "practice/awards.html", {"rows": list(queries_selection.awards(region))})


@require_safe
@door(public=True)
def certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The certificate of an award."""
    found = queries_selection.award(pk)
    if found is None:
        raise Http404
    try:
        content = minutes.certificate(found)
    except PdfUnavailable as missing:
        messages.error(request, str(missing))
        return redirect("practice_awards")
    return as_download(content, f"gramota-{found.number}.pdf", FORMATS["pdf"])


@require_safe
@door(public=True)
def effect(request: HttpRequest, code: str) -> HttpResponseBase:
    """What changed at adopters beside the others, with its doubts."""
    actor = actor_of(request)
    card = card_or_404(actor, code)
    context = {"card": card, "effect": effect_view.of_card(card), "signed": effect_view.signed}
    return render(request, "practice/effect.html", context)
