"""The page of the written rules: those of now, what changed since the last print, former editions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.care.protection import actions, policies, queries_texts, written_rules
from opora.care.protection.models import RulesEdition
from opora.care.protection.papers import rules as paper
from opora.care.protection.views.papers import given
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit


@require_http_methods(["GET", "HEAD", "POST"])
@door(roles=policies.PROTECTORS)
def rules(request: HttpRequest) -> HttpResponseBase:
    """The rules that hold now; a POST keeps them as an edition to be printed."""
    actor = actor_of(request)
    if request.method == "POST":
        made = actions.take_edition(actor)
        messages.success(request, _("Редакция № %(n)s е готова за печат.") % {"n": made.number})
        return redirect("protection_rules")
    lines, last = written_rules.lines(), queries_texts.newest_edition()
    changed = written_rules.differences(queries_texts.lines_of(last), lines) if last else []
    context = {
        "parts": paper.parts_of(lines), "last": last, "changed": changed, "editions": queries_texts.editions()[:20],
    }  # fmt: skip
    return render(request, "protection/rules.html", context)


@require_safe
@door(roles=policies.PROTECTORS)
def rules_file(request: HttpRequest, number: int, ending: str) -> HttpResponseBase:
    """An edition as PDF or Word."""
    actor = actor_of(request)
    try:
        found = queries_texts.edition(number)
    except RulesEdition.DoesNotExist:
        raise Http404 from None
    audit.record(actor, "protection.rules_downloaded", f"edition {number}")
    return given(
        request, lambda: paper.book(actor, found), ending, f"rules-{number}", reverse("protection_rules")
    )
