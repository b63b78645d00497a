"""What this room shows on pages below it: analyses of a round, a region's latest analysis, work on the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.evidence.survey.models import Round
from opora.foundation.accounts.doors import actor_of
from opora.foundation.territory.models import Region
from opora.planning.needs import policies, queries
from opora.planning.needs.models import DRAFT

MOST = 5


def of_round(request: HttpRequest, *, round: Round, **_facts: Any) -> str:
    """On the board of a round: analyses made from it, and the button that makes one."""
    actor = actor_of(request)
    covered = [region for region in queries.regions_of_round(round) if policies.analyse(actor, region.path)]
    found = list(queries.analyses(actor).filter(round=round)[:MOST])
    if not covered and not found:
        return ""
    shown = {"request": request, "round": round, "found": found, "covered": covered}
    return _markup("needs/slot_round.html", shown)


def of_region(request: HttpRequest, *, region: Region, **_facts: Any) -> str:
    """On the page of a region: the newest analysis the reader may open."""
    found = queries.analyses(actor_of(request)).filter(region=region).first()
    return _markup("needs/slot_region.html", {"found": found}) if found else ""


def of_work(request: HttpRequest, **_facts: Any) -> str:
    """On the first page: drafts of the actor's regions."""
    actor = actor_of(request)
    if not queries.regions_to_analyse(actor):
        return ""
    drafts = list(queries.analyses(actor).filter(state=DRAFT)[:MOST])
    return _markup("needs/slot_work.html", {"drafts": drafts}) if drafts else ""


def _markup(template: str, shown: dict[str, Any]) -> str:
    return Markup(render_to_string(template, shown))  # noqa: S704 - our own template, escaped by Jinja
