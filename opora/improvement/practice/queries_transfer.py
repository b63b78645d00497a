"""Readers of adaptations: lists, the tree of descendants, who learnt from whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.improvement.practice import policies, stages
from opora.improvement.practice.models import Adaptation, AdaptationQuerySet, Practice
from opora.improvement.practice.policies import AREA

RELATED = (
    "practice__service__municipality__region",
    "service__municipality__region",
    "service__type",
    "service__organisation",
    "learnt_from__service",
)


def adaptations(actor: Actor) -> AdaptationQuerySet:
    """Adaptations by the actor's services, of their practices, or in the places they read."""
    scopes = actor.scopes(AREA, "W") + actor.scopes(AREA, "R")
    origins = Practice.objects.within(scopes).values("pk")
    mine = Adaptation.objects.within(scopes).values("pk")
    found: AdaptationQuerySet = Adaptation.objects.filter(Q(pk__in=mine) | Q(practice_id__in=origins))
    return found.select_related(*RELATED)


def adaptation(actor: Actor, code: str) -> Adaptation | None:
    """One adaptation, if the actor may read it."""
    rows = Adaptation.objects.select_related(*RELATED)
    measured = ("measurements__values", "measurements__element_marks")
    found: Adaptation | None = rows.prefetch_related(*measured).filter(code=code).first()
    return found if found and policies.read_adaptation(actor, found) else None


def living(actor: Actor) -> list[Adaptation]:
    """Requests and adaptations under way that the actor may have something to do with; one reading for a first page."""
    if not actor.scopes(AREA, "W"):
        return []
    rows = adaptations(actor).filter(stage__in=(stages.ASKED, stages.RUNNING))
    return list(rows.prefetch_related("measurements"))


def to_answer(actor: Actor, found: list[Adaptation] | None = None) -> list[Adaptation]:
    """Requests that wait for a service of the actor."""
    return [one for one in (living(actor) if found is None else found) if policies.answer_request(actor, one)]


def teachers(card: Practice) -> list[Adaptation]:
    """Adaptations from which somebody else may learn: those under way or finished."""
    return list(card.adaptations.filter(stage__in=stages.MEASURED).select_related("service"))


@dataclass(frozen=True)
class Branch:
    """An adopter in the tree of a practice, and who learnt from it in turn."""

    adaptation: Adaptation
    open: bool
    branches: tuple[Branch, ...]

    @property
    def state(self) -> str:
        """The state in words."""
        return str(stages.ADAPTATION[self.adaptation.stage])

    @property
    def tag(self) -> str:
        """Kind of its tag."""
        return stages.ADAPTATION_TAGS[self.adaptation.stage]


def lessons_of(card: Practice) -> list[Adaptation]:
    """Every time somebody learnt the practice, the oldest first."""
    return list(card.adaptations.learnt().select_related(*RELATED).order_by("asked_at", "id"))


def tree(actor: Actor, rows: list[Adaptation]) -> tuple[Branch, ...]:
    """Who adapted the practice, and from whom; `open` tells whose page the actor may open."""
    below: dict[int | None, list[Adaptation]] = {}
    shown = {row.pk for row in rows}
    for row in rows:
        parent = row.learnt_from_id if row.learnt_from_id in shown else None
        below.setdefault(parent, []).append(row)

    def grow(parent: int | None) -> tuple[Branch, ...]:
        return tuple(
            Branch(row, policies.read_adaptation(actor, row), grow(row.pk)) for row in below.get(parent, [])
        )

    return grow(None)


def lessons(region: str = "", practice: str = "") -> list[Adaptation]:
    """Every time a service learnt a published practice, the oldest first; of one region or one practice."""
    rows = Adaptation.objects.learnt().filter(practice__stage=stages.PUBLISHED).select_related(*RELATED)
    if region:
        inside = Q(service__municipality__region__code=region)
        rows = rows.filter(inside | Q(practice__service__municipality__region__code=region))
    if practice:
        rows = rows.filter(practice__code=practice)
    return list(rows.order_by("asked_at", "id"))
