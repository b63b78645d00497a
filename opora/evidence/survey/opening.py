"""What a new round may ask and of whom, for the page that opens it."""

from __future__ import annotations

from typing import Any

from opora.evidence.survey import actions, policies, queries
from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.territory.models import Municipality, Region
from opora.register.models import ServiceType

Choices = dict[str, list[tuple[str, str]]]


def choices(actor: Actor, scope: str = "") -> Choices:
    """Options of each field for this person; municipalities are those of the chosen (or only) scope."""
    scopes = _scopes(actor)
    chosen = scope if scope in dict(scopes) else scopes[0][0] if scopes else ""
    towns = (
        Municipality.objects.filter(region__code=chosen[3:])
        if chosen.count("/") == 1
        else Municipality.objects.none()
    )
    kinds = (
        ServiceType.objects.filter(services__path__under=chosen).distinct()
        if chosen
        else ServiceType.objects.none()
    )
    versions = queries.published_versions(actor)
    return {
        "version": [(str(v.pk), f"{v.template.title} ({v.version})") for v in versions],
        "scope": scopes,
        "municipalities": [(m.code, m.name) for m in towns],
        "types": [(t.code, t.name) for t in kinds],
    }


def initial(options: Choices) -> dict[str, Any]:
    """What is chosen already: the newest card, the only region."""
    title = options["version"][0][1].rpartition(" (")[0] if options["version"] else ""
    return {"title": title, "version": options["version"][0][0] if options["version"] else ""}


def open_from(actor: Actor, given: dict[str, Any]) -> Round:
    """Open the round the form describes."""
    return actions.open_round(
        actor,
        template_version=queries.published_versions(actor).get(pk=given["version"]),
        path=given["scope"],
        deadline=given["deadline"],
        title=given["title"],
        types=ServiceType.objects.filter(code__in=given["types"]),
        municipalities=Municipality.objects.filter(code__in=given["municipalities"]),
    )


def _scopes(actor: Actor) -> list[tuple[str, str]]:
    allowed = actor.scopes(policies.AREA, "A")
    regions = [(region.path, region.full_name) for region in Region.objects.all()]
    if "BG" in allowed:
        return regions
    return [(path, name) for path, name in regions if path in allowed]
