"""Pages of the family's part: on a file, and in a service for its head."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.casework import actions, policies, presence_view, queries, queries_presence
from opora.care.casework.forms.presence import NotedForm
from opora.care.casework.models import Event
from opora.care.casework.views.family import writable_or_404
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused


@require_safe
@door(roles=ROLES)
def presence(request: HttpRequest, code: str) -> HttpResponseBase:
    """Stage by stage who was there, in whose words, and where nobody was."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "presence"}
    )
    found = queries_presence.attended(actor, file)
    context = {
        "file": file, "lines": [presence_view.AttendedLine(one) for one in found],
        "total": presence_view.total(found), "may_write": policies.write_file(actor, file),
    }  # fmt: skip
    return render(request, "casework/presence.html", context)


@door(roles=ROLES)
def note(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Note afterwards who was at a stage or a meeting."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    event = queries.chronology(actor, file).select_related("file").filter(pk=pk).first()
    if event is None or event.kind in ("presence", "correction", "paper", "consent"):
        raise Http404
    form = NotedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_presence(actor, event, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Участието на семейството е отбелязано."))
            return redirect("casework_presence", file.code)
    return render(
        request,
        "casework/presence_note.html",
        {"file": file, "form": form, "event": event, "title": _titled(event)},
    )


def _titled(event: Event) -> str:
    return str(presence_view.NAMES.get(event.stage or event.kind, event.get_kind_display()))


@require_safe
@door(roles=("service_manager",))
def shares(request: HttpRequest) -> HttpResponseBase:
    """At how many stages of the last year the family was present; every figure leads to its files."""
    actor = actor_of(request)
    since = queries_presence.year_ago()
    found = queries_presence.attended_in_services(actor, since)
    part, who = request.GET.get("part", ""), request.GET.get("who", "")
    chosen = (
        [one for one in found if one.part == part and one.is_of(who)] if who in queries_presence.WHO else []
    )
    audit.record(actor, "case.listed", "presence", details={"rows": len(chosen)})
    context = {
        "since": since, "shares": presence_view.shares(found), "total": presence_view.total(found),
        "part": presence_view.NAMES.get(part), "who": who,
        "chosen": [presence_view.AttendedLine(one) for one in chosen],
    }  # fmt: skip
    return render(request, "casework/presence_shares.html", context)
