"""Pages of the work around files: my week, calendar, a visit written down, files handed over, who carries how much."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from opora.care.casework import (
    actions,
    calendar_feed,
    drafting,
    policies,
    queries,
    queries_work,
    wall,
    work_view,
)
from opora.care.casework import forms as notes
from opora.care.casework.forms import work as forms
from opora.care.casework.models import Visit
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts import queries as accounts
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused
from opora.foundation.drafts import queries as drafts


@door(roles=ROLES)
def week(request: HttpRequest) -> HttpResponse:
    """The person's own week, and their calendar address: made, shown once, stopped."""
    actor, address = actor_of(request), ""
    if request.method == "POST" and request.POST.get("do") == "make":
        path = reverse("casework_calendar", args=[actions.make_calendar(actor)])
        address = request.build_absolute_uri(path)
    elif request.method == "POST":
        actions.revoke_calendar(actor)
        messages.success(request, _("Календарният адрес е спрян. Който го има, вече не вижда нищо."))
    visits = queries_work.week_of(actor)
    context = {
        "days": work_view.days(visits), "feed": queries_work.living_feed(actor), "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }  # fmt: skip
    audit.record(actor, "case.listed", "visits", details={"rows": len(visits)})
    return render(request, "casework/week.html", context)


@require_safe
@door(public=True)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for the program that asks for it; whoever holds the address is let in, so it is long."""
    owner = queries_work.owner_of_feed(token)
    if owner is None:
        raise Http404
    actor = accounts.actor_for(owner)
    with wall.behind(actor):
        content = calendar_feed.feed(
            actor,
            lambda visit: request.build_absolute_uri(reverse("casework_visit", args=[visit.pk])),
            lambda term: request.build_absolute_uri(reverse("casework_file", args=[term.file.code])),
        )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@door(roles=ROLES)
def visit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down a visit from the link in its event."""
    actor = actor_of(request)
    if code := queries_work.shut_visit(actor, pk):
        return redirect("casework_sealed", code)
    found = _visit_or_404(actor, pk)
    if request.method == "POST" and request.POST.get("do") == "drop":
        actions.drop_visit(actor, found)
        messages.success(request, _("Срещата отпадна от седмицата и от календара."))
        return redirect("casework_week")
    form = _visit_form(request, actor, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_visit(actor, found, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записано е в хронологията на %(code)s.") % {"code": found.file.code})
            return redirect("casework_file", found.file.code)
    file = found_or_404(actor, found.file.code)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "visit"})
    return render(request, "casework/visit.html", {"visit": found, "file": file, "form": form})


def _visit_form(request: HttpRequest, actor: Actor, found: Visit) -> notes.NoteForm:
    recent = list(dict.fromkeys([found.kind, *queries_work.recent_kinds(actor)]))
    if request.method == "POST":
        return notes.NoteForm(request.POST, recent=recent)
    form = notes.NoteForm.fresh(recent)
    form.initial["on"] = min(found.at.astimezone(terms.SOFIA).date(), clock.today())
    form.initial["key"] = f"visit-{found.pk}"
    kept = drafting.restored(drafts.draft(actor, drafting.note_key(actor, found.file)).data)
    form.initial.update({name: kept[name] for name in (*drafting.WORDS, "present", "after") if name in kept})
    return form


def _visit_or_404(actor: Actor, pk: int) -> Visit:
    try:
        return queries_work.visit_for(actor, pk)
    except Visit.DoesNotExist:
        raise Http404 from None


@door(roles=ROLES)
def plan_visit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Put a meeting into one's week."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies.write_file(actor, file):
        raise Http404
    kinds = [kind for kind in queries_work.recent_kinds(actor) if kind in dict(Visit.KINDS)]
    start = {"kind": kinds[0] if kinds else "session", "minutes": 60}
    form = forms.VisitForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_visit(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = {"kind": made.get_kind_display(), "code": file.code}
            messages.success(request, _("%(kind)s по %(code)s е в седмицата и в календара Ви.") % words)
            return redirect("casework_week")
    return render(request, "casework/visit_new.html", {"file": file, "form": form})


@door(roles=("service_manager",))
def handover(request: HttpRequest) -> HttpResponseBase:
    """Hand several files of one person over to another."""
    actor = actor_of(request)
    leads = queries_work.leads_of(actor)
    lead = next((one for one in leads if str(one.pk) == request.GET.get("lead")), None)
    files = queries_work.led_by(actor, lead.pk) if lead else []
    services = {file.service_id: file.service for file in files}
    workers = {one.pk: one for place in services.values() for one in queries.workers_of(place) if one != lead}
    form = forms.HandoverForm(
        files, list(workers.values()), request.POST or None, initial={"on": clock.today()}
    )
    if request.method == "POST" and lead and form.is_valid():
        to = form.workers[form.cleaned_data["to"]]
        try:
            count = actions.hand_over_files(actor, form.chosen(), to, on=form.cleaned_data["on"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = ngettext(
                "Предадено е %(n)s досие на %(name)s.", "Предадени са %(n)s досиета на %(name)s.", count
            )
            messages.success(request, words % {"n": count, "name": to.name})
            return redirect("casework_load")
    context: dict[str, Any] = {"lead": lead, "form": form, "files": files}
    context["choose"] = forms.FromForm(leads, initial={"lead": request.GET.get("lead")})
    return render(request, "casework/handover.html", context)


@require_safe
@door(roles=("service_manager",))
def load(request: HttpRequest) -> HttpResponse:
    """Who carries how much, and what the weight is made of."""
    actor = actor_of(request)
    found = queries_work.caseload(queries_work.open_files(actor))
    return render(request, "casework/load.html", {"loads": found, "weights": work_view.weights()})
