"""Readers of award periods: the period, its board, one mark behind a figure. What the actor may not see does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet

from opora.evidence.monitoring.models import Indicator, Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.improvement.practice import gathering, policies_selection, shortlist, stages
from opora.improvement.practice.gathering import Candidate
from opora.improvement.practice.models import Award, Conflict, Nomination, PanelMember, Period, Standing, Vote
from opora.improvement.practice.policies import AREA
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked, Place, Ranking
from opora.register.models import Service

MOST_OWN = 10
_INNER = str.maketrans({"„": "‚", "“": "‘"})


class Board:
    """A period with everything its pages show, each thing read once."""

    def __init__(self, period: Period) -> None:
        self.period = period

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Services of the region, by name."""
        return gathering.candidates(self.period, self.round, self.nominations)

    @cached_property
    def round(self) -> Round | None:
        """The round of visits the marks come from."""
        return gathering.round_of(self.period)

    @cached_property
    def nominations(self) -> list[Nomination]:
        """Who was proposed, by whom, why."""
        return list(self.period.nominations.select_related("service"))

    @cached_property
    def last(self) -> Period | None:
        """The decided period of the same region before this one, with its list."""
        return before(self.period)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """What was marked."""
        return gathering.indicators_of(self.round)

    @cached_property
    def by_code(self) -> dict[str, Candidate]:
        """The same by code."""
        return {one.service.code: one for one in self.candidates}

    @cached_property
    def agreed(self) -> Agreed:
        """Numbers agreed before the marks were opened."""
        return gathering.agreed_of(self.period)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Indicators with their weights."""
        return gathering.criteria_of(self.indicators)

    @cached_property
    def domains(self) -> dict[str, str]:
        """Names of the domains."""
        return gathering.domains_of(self.indicators)

    @cached_property
    def marked(self) -> list[Marked]:
        """Marks of those who passed the gates."""
        return gathering.marked(self.candidates)

    @cached_property
    def ranking(self) -> Ranking:
        """Places under every reasonable weighting, from the marks as they stand now."""
        return shortlist.rank(self.criteria, self.marked, self.agreed)

    @cached_property
    def outside(self) -> list[Candidate]:
        """Who is not ranked because a gate does not hold."""
        return [one for one in self.candidates if not one.passes]

    @cached_property
    def fixed(self) -> list[Standing]:
        """The list as it was fixed for the panel."""
        return list(self.period.standings.select_related("service__municipality"))

    @property
    def moved(self) -> list[str]:
        """Codes of services whose figures are no longer those that were fixed."""
        now = {place.key: figures(place) for place in self.ranking.places}
        then = {one.service.code: (one.score, one.first, one.among, one.listed) for one in self.fixed}
        return [code for code in dict.fromkeys([*now, *then]) if now.get(code) != then.get(code)]

    def votable(self) -> list[Candidate]:
        """Whom the panel votes on: the shortlist, and the nominated that passed the gates."""
        listed = {one.service.code for one in self.fixed if one.listed}
        found = [
            one for one in self.candidates if one.service.code in listed or (one.nominated and one.passes)
        ]
        order = {one.service.code: one.order for one in self.fixed}
        return sorted(found, key=lambda one: order.get(one.service.code, 999))

    def reasons(self, code: str) -> list[str]:
        """Why a service stands where it stands."""
        # The engine puts names in quotes; quotes inside a name become the inner ones.
        names = {one.service.code: one.service.name.translate(_INNER) for one in self.candidates}
        return shortlist.reasons(self.ranking, code, names, self.marked, self.agreed)


Figures = tuple[Decimal | None, Decimal | None, Decimal | None, bool]


def shared(place: Place) -> str:
    """The place in words: „2–3“ for two at one place, empty for none."""
    if place.from_ is None:
        return ""
    return f"{place.from_}–{place.to}" if place.tied else str(place.from_)


def figures(place: Place) -> Figures:
    """The figures of a place as the database keeps them."""

    def kept(value: float | None, signs: str) -> Decimal | None:
        return None if value is None else Decimal(str(value)).quantize(Decimal(signs))

    return kept(place.score, "0.01"), kept(place.first, "0.0001"), kept(place.among, "0.0001"), place.listed


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


def before(period: Period) -> Period | None:
    """The period of the same region before this one."""
    rows = Period.objects.filter(region_id=period.region_id, year__lt=period.year, stage=stages.DECIDED)
    return rows.prefetch_related("standings__service").order_by("-year").first()


def minutes_are_open(actor: Actor, code: str) -> bool:
    """Whether the actor may take the kept minutes of a period."""
    found = period(actor, code)
    return found is not None and policies_selection.read_minutes(actor, found)
