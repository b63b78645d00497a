"""Readers of award periods: the period, its board, one mark behind a figure. What the actor may not see does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.improvement.practice import policies_selection, stages
from opora.improvement.practice.models import Award, Conflict, Nomination, PanelMember, Period, Vote
from opora.improvement.practice.policies import AREA
from opora.register.models import Service

MOST_OWN = 10


def periods(actor: Actor) -> QuerySet[Period]:
    """Periods the actor runs, reads or sits on the panel of."""
    scopes = actor.scopes(AREA, "R") + tuple(s for s in actor.scopes(AREA, "W") if s.count("/") <= 1)
    regions = tuple(s for s in scopes if s.count("/") <= 1)
    own = Period.objects.within(regions).values("pk")
    seats = PanelMember.objects.filter(user_id=actor.user_id).values("period_id") if actor.user_id else []
    return Period.objects.filter(Q(pk__in=own) | Q(pk__in=seats)).select_related("region")


def period(actor: Actor, code: str) -> Period | None:
    """One period, if the actor may read it."""
    found = Period.objects.select_related("region").prefetch_related("panel").filter(code=code).first()
    return found if found and policies_selection.read_period(actor, found) else None


def open_for_nominations() -> QuerySet[Period]:
    """Periods in which everybody may nominate."""
    return (
        Period.objects.filter(stage=stages.NOMINATIONS).select_related("region").order_by("region__sort_name")
    )


def seats(actor: Actor) -> list[PanelMember]:
    """The actor's seats on panels that have not decided yet, where something is asked first."""
    if actor.user_id is None:
        return []
    found = PanelMember.objects.filter(user_id=actor.user_id).exclude(period__stage=stages.DECIDED)
    return list(found.select_related("period").order_by("-period__stage", "period__code"))


def answered(seat: PanelMember) -> set[int]:
    """Services the member has voted on or does not vote on because of a tie."""
    voted = Vote.objects.filter(member=seat).values_list("service_id", flat=True)
    return {*voted, *Conflict.objects.filter(member=seat).values_list("service_id", flat=True)}


def nominating_period(code: str) -> Period | None:
    """One such period."""
    return open_for_nominations().filter(code=code).first()


def own_nominations(actor: Actor) -> list[Nomination]:
    """Decided nominations of the services the actor writes for, newest first; nothing for who keeps a whole region."""
    own = [scope for scope in actor.scopes(AREA, "W") if "/svc:" in scope]
    services = Service.objects.within(own).values("pk")
    rows = Nomination.objects.filter(service__in=services).exclude(state="new")
    return list(rows.select_related("service", "period").order_by("-at", "-id")[:MOST_OWN])


def services_to_nominate(period: Period) -> list[Service]:
    """Operating services of the region: their names are public."""
    rows = Service.objects.within([period.path]).operating(clock.today())
    return list(rows.select_related("municipality").order_by("municipality__sort_name", "sort_name"))


def regions_to_open(actor: Actor) -> list[Region]:
    """Regions whose award the actor runs."""
    return [region for region in Region.objects.all() if policies_selection.run_period(actor, region.path)]


def possible_members(period: Period) -> list[User]:
    """People who may sit on the panel: evaluators, coordinators, municipal experts and the quality agency, by name."""
    roles = ("evaluator", "regional_coordinator", "municipality_expert", "quality_inspector")
    grants = Grant.objects.in_force(clock.today()).filter(role__in=roles, user__is_active=True)
    near = grants.filter(Q(scope="BG") | Q(scope__under=period.path))
    seated = period.panel.values("user_id")
    return list(User.objects.filter(pk__in=near.values("user_id")).exclude(pk__in=seated).order_by("name"))


@dataclass(frozen=True)
class Count:
    """Votes on one candidate that count now."""

    votes: tuple[Vote, ...]

    def of(self, choice: str) -> int:
        """How many chose this."""
        return sum(one.choice == choice for one in self.votes)


def counts(period: Period) -> dict[str, Count]:
    """By code of the service: the newest vote of each member, but of those who since declared a tie."""
    newest: dict[tuple[int, str], Vote] = {}
    tied = set(Conflict.objects.filter(member__period=period).values_list("member_id", "service__code"))
    rows = Vote.objects.filter(member__period=period).select_related("member", "service").order_by("at", "id")
    for vote in rows:
        newest[vote.member_id, vote.service.code] = vote
    found: dict[str, list[Vote]] = {}
    for (member, code), vote in newest.items():
        if (member, code) in tied:
            continue
        found.setdefault(code, []).append(vote)
    return {code: Count(tuple(votes)) for code, votes in found.items()}


def awards(region: str = "") -> QuerySet[Award]:
    """All awards given, newest first; public."""
    rows = Award.objects.select_related("service__municipality__region", "period__region", "practice")
    return rows.filter(period__region__code=region) if region else rows


def award(pk: int) -> Award | None:
    """One award."""
    return awards().filter(pk=pk).first()


def minutes_are_open(actor: Actor, code: str) -> bool:
    """Whether the actor may take the kept minutes of a period."""
    found = period(actor, code)
    return found is not None and policies_selection.read_minutes(actor, found)
