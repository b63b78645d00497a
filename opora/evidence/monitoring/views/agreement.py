"""How far observers agree, and the marks behind one figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.evidence.monitoring import agreeing, agreement_page, policies, presenters, queries
from opora.evidence.monitoring.views.common import ROLES, round_or_404
from opora.foundation.accounts.doors import actor_of, door


@require_safe
@door(roles=ROLES)
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Alpha with its limits per indicator and domain, what to reword, who marks more strictly."""
    actor = actor_of(request)
    round_ = round_or_404(actor, code)
    if not policies.see_agreement(actor, round_):
        raise Http404
    marks = queries.marks_of(actor, round_)
    found = agreeing.of_round(round_, marks)
    context = {"round": round_, "found": found, "picture": agreement_page.picture(round_, found)}
    return render(request, "monitoring/agreement.html", context)


@require_safe
@door(roles=ROLES)
def marks(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Every pair of marks behind the agreement of one indicator or domain."""
    actor = actor_of(request)
    round_ = round_or_404(actor, code)
    if not policies.see_agreement(actor, round_):
        raise Http404
    told = queries.marks_of(actor, round_)
    found = agreeing.of_round(round_, told).line(item)
    if found is None:
        raise Http404
    rows = agreement_page.rows(told, found)
    kind = round_.version.framework.kind
    context = {"round": round_, "line": found, "rows": rows, "words": presenters.level_words, "kind": kind}
    return render(request, "monitoring/agreement_marks.html", context)
