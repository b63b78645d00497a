"""Small numbers hidden over the whole tree of places at once, so that no table gives another's hidden cell back."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from opora.care.casework.outcomes.figures import ALL, Counts, grouped, key
from opora.care.casework.outcomes.measures import MEASURES, MIX, Measure

COUNTRY = "BG"
Published = Mapping[tuple[str, str], int | None]
Places = tuple[tuple[str, tuple[str, ...]], ...]
"""Each region with its services."""


def protected(
    counts: Mapping[str, Counts], places: Mapping[str, tuple[str, ...]], threshold: int
) -> Published:
    """(place, count's name) → the number, or None where it is hidden; for services, regions and the country.

    All measures of all places are tied in one table: they share „all people of the place“, and a region is the sum of
    its services. Zeros stay; hidden numbers cannot be had by subtraction (engine `disclosure`).
    """
    if not counts:
        return {}
    frozen = tuple((code, tuple(sorted(numbers.items()))) for code, numbers in sorted(counts.items()))
    tree = tuple((region, tuple(services)) for region, services in sorted(places.items()))
    return _protected(frozen, tree, threshold)


def leaving(measure: Measure, counts: Mapping[str, int]) -> Counts:
    """What leaves a service of one measure: three groups, or the categories of the case mix."""
    if measure.good:
        return grouped(measure, counts)
    return {key(measure, category): counts[key(measure, category)] for category in measure.categories}


@functools.lru_cache(maxsize=8)
def _protected(
    frozen: tuple[tuple[str, tuple[tuple[str, int], ...]], ...], places: Places, threshold: int
) -> Published:
    from opora.engines import disclosure  # numpy and the solver

    counts = {code: dict(numbers) for code, numbers in frozen}
    tree = {COUNTRY: [region for region, _ in places]} | {
        region: list(services) for region, services in places
    }
    tables = []
    for measure in (*MEASURES, *MIX):
        leaves = {
            (code, name): count
            for code, numbers in counts.items()
            for name, count in leaving(measure, numbers).items()
        }
        names = sorted({name for _code, name in leaves})
        tables.append(disclosure.tabulate(leaves, [tree, disclosure.flat(ALL, names)]))
    found = disclosure.protect(disclosure.join(*tables), threshold)
    return {(at[0], at[1]): number for at, number in found.published.items()}
