"""The board of a period: candidates with gates and marks, places group by group, the list as it was fixed."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from opora.evidence.monitoring.models import Indicator, Round
from opora.foundation.rules import queries as rules
from opora.improvement.practice import gathering, grouping, shortlist, stages
from opora.improvement.practice.gathering import Candidate
from opora.improvement.practice.grouping import TOGETHER, Group, Kind
from opora.improvement.practice.models import Nomination, Period, Standing
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked, Place, Ranking

_INNER = str.maketrans({"„": "‚", "“": "‘"})


class Board:
    """A period with everything its pages show, each thing read once. `together`: all services in one list, to look at."""

    def __init__(self, period: Period, *, together: bool = False) -> None:
        self.period = period
        self.grouping = TOGETHER if together else period.grouping

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
    def kinds(self) -> dict[str, Kind]:
        """Group of each candidate, by code of the service."""
        return {one.service.code: grouping.kind_of(one.service, self.grouping) for one in self.candidates}

    @cached_property
    def _grouped(self) -> tuple[list[Group], list[Kind]]:
        return grouping.ranked(self.criteria, self.marked, self.kinds, self.agreed, least=self.least)

    @cached_property
    def least(self) -> int:
        """With how many services a group is ranked."""
        return int(rules.number("practice_group_least") or 1)

    @property
    def groups(self) -> list[Group]:
        """Groups that are ranked, each by itself, from the marks as they stand now."""
        return self._grouped[0]

    @cached_property
    def small(self) -> list[tuple[Kind, list[Candidate]]]:
        """Groups too small to be ranked, with those in them that pass the gates."""
        passed = [one for one in self.candidates if one.passes and one.marks is not None]
        return [
            (kind, [one for one in passed if self.kinds[one.service.code] == kind])
            for kind in self._grouped[1]
        ]

    @cached_property
    def ranking(self) -> Ranking:
        """All places, group after group, under every reasonable weighting."""
        return grouping.together(self.criteria, self.groups)

    def group(self, code: str) -> Group | None:
        """The group in which a service is ranked."""
        return next((one for one in self.groups if code in one.ranking.keys), None)

    def like(self, code: str) -> Group | None:
        """The group it is compared with, ranked in it or not."""
        return next((one for one in self.groups if one.kind == self.kinds.get(code)), None)

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
        group = self.group(code)
        if group is None:
            return []
        return shortlist.reasons(group.ranking, code, names, group.marked, group.agreed)


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


def before(period: Period) -> Period | None:
    """The period of the same region before this one."""
    rows = Period.objects.filter(region_id=period.region_id, year__lt=period.year, stage=stages.DECIDED)
    return rows.prefetch_related("standings__service").order_by("-year").first()
