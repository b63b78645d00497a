"""The engine `disclosure` as JSON."""

from __future__ import annotations

from opora.engines.common.faces import Document, Face, plain, record
from opora.engines.disclosure import audit, protect, tabulate

_LEAF = record(
    ["at", "count"],
    at={"type": "array", "items": {"type": "string"}},
    count={"type": "integer", "minimum": 0},
)


def _answer(given: Document) -> Document:
    """Hide what must be hidden in a table given by its innermost counts and axes."""
    axes = [dict(axis) for axis in given["axes"]]
    leaves = {tuple(leaf["at"]): leaf["count"] for leaf in given["leaves"]}
    protected = protect(tabulate(leaves, axes), given.get("threshold", 5))
    intervals = audit(protected)
    told: Document = plain(
        {
            "cells": [{"at": list(at), "count": count} for at, count in sorted(protected.published.items())],
            "hidden": [
                {
                    "at": list(at),
                    "small": at in protected.primary,
                    "low": intervals[at].low,
                    "high": intervals[at].high,
                }
                for at in sorted(protected.hidden)
            ],
        }
    )
    return told


FACE = Face(
    record(
        ["axes", "leaves"],
        axes={
            "type": "array",
            "items": {"type": "object", "description": "total → the codes it adds up"},
        },
        leaves={"type": "array", "items": _LEAF},
        threshold={"type": "integer", "minimum": 2, "default": 5},
    ),
    _answer,
    {
        "axes": [{"област": ["Ловеч", "Троян"]}, {"всички": ["деца", "възрастни"]}],
        "leaves": [
            {"at": ["Ловеч", "деца"], "count": 3},
            {"at": ["Ловеч", "възрастни"], "count": 40},
            {"at": ["Троян", "деца"], "count": 18},
            {"at": ["Троян", "възрастни"], "count": 25},
        ],
    },
)
