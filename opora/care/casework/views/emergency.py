"""Pages of opening a file in an emergency, and of its review."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.care.casework import actions, policies, queries, queries_trust, trust_view
from opora.care.casework.forms.trust import CodeForm, EmergencyForm, ReviewForm
from opora.care.casework.models import ClientFile, Emergency
from opora.care.casework.views.files import PAGE_ROWS, ROLES
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.ui.paging import page_of


@door(roles=ROLES)
def ask(request: HttpRequest) -> HttpResponseBase:
    """Which file, by its number; a sealed one is answered as one that is not there."""
    actor = actor_of(request)
    if not policies.works_in_emergencies(actor):
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        audit.record(actor, "case.searched", "emergency", details={"code": code})
        if queries.files_of(actor).filter(code=code).exists():
            return redirect("casework_file", code)
        if queries_trust.file_in_emergency(actor, code):
            return redirect("casework_emergency", code)
        if (moved := queries_trust.moved_away(actor, code)) is not None:
            return _led(request, actor, *moved)
        form.add_error("code", _("Няма такова досие. Проверете номера, например Д-2026-014."))
    return render(request, "casework/emergency_code.html", {"form": form})


@door(roles=ROLES)
@fresh_second_factor
def emergency(request: HttpRequest, code: str) -> HttpResponseBase:
    """An interruption: what it means to open this file, why, and only then the file."""
    actor = actor_of(request)
    file = queries_trust.file_in_emergency(actor, code)
    if file is None:
        moved = queries_trust.moved_away(actor, code)
        if moved is None:
            raise Http404
        return _led(request, actor, *moved)
    if policies.read_file(actor, file):
        return redirect("casework_file", code)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_in_emergency(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            audit.record(actor, "case.emergency_refused", code, chain=f"svc:{file.service.code}")
            form.add_error(None, str(refused))
        else:
            return redirect("casework_file", code)
    facts = {
        "file": file,
        "form": form,
        "rules": trust_view.emergency_rules(queries_trust.emergencies_this_week(actor)),
    }
    return render(request, "casework/emergency.html", facts)


def _led(request: HttpRequest, actor: Actor, old: ClientFile, now_at: ClientFile | None) -> HttpResponseBase:
    """Never into the old file: to the one of the same case now, or to the telephone of the service that had it."""
    audit.record(
        actor, "case.emergency_led", old.code, chain=f"svc:{old.service.code}", details={"on": now_at is not None}
    )  # fmt: skip
    if now_at is None:
        return render(request, "casework/emergency_moved.html", {"file": old})
    words = _("Досие %(old)s е прехвърлено. Сега е %(new)s.") % {"old": old.code, "new": now_at.code}
    messages.info(request, words)
    return redirect(
        "casework_file" if policies.read_file(actor, now_at) else "casework_emergency", now_at.code
    )


@door(roles=("service_manager",))
def openings(request: HttpRequest) -> HttpResponseBase:
    """Openings of files of the head's services: those to review, then the others."""
    actor = actor_of(request)
    page = page_of(queries_trust.emergencies_for(actor), request.GET.get("page"), PAGE_ROWS)
    lines = [trust_view.EmergencyLine(one) for one in page]
    audit.record(actor, "case.listed", "emergencies", details={"rows": len(lines)})
    return render(request, "casework/openings.html", {"page": page, "lines": lines})


@door(roles=("service_manager",))
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One opening: who, when, why; and the head's review."""
    actor = actor_of(request)
    found = _opening_or_404(actor, pk)
    form = ReviewForm(request.POST or None)
    may = found.reviewed_at is None and policies.review_emergency(actor, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_emergency(actor, found, note=form.cleaned_data["note"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Прегледът на отварянето на %(code)s е записан.") % {"code": found.file.code}
            )
            return redirect("casework_openings")
    audit.record(
        actor, "case.read", found.file.code, chain=f"svc:{found.file.service.code}", details={"opening": pk}
    )
    facts = {"line": trust_view.EmergencyLine(found), "form": form, "may_review": may}
    return render(request, "casework/opening.html", facts)


def _opening_or_404(actor: Actor, pk: int) -> Emergency:
    try:
        return queries_trust.emergencies_for(actor).get(pk=pk)
    except Emergency.DoesNotExist:
        raise Http404 from None
