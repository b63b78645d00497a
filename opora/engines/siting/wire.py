"""The engine `siting` as JSON: ``do`` says which question is asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from opora.engines.common.faces import (
    NUMBER,
    NUMBERS,
    TABLE,
    TIME_LIMIT,
    WHOLE,
    WHOLES,
    Document,
    Face,
    listing,
    plain,
    record,
)
from opora.engines.common.reasons import as_json
from opora.engines.siting import Siting, accessibility, alternatives, capacitated, max_cover, p_median, spread

_FAR = listing(listing({"type": ["number", "null"]}), "demand by site; null where a site cannot serve")
_COST = listing(
    listing({"type": ["number", "null"]}), "capacitated: customer by place; null where it cannot be"
)


def _table(rows: Any) -> Any:
    """A table whose nulls are infinities."""
    return [[math.inf if one is None else one for one in row] for row in rows]


def _given(given: Document, *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}


def _sited(found: Siting) -> dict[str, Any]:
    names = ("open", "serves", "cost", "bound", "gap", "proven")
    return {name: plain(getattr(found, name)) for name in names} | {
        "why": [as_json(one) for one in found.why]
    }


def _median(given: Document) -> Document:
    far, people = _table(given["distance"]), given["weight"]
    found = p_median(far, people, given["p"], **_given(given, "fixed", "forbidden", "time_limit"))
    said = _sited(found) | {"spread": plain(vars(spread(far, people, found.serves)))}
    if given.get("alternatives"):
        priced = alternatives(far, people, found, **_given(given, "fixed", "forbidden"))
        said["alternatives"] = [
            plain({**vars(one), "why": [as_json(why) for why in one.why]}) for one in priced
        ]
    return said


def _cover(given: Document) -> Document:
    options = _given(given, "fixed", "forbidden", "time_limit")
    return _sited(
        max_cover(_table(given["distance"]), given["weight"], given["p"], given["radius"], **options)
    )


def _capacitated(given: Document) -> Document:
    options = _given(given, "split", "fixed", "forbidden", "time_limit")
    found = capacitated(
        np.array(_table(given["cost"])), given["demand"], given["capacity"], given["fixed_cost"], **options
    )
    return _sited(found) | {"shares": plain(found.shares), "load": plain(found.load)}


def _access(given: Document) -> Document:
    zones = [(one[0], one[1]) for one in given["zones"]]
    found = accessibility(_table(given["distance"]), given["demand"], given["supply"], zones)
    return {
        **plain({name: getattr(found, name) for name in ("score", "ratio", "reached", "unreached")}),
        "why": [as_json(one) for one in found.why],
    }


_DO: Mapping[str, tuple[Callable[[Document], Document], tuple[str, ...]]] = {
    "p_median": (_median, ("distance", "weight", "p")),
    "max_cover": (_cover, ("distance", "weight", "p", "radius")),
    "capacitated": (_capacitated, ("cost", "demand", "capacity", "fixed_cost")),
    "accessibility": (_access, ("distance", "demand", "supply", "zones")),
}


def _answer(given: Document) -> Document:
    """Answer one question; say which one is unknown and what is missing."""
    do = given.get("do", "p_median")
    if do not in _DO:
        raise ValueError(f"do must be one of {', '.join(_DO)}, not {do!r}")
    run, needed = _DO[do]
    missing = [name for name in needed if name not in given]
    if missing:
        raise ValueError(f"{do} needs {', '.join(missing)}")
    return run(given)


FACE = Face(
    record(
        [],
        do={"enum": list(_DO), "default": "p_median"},
        distance=_FAR,
        weight=NUMBERS,
        p={**WHOLE, "minimum": 1},
        radius=NUMBER,
        fixed=WHOLES,
        forbidden=WHOLES,
        alternatives={
            "type": "boolean",
            "default": False,
            "description": "p_median: price every chosen site",
        },
        cost=_COST,
        demand=NUMBERS,
        capacity=NUMBERS,
        fixed_cost=NUMBERS,
        split={"type": "boolean", "default": False},
        supply=NUMBERS,
        zones={**TABLE, "description": "accessibility: pairs of radius and weight, outwards"},
        time_limit=TIME_LIMIT,
    ),
    _answer,
    {
        "do": "p_median",
        "distance": [[0, 18, 41], [18, 0, 30], [41, 30, 0], [25, 12, 22]],
        "weight": [900, 2400, 1300, 300],
        "p": 2,
        "alternatives": True,
    },
)
