"""The marking page, what a device sends, photographs, two versions, locking."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opora.evidence.monitoring import (
    actions,
    completeness,
    entries,
    forms,
    marking_page,
    policies,
    queries,
    queries_visit,
    sending,
)
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.models import Observer, Visit
from opora.evidence.monitoring.views.common import BOTH, done, tell, visit_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """All indicators on one page; without script its button saves."""
    actor = actor_of(request)
    found = visit_or_404(actor, code)
    mine = policies.observes(actor, found)
    if mine is None or mine.locked_at or not found.open_to_marks or not found.round.is_open:
        raise Http404
    if policies.tied(actor, found):
        tell(
            request,
            ActionRefused(_("Имате връзка с тази услуга и не я оценявате. Координаторът ще изпрати друг.")),
        )
        return redirect("monitoring_visit", code)
    if request.method == "POST":
        try:
            actions.receive(actor, found, sending.from_form(request.POST.dict()))
        except ActionRefused as refused:
            tell(request, refused)
        else:
            done(request, _("Оценките са записани."))
        return redirect("monitoring_lock" if request.POST.get("do") == "lock" else "monitoring_mark", code)
    return render(request, "monitoring/mark.html", marking_page.context(actor, found, mine))


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def sync(request: HttpRequest, code: str) -> HttpResponse:
    """Where a device sends what it kept. A GET gives a fresh token and says who is signed in."""
    actor = actor_of(request)
    found, mine = _mine(actor, code)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "me": actor.user_id})
    try:
        kept = actions.receive(actor, found, sending.from_json(request.body))
    except ActionRefused as refused:
        return JsonResponse({"text": str(refused)}, status=422)
    progress = completeness.of_observer(found, mine)
    clashes = len(entries.clashing(mine.entries.standing().select_related("indicator")))
    return JsonResponse(
        {
            "kept": [row.key for row in kept],
            "done": progress.done,
            "total": progress.total,
            "clashes": clashes,
        }
    )


@require_POST
@door(roles=policies.OBSERVES)
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """A photograph, from the page or from a device."""
    actor = actor_of(request)
    found, _seat = _mine(actor, code)
    sent, device = request.FILES.get("photo"), request.POST.get("device") == "1"
    if sent is None:
        raise Http404
    key = request.POST.get("key", "")[:36] or str(uuid.uuid4())
    said = {"code": request.POST.get("indicator", ""), "caption": request.POST.get("caption", "")}
    try:
        actions.add_photo(actor, found, sent.read(), name=sent.name or "", key=key, **said)
    except ActionRefused as refused:
        if device:
            return JsonResponse({"text": str(refused)}, status=422)
        tell(request, refused)
        return redirect("monitoring_mark", code)
    if device:
        return JsonResponse({"kept": [key]})
    done(request, _("Снимката е запазена. Мястото и апаратът са махнати от нея."))
    return redirect("monitoring_mark", code)


@require_POST
@door(roles=policies.OBSERVES)
def remove_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one's own photograph away."""
    actor = actor_of(request)
    found, mine = _mine(actor, code)
    own = next(
        (p for p in queries_visit.photos_of(actor, found) if p.pk == pk and p.observer_id == mine.pk), None
    )
    if own is None:
        raise Http404
    actions.remove_photo(actor, own)
    done(request, _("Снимката е махната."))
    return redirect("monitoring_mark", code)


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Both versions of a field that two devices filled in; nothing is lost, the observer says what stands."""
    actor = actor_of(request)
    found, mine = _mine(actor, code)
    clashes = entries.clashing(mine.entries.standing().select_related("indicator"))
    if request.method == "POST":
        chosen = []
        for clash in clashes:
            value = request.POST.get(f"v:{clash.slot}")
            if value is not None:
                base = tuple(row.key for row in clash.versions)
                chosen.append(Typed(str(uuid.uuid4()), clash.slot, value, base))
        try:
            actions.receive(actor, found, chosen)
        except ActionRefused as refused:
            tell(request, refused)
            return redirect("monitoring_versions", code)
        done(request, _("Избраното остава. Другата версия се пази в историята."))
        return redirect("monitoring_mark", code)
    if not clashes:
        return redirect("monitoring_mark", code)
    titles = {one.code: one for one in queries.indicators_of(found.round.version)}
    rows = [(clash, titles.get(clash.code), marking_page.who(clash.slot)) for clash in clashes]
    return render(request, "monitoring/versions.html", {"visit": found, "rows": rows})


@require_http_methods(BOTH)
@door(roles=policies.OBSERVES)
def lock(request: HttpRequest, code: str) -> HttpResponse:
    """What is missing, or the last step before the other observer's marks open."""
    actor = actor_of(request)
    found, mine = _mine(actor, code)
    if request.method == "POST":
        try:
            locked = actions.lock_marks(actor, found)
        except ActionRefused as refused:
            tell(request, refused)
            return redirect("monitoring_lock", code)
        words = _("Оценките са заключени. И двамата сте готови.") if locked.both_locked else _(
            "Оценките са заключени. Другият наблюдател още оценява."
        )  # fmt: skip
        done(request, words)
        return redirect("monitoring_visit", code)
    progress = completeness.of_observer(found, mine)
    return render(request, "monitoring/lock.html", {"visit": found, "progress": progress})


@require_POST
@door(roles=policies.OBSERVES)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What is seen of a step promised after the last visit."""
    actor = actor_of(request)
    found, _seat = _mine(actor, code)
    form = forms.CheckForm(request.POST)
    rows = {row.pk: row for row in queries_visit.rows_to_check(found)}
    if not form.is_valid() or form.cleaned_data["row"] not in rows:
        raise Http404
    row = rows[form.cleaned_data["row"]]
    seen, note, marked = request.POST.get("seen", ""), form.cleaned_data["note"], form.cleaned_data["found"]
    try:
        actions.check_row(actor, row, found, found=marked, note=note, seen=seen)
    except Clash as clash:
        tell(request, ActionRefused(form.told_after(clash)))
    else:
        done(request, _("Записано е какво се вижда от стъпката."))
    return redirect("monitoring_mark", code)


def _mine(actor: Actor, code: str) -> tuple[Visit, Observer]:
    found = visit_or_404(actor, code)
    mine = policies.observes(actor, found)
    if mine is None or not policies.mark(actor, found):
        raise Http404
    return found, mine
