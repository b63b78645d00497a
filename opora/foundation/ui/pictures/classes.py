"""Quantile classes with round limits for choropleth maps."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from opora.foundation.ui.pictures.values import Value, decimals_of, numbers, round_step, spoken


@dataclass(frozen=True)
class Classes:
    """Classes of rounded numbers: class i holds limits[i-1] ≤ value < limits[i].

    `low` and `high` are the smallest and largest number seen, at `decimals` places.
    """

    limits: tuple[float, ...]
    low: float
    high: float
    decimals: int

    def __len__(self) -> int:
        return len(self.limits) + 1

    def of(self, value: float) -> int:
        """The class (0 = lightest) a value falls into."""
        return bisect_right(self.limits, round(value, self.decimals))

    def labels(self) -> list[str]:
        """„3–9“, „10–24“: both ends belong to the class, as every value is rounded alike."""
        unit = 10.0**-self.decimals
        starts = [self.low, *self.limits]
        ends = [*(limit - unit for limit in self.limits), self.high]
        return [self._label(start, end) for start, end in zip(starts, ends, strict=True)]

    def _label(self, start: float, end: float) -> str:
        first, last = spoken(start, self.decimals), spoken(end, self.decimals)
        return first if first == last else f"{first}–{last}"


def classes(values: Sequence[Value], *, count: int = 5, decimals: int | None = None) -> Classes | None:
    """At most `count` classes of about equal size with limits as round as the data allow.

    `None` when there is no number at all. Fewer classes come out when there are fewer
    different numbers; no class is ever empty.
    """
    places = decimals_of(values) if decimals is None else decimals
    known = sorted(round(value, places) for value in numbers(values))
    if not known:
        return None
    limits = _limits(known, min(count, len(set(known))), places)
    return Classes(limits, known[0], known[-1], places)


def _limits(known: list[float], count: int, places: int) -> tuple[float, ...]:
    if count == 1:
        return ()
    wanted = [known[len(known) * i // count] for i in range(1, count)]
    step = round_step(known[-1] - known[0], 2)
    fair = 1.6 * len(known) / count + 1
    while step >= 10.0**-places:
        limits = tuple(dict.fromkeys(round(round(w / step) * step, places) for w in wanted))
        if len(limits) == count - 1 and _largest(known, limits) <= fair:
            return limits
        step = _finer(step)
    return tuple(sorted({w for w in wanted if w > known[0]})) or (known[-1],)


def _largest(known: list[float], limits: tuple[float, ...]) -> float:
    sizes = Counter(bisect_right(limits, value) for value in known)
    return max(sizes.values()) if len(sizes) == len(limits) + 1 else float("inf")


def _finer(step: float) -> float:
    """The step below in the row … 10, 5, 2, 1, 0.5 …"""
    return round_step(step * 0.4, 1)
