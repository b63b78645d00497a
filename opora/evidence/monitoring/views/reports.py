"""Consensus, report, answer, programme."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.evidence.monitoring import (
    actions,
    forms,
    norms,
    policies,
    presenters,
    queries,
    queries_visit,
    settling,
)
from opora.evidence.monitoring.papers import making
from opora.evidence.monitoring.views.common import BOTH, ROLES, done, home_of, tell, visit_or_404
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.documents.views import as_download
from opora.register.letters import written_to


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def consensus(request: HttpRequest, code: str) -> HttpResponse:
    """Differences with both marks, both notes and the words of the levels; one is settled at a time."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    if not policies.settle(actor, found):
        raise Http404
    indicator = settling.indicator(found, request.POST.get("indicator", ""))
    # Every difference has its own form on the page: what is wrong is told at the one that was sent.
    form = forms.AgreeForm(request.POST or None, auto_id=f"%s-{indicator.pk}" if indicator else "id_%s")
    if request.method == "POST" and indicator is None:
        raise Http404
    if indicator is not None and form.is_valid():
        try:
            actions.agree_mark(
                actor, found, indicator, value=form.cleaned_data["value"], why=form.cleaned_data["why"],
                seen=form.seen_before,
            )  # fmt: skip
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Общата оценка по показател %(code)s е записана.") % {"code": indicator.code})
            return redirect("monitoring_consensus", code)
    context = {
        "visit": found, "form": form, "differences": settling.differences(actor, found),
        "left": settling.left(found), "sent": indicator.pk if indicator else None, "step": norms.step_of(found), "may_report": policies.report(actor, found),
    }  # fmt: skip
    return render(request, "monitoring/consensus.html", context, status=422 if form.is_bound else 200)


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Write the words of the report and send it to the service."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    if not policies.report(actor, found):
        raise Http404
    form = forms.ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.issue_report(actor, found, **form.cleaned_data, address=home_of(request))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Докладът е при услугата. %(mail)s") % {"mail": written_to(found.service)})
            return redirect("monitoring_visit", code)
    told, kind = queries.marks_of_visit(actor, found), found.round.version.framework.kind
    context = {
        "visit": found, "form": form, "high": settling.high(told, kind), "low": settling.low(told, kind), "kind": kind,
        "until": norms.answer_until(),
    }  # fmt: skip
    return render(request, "monitoring/report.html", context, status=422 if form.is_bound else 200)


@require_safe
@door(roles=ROLES)
def paper(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The report as PDF or Word."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    if queries_visit.report_of(actor, found) is None or ending not in making.FORMATS:
        raise Http404
    try:
        content = making.content(making.book(actor, found), ending)
    except ActionRefused as refused:
        tell(request, refused)
        return redirect("monitoring_visit", code)
    return as_download(content, f"{found.code}-доклад.{ending}", making.FORMATS[ending])


@require_http_methods(BOTH)
@door(roles=("service_manager",))
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The service's own words to the report."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    if not policies.answer(actor, found):
        raise Http404
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_report(actor, found, text=form.cleaned_data["text"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Отговорът е изпратен. Сега напишете програмата си."))
            return redirect("monitoring_programme", code)
    context = {"visit": found, "form": form, "report": queries_visit.report_of(actor, found)}
    return render(request, "monitoring/answer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(BOTH)
@door(roles=ROLES)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The improvement programme: the service writes and offers it, the coordinator agrees or asks for a change."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    standing = queries_visit.programme_of(found) if policies.see_marks(actor, found) else None
    if standing is None:
        raise Http404
    kind = found.round.version.framework.kind
    writes = policies.write_programme(actor, found) and standing.offered_at is None
    row = forms.RowForm(
        queries.indicators_of(found.round.version), request.POST if request.POST.get("do") == "add" else None
    )
    note = forms.ReturnForm(request.POST if request.POST.get("do") == "return" else None)
    if request.method == "POST":
        try:
            said = _programme_deed(request, actor, found, row, note)
        except ActionRefused as refused:
            (row if row.is_bound else note).add_error(
                None, str(refused)
            ) if row.is_bound or note.is_bound else tell(request, refused)
            said = "" if not (row.is_bound or note.is_bound) else None
        if said is not None:
            if said:
                done(request, said)
            return redirect("monitoring_programme", code)
    context = {
        "visit": found, "programme": standing, "rows": queries_visit.programme_rows(standing), "row": row, "note": note,
        "writes": writes, "agrees": bool(policies.agree_programme(actor, found) and standing.offered_at),
        "low": settling.low(queries.marks_of_visit(actor, found), kind), "words": presenters.level_words, "kind": kind,
        "report": queries_visit.report_of(actor, found),
    }  # fmt: skip
    return render(
        request, "monitoring/programme.html", context, status=422 if request.method == "POST" else 200
    )


def _programme_deed(request: HttpRequest, actor: Any, found: Any, row: Any, note: Any) -> str | None:
    """Do what the button says; the words for the person, None when a form has to be shown again."""
    deed = request.POST.get("do")
    if deed == "add":
        if not row.is_valid():
            return None
        actions.add_row(actor, found, **row.cleaned_data)
        return _("Стъпката е добавена.")
    if deed == "offer":
        actions.offer_programme(actor, found)
        return _("Програмата чака съгласието на координатора.")
    if deed == "agree":
        actions.agree_programme(actor, found, address=home_of(request))
        return _("Програмата е договорена. Следващото посещение започва от нея.")
    if deed == "return":
        if not note.is_valid():
            return None
        actions.return_programme(actor, found, note=note.cleaned_data["note"], address=home_of(request))
        return _("Програмата е върната на услугата с бележка.")
    raise Http404


@require_POST
@door(roles=("service_manager",))
def remove_row(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Leave a step out."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    rows = {one.pk: one for one in queries_visit.programme_rows(queries_visit.programme_of(found))}
    if pk not in rows or not policies.write_programme(actor, found):
        raise Http404
    try:
        actions.remove_row(actor, rows[pk])
    except ActionRefused as refused:
        tell(request, refused)
    else:
        done(request, _("Стъпката е махната."))
    return redirect("monitoring_programme", code)
