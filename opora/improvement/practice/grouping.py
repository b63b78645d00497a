"""Like beside like: services of a region in groups, each ranked by itself, and the groups that are too small to rank.

By activity: residential care, shelter, day care, and consulting and therapy, read from the numbers of ЗСУ чл. 15 that
stand by the type in the register. By type: as the register names it. By people: whether children are among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.improvement.practice import shortlist
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked, Ranking
from opora.register.models import Service

TOGETHER, ACTIVITY, TYPE, PEOPLE = "", "activity", "type", "people"
GROUPINGS = [
    (ACTIVITY, gettext_lazy("по дейност: дневна грижа, настаняване, подслон, консултиране")),
    (TYPE, gettext_lazy("по вид услуга, както е в регистъра")),
    (PEOPLE, gettext_lazy("по хората: с деца или само с пълнолетни")),
    (TOGETHER, gettext_lazy("всички услуги заедно")),
]
_ACTIVITIES = (
    ("residential", {"8"}, gettext_lazy("Резидентна грижа")),
    ("shelter", {"9"}, gettext_lazy("Подслон")),
    ("day", {"7"}, gettext_lazy("Дневна грижа")),
    ("support", {"1", "2", "3", "4", "5", "6"}, gettext_lazy("Консултиране, терапия и обучение")),
)
"""The first that holds names the activity: who lives in a service is also looked after by day."""


@dataclass(frozen=True)
class Kind:
    """A group by code and name."""

    code: str = ""
    title: str = ""


@dataclass(frozen=True)
class Group:
    """One group, ranked by itself. `agreed.places`: how many count as the first here."""

    kind: Kind
    marked: tuple[Marked, ...]
    agreed: Agreed
    ranking: Ranking


def kind_of(service: Service, grouping: str) -> Kind:
    """Which group a service belongs to. `service` comes with its type and target groups."""
    if grouping == TYPE:
        return Kind(service.type.code, service.type.title)
    if grouping == PEOPLE:
        children = any(group.children for group in service.target_groups.all())
        return Kind("children", _("С деца")) if children else Kind("adults", _("Само с пълнолетни"))
    return _activity(service) if grouping == ACTIVITY else Kind()


def _activity(service: Service) -> Kind:
    numbers = set(service.type.kinds.split(";"))
    for code, wanted, title in _ACTIVITIES:
        if numbers & wanted:
            return Kind(code, str(title))
    return Kind("other", _("Друга дейност"))


def ranked(
    criteria: Sequence[Criterion],
    marked: Sequence[Marked],
    kinds: Mapping[str, Kind],
    agreed: Agreed,
    *,
    least: int,
) -> tuple[list[Group], list[Kind]]:
    """Groups with at least `least` services, by name, and those too small. The error of a mark is that of all observers."""
    found: dict[Kind, list[Marked]] = {}
    for one in marked:
        found.setdefault(kinds[one.key], []).append(one)
    ordered = sorted(found, key=lambda kind: kind.title)
    large = [kind for kind in ordered if not kind.code or len(found[kind]) >= least]
    share = replace(agreed, places=shared_places(agreed.places, len(large)))
    error = shortlist.observer_error(criteria, marked)
    groups = [
        Group(kind, tuple(found[kind]), share, shortlist.rank(criteria, found[kind], share, error=error))
        for kind in large
    ]
    return groups, [kind for kind in ordered if kind not in large]


def shared_places(awards: int, groups: int) -> int:
    """How many count as the first in each group: awards are shared evenly, at least the first place of each."""
    return max(1, awards // max(1, groups))


def together(criteria: Sequence[Criterion], groups: Sequence[Group]) -> Ranking:
    """All places, group after group; a place counts inside its group. One group is its own ranking."""
    if len(groups) == 1:
        return groups[0].ranking
    places = tuple(place for group in groups for place in group.ranking.places)
    error: Mapping[str, float] = groups[0].ranking.error if groups else {}
    samples = max((group.ranking.samples for group in groups), default=0)
    return Ranking(places, tuple(criteria), error, samples, None, tuple(one.key for one in places))
