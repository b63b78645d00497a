"""Counts and shares with Wilson's interval."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

from django.utils.translation import gettext_lazy as _

from opora.care.casework.outcomes.measures import MEASURES, MIX, Measure, Settings
from opora.care.casework.outcomes.people import PersonOutcome

ALL = "all"
Counts = dict[str, int]


def wilson(good: int, of: int, sure: float = 0.95) -> tuple[float, float] | None:
    """The score interval of a share; none of nobody.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212. It keeps within 0 and 1 and
    holds for small groups, where the usual p ± 1.96·√(p(1−p)/n) does not. Raises ``ValueError`` for more good than all.
    """
    if not 0 <= good <= of:
        raise ValueError(f"{good} of {of}")
    if of == 0:
        return None
    z = NormalDist().inv_cdf((1 + sure) / 2)
    share = good / of
    middle = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    return max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below)


def key(measure: Measure, category: str) -> str:
    """`school:yes`: the name of a count."""
    return f"{measure.code}:{category}"


def counted(people: Iterable[PersonOutcome], settings: Settings) -> Counts:
    """How many people stand in every category of every measure, and in all."""
    people = list(people)
    found: Counts = {ALL: len(people)}
    for measure in (*MEASURES, *MIX):
        sorted_out = Counter(measure.sort(one, settings) for one in people)
        found |= {key(measure, category): sorted_out[category] for category in measure.categories}
    return found


GROUPS = {"good": _("да"), "bad": _("не"), "rest": _("не е известно или не се отнася")}
"""The categories as they leave the service: fewer cells, so fewer small ones to hide."""


def group(measure: Measure, code: str) -> str:
    """`school=good`: the name of a count as it leaves the service."""
    return f"{measure.code}={code}"


def grouped(measure: Measure, counts: Mapping[str, int]) -> Counts:
    """The counts of a measure in three groups."""
    good = sum(counts[key(measure, category)] for category in measure.good)
    known = sum(counts[key(measure, category)] for category in measure.known)
    parts = {"good": good, "bad": known - good, "rest": counts[ALL] - known}
    return {group(measure, code): count for code, count in parts.items()}


@dataclass(frozen=True)
class Share:
    """One indicator of one place. None where a number is hidden or nobody is counted; `hidden` tells which."""

    measure: Measure
    good: int | None
    of: int | None
    hidden: bool

    @property
    def share(self) -> float | None:
        """Good of known."""
        return self.good / self.of if self.good is not None and self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's, 95 %."""
        return wilson(self.good, self.of) if self.good is not None and self.of else None


def share(measure: Measure, counts: Mapping[str, int]) -> Share:
    """The share of a measure from exact counts."""
    good = sum(counts[key(measure, category)] for category in measure.good)
    known = sum(counts[key(measure, category)] for category in measure.known)
    return Share(measure, good, known, hidden=False)


def shared_of(measure: Measure, counts: Mapping[str, int | None]) -> Share:
    """The share from counts that left the service, some of which may be hidden (None)."""
    good, bad = (counts[group(measure, code)] for code in ("good", "bad"))
    if good is None or bad is None:
        return Share(measure, None, None, hidden=True)
    return Share(measure, good, good + bad, hidden=False)
