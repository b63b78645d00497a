"""Toolkits of client files on cards: which may be shared, which are, and which the adapting service has taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from opora.care.casework import queries_toolkits as casework
from opora.care.casework.models import Toolkit, ToolkitVersion
from opora.foundation.accounts.actors import Actor
from opora.improvement.practice.models import Adaptation, Practice, Tool


@dataclass(frozen=True)
class Offered:
    """A shared toolkit on the page of an adaptation; `taken` is the number of the adapting service's own copy."""

    tool: Tool
    version: ToolkitVersion
    taken: int | None


def to_share(actor: Actor, card: Practice) -> list[Toolkit]:
    """Toolkits of the card's service whose newest version is not on the card yet."""
    shared = set(card.tools.exclude(toolkit=None).values_list("toolkit_id", flat=True))
    own = casework.toolkits_for(actor).filter(service_id=card.service_id)
    return [one for one in own if casework.version_of(one).pk not in shared]


def shared(card: Practice) -> list[Tool]:
    """What is shared on the card."""
    rows = card.tools.exclude(toolkit=None).select_related("toolkit__toolkit__service")
    return list(rows)


def offered(adaptation: Adaptation) -> list[Offered]:
    """What an adapting service may take, each with its own copy if it has one, in whatever version."""
    own = ToolkitVersion.objects.filter(
        toolkit__service_id=adaptation.service_id, sha256=OuterRef("toolkit__sha256")
    )
    rows = adaptation.practice.tools.exclude(toolkit=None).select_related("toolkit")
    return [
        Offered(one, one.toolkit, one.taken)
        for one in rows.annotate(taken=Subquery(own.values("toolkit_id")[:1]))
        if one.toolkit is not None
    ]


def tool_to_take(adaptation: Adaptation, pk: int) -> Tool | None:
    """One shared toolkit of the adapted practice."""
    return next((one for one in shared(adaptation.practice) if one.pk == pk), None)
