"""The engine `agreement` as JSON: one report per indicator, and who marks more strictly."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.engines.agreement import Severity, report, severity
from opora.engines.common.faces import NUMBERS, TEXT, Document, Face, listing, plain, record
from opora.engines.common.reasons import as_json

_MARKS = listing(listing({"type": ["number", "null"]}), "observers × units; null = not marked")
_LIMITS = ("reliable", "tentative", "step", "least", "draws", "seed")


def _answer(given: Document) -> Document:
    """Judge every indicator."""
    limits = {name: given[name] for name in _LIMITS if name in given}
    observers = tuple(given.get("observers", ()))
    return {"indicators": [_one(one, observers, limits) for one in given["indicators"]]}


def _one(given: Document, observers: tuple[str, ...], limits: dict[str, Any]) -> Document:
    marks = np.array(given["marks"], dtype=object)
    if observers and len(marks) != len(observers):
        raise ValueError(f"{given['name']} has {len(marks)} rows of marks but {len(observers)} observers")
    found = report(
        given["marks"], given.get("level", "ordinal"), categories=given.get("categories"), **limits
    )
    known = {name: value for name, value in vars(found).items() if name != "why"}
    return {
        "name": given["name"],
        **plain(known),
        "why": [as_json(reason) for reason in found.why],
        "observers": _observers(severity(given["marks"]), observers),
    }


def _observers(found: Severity, names: tuple[str, ...]) -> list[dict[str, Any]]:
    why = found.why(names)
    return [
        {
            "shift": plain(found.shift[at]),
            "low": plain(found.low[at]),
            "high": plain(found.high[at]),
            "shared": int(found.shared[at]),
            "verdict": found.verdict[at],
            "why": as_json(why[at]),
        }
        for at in range(len(why))
    ]


FACE = Face(
    record(
        ["indicators"],
        indicators=listing(
            record(
                ["name", "marks"],
                name=TEXT,
                marks=_MARKS,
                level={"enum": ["nominal", "ordinal", "interval", "ratio"], "default": "ordinal"},
                categories=NUMBERS,
            )
        ),
        observers=listing(TEXT, "names, one per row of marks"),
        reliable={"type": "number", "default": 0.8},
        tentative={"type": "number", "default": 0.667},
        step={"type": "number", "minimum": 0, "default": 1},
        least={"type": "integer", "minimum": 0, "default": 30},
        draws={"type": "integer", "minimum": 1, "default": 2000},
        seed={"type": "integer", "minimum": 0, "default": 0},
    ),
    _answer,
    {
        "observers": ["Координатор 1", "Координатор 2", "Координатор 3", "Координатор 4"],
        "indicators": [
            {
                "name": "място в общността",
                "marks": [
                    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
                    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
                    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
                    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
                ],
            }
        ],
    },
)
