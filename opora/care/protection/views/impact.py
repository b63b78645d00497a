"""Pages of the impact assessment: one for each controller, its parts written by those named in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.protection import actions, policies, queries_texts
from opora.care.protection.forms.texts import ImpactForm
from opora.care.protection.impact.texts import BY_KEY, WANTED, WRITERS
from opora.care.protection.models import ImpactText
from opora.care.protection.papers import impact as paper
from opora.care.protection.views.papers import given
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.ui import formats
from opora.foundation.ui.paging import page_of
from opora.register.models import Organisation

PAGE_ROWS = 25


@require_safe
@door(roles=policies.PROTECTORS)
def controllers(request: HttpRequest) -> HttpResponseBase:
    """Controllers and how much of each assessment is written; who has one only goes straight to it."""
    found = queries_texts.controllers_with_counts(actor_of(request))
    page = page_of(found, request.GET.get("page"), PAGE_ROWS)
    if page.paginator.count == 1:
        return redirect("protection_impact", page[0].pk)
    return render(request, "protection/impacts.html", {"page": page, "all": len(WANTED)})


def controller_or_404(request: HttpRequest, pk: int) -> tuple[Actor, Organisation]:
    """The controller, for whoever reads its assessment."""
    actor = actor_of(request)
    try:
        return actor, queries_texts.controller_for(actor, pk)
    except Organisation.DoesNotExist:
        raise Http404 from None


@require_safe
@door(roles=policies.PROTECTORS)
def impact(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The assessment as it stands, and who writes what is missing."""
    actor, found = controller_or_404(request, pk)
    writers = policies.writers(actor, found)
    parts = [_task(writers, found, key, text) for key, text in paper.written(found)]
    audit.record(actor, "protection.impact_read", found.name, chain=f"org:{found.pk}")
    context = {"organisation": found, "parts": parts, "book": paper.book(actor, found)}
    return render(request, "protection/impact.html", context)


def _task(
    writers: frozenset[str], organisation: Organisation, key: str, text: ImpactText | None
) -> dict[str, Any]:
    """A line of the list of parts."""
    wanted, written = BY_KEY[key], bool(text and text.text)
    who = _("Пише: %(who)s") % {"who": WRITERS[wanted.writer]}
    by = f"{text.by}, {formats.date(text.at)}" if text and text.text else who
    return {
        "title": str(wanted.name), "hint": by, "status": _("написано") if written else _("чака"), "kind": "done" if written else "waiting",
        "href": reverse("protection_impact_write", args=[organisation.pk, key]) if wanted.writer in writers else None,
    }  # fmt: skip


@door(roles=policies.PROTECTORS)
def write(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Write one part."""
    actor, found = controller_or_404(request, pk)
    if key not in BY_KEY or not policies.write_impact(actor, found, key):
        raise Http404
    now, theirs = queries_texts.impact_texts(found).get(key), None
    start = {"text": now.text if now else "", "seen": now.pk if now else 0}
    form = ImpactForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_impact(actor, found, key, **form.cleaned_data)
        except Clash as clash:
            theirs = clash.theirs
            form = ImpactForm({"text": form.cleaned_data["text"], "seen": start["seen"]})
            form.add_error(None, str(clash))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записано е с Вашето име."))
            return redirect("protection_impact", found.pk)
    context = {"organisation": found, "wanted": BY_KEY[key], "form": form, "theirs": theirs}
    return render(request, "protection/impact_write.html", context, status=422 if form.is_bound else 200)


@require_safe
@door(roles=policies.PROTECTORS)
def impact_file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """The assessment as PDF or Word."""
    actor, found = controller_or_404(request, pk)
    audit.record(actor, "protection.impact_printed", found.name, chain=f"org:{found.pk}")
    back = reverse("protection_impact", args=[found.pk])
    return given(request, lambda: paper.book(actor, found), ending, "impact", back)
