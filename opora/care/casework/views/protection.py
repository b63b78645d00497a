"""Pages for the head and the data protection officer: alerts, watched files, requests of two persons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, policies_protection, protection_view, queries_protection
from opora.care.casework.forms.protection import AnswerForm, ListForm, WatchForm
from opora.care.casework.views.files import PAGE_ROWS
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.views import as_download
from opora.foundation.ui.paging import page_of

PROTECTORS = ("service_manager", "dpo_auditor")


@require_safe
@door(roles=PROTECTORS)
def protection(request: HttpRequest) -> HttpResponseBase:
    """What waits for an answer, then where the rest is."""
    actor = actor_of(request)
    view = protection_view.Overview(actor)
    audit.record(actor, "case.listed", "protection", details={"waiting": len(view.waiting)})
    return render(request, "casework/protection.html", {"view": view})


@require_safe
@door(roles=PROTECTORS)
def alerts(request: HttpRequest) -> HttpResponseBase:
    """Who opened many files, or a watched one."""
    actor = actor_of(request)
    page = page_of(queries_protection.alerts_for(actor), request.GET.get("page"), PAGE_ROWS)
    lines = [protection_view.AlertLine(one) for one in page]
    audit.record(actor, "case.listed", "alerts", details={"rows": len(lines)})
    return render(request, "casework/alerts.html", {"page": page, "lines": lines})


@door(roles=PROTECTORS)
def alert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One alert, and the answer to it."""
    actor = actor_of(request)
    found = get_object_or_404(queries_protection.alerts_for(actor), pk=pk)
    may = policies_protection.allow_more(actor, found) or policies_protection.look_into(actor, found)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_alert(actor, found, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Отговорът е записан."))
            return redirect("casework_alerts")
    audit.record(actor, "case.read", found.code, details={"alert": pk})
    context = {"line": protection_view.AlertLine(found), "form": form, "may_answer": may}
    return render(request, "casework/alert.html", context)


@door(roles=("dpo_auditor",))
def watched(request: HttpRequest) -> HttpResponseBase:
    """Watched files, and a new one by its number."""
    actor = actor_of(request)
    form = WatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        try:
            actions.watch(actor, code, why=form.cleaned_data["why"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        except LookupError:
            form.add_error("code", _("Няма такова досие. Проверете номера, например Д-2026-014."))
        else:
            messages.success(request, _("Досие %(code)s се наблюдава.") % {"code": code})
            return redirect("casework_watched")
    found = queries_protection.baits(actor)
    audit.record(actor, "case.listed", "watched", details={"rows": len(found)})
    return render(request, "casework/watched.html", {"form": form, "baits": found})


@require_POST
@door(roles=("dpo_auditor",))
def watched_stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Nobody is told of its openings any more."""
    actor = actor_of(request)
    bait = next((one for one in queries_protection.baits(actor) if one.pk == pk), None)
    if bait is None:
        raise Http404
    actions.watch_no_more(actor, bait)
    messages.success(request, _("Досие %(code)s вече не се наблюдава.") % {"code": bait.file.code})
    return redirect("casework_watched")


@door(roles=PROTECTORS)
@fresh_second_factor
def erasure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A request to erase a file: the second person confirms or refuses."""
    actor = actor_of(request)
    found = get_object_or_404(queries_protection.erasures_for(actor), pk=pk)
    if request.method == "POST":
        confirm = request.POST.get("do") == "confirm"
        return _answered(request, lambda: actions.answer_erasure(actor, found, confirm=confirm), (
            _("Досие %(code)s е заличено. Следите на диска се махат до минути.") if confirm else _("Искането за %(code)s е върнато.")
        ) % {"code": found.code}, "casework_erasure", pk)  # fmt: skip
    audit.record(actor, "case.read", found.code, details={"erasure": pk})
    may = found.answered_at is None and policies_protection.confirm_erasure(actor, found)
    context = {"line": protection_view.ErasureLine(found), "may_answer": may}
    return render(request, "casework/erasure.html", context)


@door(roles=("service_manager",))
@fresh_second_factor
def list_new(request: HttpRequest, service: str) -> HttpResponseBase:
    """Ask for a list of all files of a service."""
    actor = actor_of(request)
    place = get_object_or_404(queries_protection.headed_services(actor), code=service)
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_for_list(actor, place, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Искането е записано. Списъкът се отваря, когато друг човек го потвърди.")
            )
            return redirect("casework_list", made.pk)
    return render(request, "casework/list_new.html", {"form": form, "service": place})


@door(roles=PROTECTORS)
@fresh_second_factor
def list_(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A request for a list: confirmed by another, then taken by who asked."""
    actor = actor_of(request)
    found = get_object_or_404(queries_protection.lists_for(actor), pk=pk)
    if request.method == "POST" and request.POST.get("do") == "take":
        try:
            given = actions.take_list(actor, found)
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return redirect("casework_list", pk)
        return as_download(given.content, given.name, given.media_type)
    if request.method == "POST":
        confirm = request.POST.get("do") == "confirm"
        words = _("Списъкът е потвърден.") if confirm else _("Искането за списък е върнато.")
        return _answered(
            request, lambda: actions.answer_list(actor, found, confirm=confirm), words, "casework_list", pk
        )
    audit.record(actor, "case.read", found.path, details={"list": pk})
    context = {
        "line": protection_view.ListLine(found), "may_take": protection_view.ListLine(found).open_to(actor),
        "may_answer": found.answered_at is None and policies_protection.confirm_list(actor, found),
    }  # fmt: skip
    return render(request, "casework/list.html", context)


def _answered(request: HttpRequest, do: Any, words: str, where: str, pk: int) -> HttpResponseBase:
    try:
        do()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect(where, pk)
