"""Three-way merge of answers, field by field. Values in, values out; no database.

Answers are JSON: nested dictionaries, lists of dictionaries (rows). A field is a leaf, named by its path
(`group.staff[0].fte`). Rows are compared leaf by leaf while their number stayed the same on all sides; when
rows were
added or taken away the whole list is one field, so that no row slips into another's place.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Conflict:
    """A field that both changed, each differently; `base` is what stood before (None when nothing)."""

    path: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merge:
    """`data` holds both sides' changes, theirs where they conflict; `taken` lists the paths of mine that went
    in.
    """

    data: Data
    conflicts: tuple[Conflict, ...]
    taken: tuple[str, ...]


def three_way(base: Data, mine: Data, theirs: Data) -> Merge:
    """What both wrote since `base`, and the fields about which a person must decide."""
    paths = _paths(base, mine, theirs)
    flat_base, flat_mine, flat_theirs = (_flat(side, paths) for side in (base, mine, theirs))
    result, conflicts, taken = copy.deepcopy(theirs), [], []
    for path in paths:
        was, here, there = flat_base.get(path), flat_mine.get(path), flat_theirs.get(path)
        if here in (was, there):
            continue
        if there == was:
            put(result, path, here)
            taken.append(path)
        else:
            conflicts.append(Conflict(path, was, here, there))
    return Merge(result, tuple(conflicts), tuple(taken))


def choose(merge: Merge, mine: frozenset[str] | set[str]) -> Data:
    """The merged data with my value at the conflicting paths named, theirs at the others."""
    result = copy.deepcopy(merge.data)
    for conflict in merge.conflicts:
        put(result, conflict.path, conflict.mine if conflict.path in mine else conflict.theirs)
    return result


def put(data: Data, path: str, value: Any) -> None:
    """Write a value at a path, making what is missing on the way; None removes the field."""
    *way, last = steps = _steps(path)
    here: Any = data
    for step, following in zip(way, steps[1:], strict=True):
        here = _into(here, step, [] if isinstance(following, int) else {})
    if value is None and isinstance(here, dict):
        here.pop(last, None)
    elif isinstance(last, int):
        _into(here, last, {})
        here[last] = value
    else:
        here[last] = value


def get(data: Any, path: str) -> Any:
    """The value at a path, None where there is nothing."""
    here = data
    for step in _steps(path):
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
        else:
            here = here.get(step) if isinstance(here, dict) else None
    return here


def _steps(path: str) -> list[str | int]:
    steps: list[str | int] = []
    for part in path.split("."):
        name, *rows = part.split("[")
        steps.append(name)
        steps += [int(row.rstrip("]")) for row in rows]
    return steps


def _into(here: Any, step: str | int, empty: Any) -> Any:
    if isinstance(step, int):
        while len(here) <= step:
            here.append({})
        return here[step]
    if not isinstance(here.get(step), dict | list):
        here[step] = empty
    return here[step]


def _paths(*sides: Data) -> list[str]:
    found: dict[str, None] = {}
    _collect([dict(side) for side in sides], "", found)
    return list(found)


def _collect(sides: list[Any], prefix: str, found: dict[str, None]) -> None:
    present = [side for side in sides if side is not None]
    if present and all(isinstance(side, Mapping) for side in present):
        for name in dict.fromkeys(name for side in present for name in side):
            below = f"{prefix}.{name}" if prefix else name
            _collect([side.get(name) if side is not None else None for side in sides], below, found)
    elif _same_rows(sides):
        for number in range(len(present[0])):
            _collect([side[number] for side in sides], f"{prefix}[{number}]", found)
    elif prefix:
        found[prefix] = None


def _same_rows(sides: list[Any]) -> bool:
    if not all(
        isinstance(side, list) and side and all(isinstance(row, Mapping) for row in side) for side in sides
    ):
        return False
    return len({len(side) for side in sides}) == 1


def _flat(side: Data, paths: list[str]) -> dict[str, Any]:
    return {path: get(side, path) for path in paths}
