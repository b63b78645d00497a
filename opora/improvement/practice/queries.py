"""Readers of cards. What the actor may not see does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.foundation.territory.models import Region
from opora.improvement.practice import policies, stages
from opora.improvement.practice.models import Feedback, Practice, PracticeQuerySet, Tool
from opora.improvement.practice.policies import AREA
from opora.register.models import Service, ServiceQuerySet, TargetGroup

RELATED = ("service__municipality__region", "service__type", "service__organisation", "service__settlement")


@dataclass(frozen=True)
class Filters:
    """What the library is narrowed to; stands in the address. Empty means not narrowed."""

    q: str = ""
    group: str = ""
    region: str = ""
    place: str = ""
    grade: str = ""
    proof: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Filters:
        """Read an address; what is unknown counts as not said."""
        given = {field.name: params.get(field.name, "").strip()[:120] for field in fields(cls)}
        if given["grade"] not in {str(n) for n in range(5)}:
            given["grade"] = ""
        return cls(**given)


def library(filters: Filters) -> PracticeQuerySet:
    """Published cards that answer the filters, newest first, with what a list shows."""
    found: PracticeQuerySet = _with_words(_published(), filters.q)
    narrow: dict[str, Any] = {
        "groups__code": filters.group,
        "service__municipality__region__code": filters.region,
        "service__municipality__code": filters.place,
        "grade__gte": int(filters.grade) if filters.grade else "",
    }
    found = found.filter(**{name: value for name, value in narrow.items() if value != ""})
    if filters.proof == "adapted":
        found = found.filter(learners__gt=0)
    if filters.proof == "awarded":
        found = found.filter(awards__isnull=False)
    return found.distinct()


def found(actor: Actor, asked: str, most: int) -> list[Practice]:
    """Cards whose words, in any form, or code fit what is asked: published ones, and those the actor writes or reads."""
    own = Practice.objects.within(actor.scopes(AREA, "W") + actor.scopes(AREA, "R")).values("pk")
    rows = Practice.objects.filter(Q(stage=stages.PUBLISHED) | Q(pk__in=own)).select_related(*RELATED)
    by_code = rows.filter(code__icontains=asked) if any(c.isdigit() for c in asked) else rows.none()
    return list(by_code[:most]) or list(_with_words(rows, asked)[:most])


def _with_words(rows: PracticeQuerySet, asked: str) -> PracticeQuerySet:
    for forms in words.search_terms(asked):
        wanted = Q()
        for form in forms:
            wanted |= Q(search_text__contains=form)
        rows = rows.filter(wanted)
    return rows


def _published() -> PracticeQuerySet:
    learnt = Count("adaptations", filter=Q(adaptations__stage__in=stages.LEARNT), distinct=True)
    rows = Practice.objects.published().select_related(*RELATED).annotate(learners=learnt)
    found: PracticeQuerySet = rows.prefetch_related("awards").order_by("-published_at", "-id")
    return found


def groups_of_library() -> QuerySet[TargetGroup]:
    """Target groups for which there is a published practice."""
    return TargetGroup.objects.filter(practices__stage=stages.PUBLISHED).distinct()


def regions_of_library() -> QuerySet[Region]:
    """Regions from which there is a published practice."""
    shown = Practice.objects.published().values("service__municipality__region_id")
    return Region.objects.filter(pk__in=shown)


def card(actor: Actor, code: str) -> Practice | None:
    """One card with all that its page shows, if the actor may read it."""
    rows = Practice.objects.select_related(*RELATED)
    found: Practice | None = rows.filter(code=code).first()
    return found if found and policies.read_card(actor, found) else None


def unpublished(actor: Actor) -> PracticeQuerySet:
    """Cards that are not open to everybody and that the actor writes or may read."""
    scopes = actor.scopes(AREA, "W") + actor.scopes(AREA, "R")
    rows: PracticeQuerySet = Practice.objects.within(scopes).exclude(stage=stages.PUBLISHED)
    return rows.select_related(*RELATED)


def own_published(actor: Actor) -> PracticeQuerySet:
    """Published cards of the actor's own services; nothing for who keeps a whole region."""
    scopes = [scope for scope in actor.scopes(AREA, "W") if "/svc:" in scope]
    rows: PracticeQuerySet = Practice.objects.within(scopes).published()
    return rows.select_related(*RELATED)


def to_decide(actor: Actor) -> PracticeQuerySet:
    """Offered cards that wait for this actor."""
    scopes = [scope for scope in actor.scopes(AREA, "W") if scope.count("/") <= 1]
    rows: PracticeQuerySet = Practice.objects.within(scopes).filter(stage=stages.OFFERED)
    return rows.select_related(*RELATED)


def services_to_write_for(actor: Actor) -> ServiceQuerySet:
    """Operating services in whose name the actor writes cards and asks."""
    rows: ServiceQuerySet = Service.objects.within(actor.scopes(AREA, "W"))
    found: ServiceQuerySet = rows.operating(clock.today()).select_related("type", "municipality__region")
    return found.prefetch_related("target_groups", "posts")


def tool(actor: Actor, card: Practice, pk: int) -> Tool | None:
    """A tool of a card the actor may read."""
    return card.tools.filter(pk=pk).first() if policies.read_card(actor, card) else None


def tool_is_open(actor: Actor, code: str) -> bool:
    """Whether the files of the card may be opened: whoever may read the card."""
    return card(actor, code) is not None


def feedback_of(actor: Actor, card: Practice) -> list[Feedback]:
    """What readers said: all of it to who answers, to others only what was answered."""
    return shown_feedback(actor, card, list(card.feedback.all()))


def shown_feedback(actor: Actor, card: Practice, said: list[Feedback]) -> list[Feedback]:
    """Of what was said, what this reader sees."""
    everything = policies.answer_feedback(actor, card)
    return [one for one in said if everything or one.answer]
