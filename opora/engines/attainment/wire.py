"""The engine `attainment` as JSON: one person's goals, changes of people, or a service's T scores."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.engines.attainment import change, drift, effect, outcome
from opora.engines.common.faces import NUMBERS, TEXT, Document, Face, listing, plain, record
from opora.engines.common.reasons import as_json

_KNOWN = listing({"type": ["number", "null"]}, "null = not measured")


def _answer(given: Document) -> Document:
    """Do what is asked; ``do`` tells which, by default one person's goals."""
    return {"goals": _goals, "change": _change, "drift": _drift, "effect": _effect}[given.get("do", "goals")](
        given
    )


def _need(given: Document, *names: str) -> list[Any]:
    for name in names:
        if name not in given:
            raise ValueError(f"'{given.get('do', 'goals')}' needs '{name}'")
    return [given[name] for name in names]


def _kept(given: Document, *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}


def _told(found: Any) -> Document:
    known = {name: value for name, value in vars(found).items() if name != "why"}
    return {**plain(known), "why": [as_json(reason) for reason in found.why]}


def _goals(given: Document) -> Document:
    (levels,) = _need(given, "levels")
    kept = _kept(given, "before", "names", "weights", "rho", "set_by")
    return _told(outcome(levels, **kept))


def _change(given: Document) -> Document:
    before, after = _need(given, "before", "after")
    kept = _kept(given, "reliability", "sd", "sure", "higher_is_better")
    return _told(change(before, after, **kept))


def _drift(given: Document) -> Document:
    (scores,) = _need(given, "scores")
    return _told(drift(scores, **_kept(given, "slack", "least", "sure")))


def _effect(given: Document) -> Document:
    (groups,) = _need(given, "groups")
    floats = {name: np.array(values, dtype=float) for name, values in groups.items()}
    return {name: _told(found) for name, found in effect(floats, **_kept(given, "sure")).items()}


FACE = Face(
    record(
        [],
        do={"enum": ["goals", "change", "drift", "effect"], "default": "goals"},
        levels=_KNOWN,
        before=_KNOWN,
        after=_KNOWN,
        scores=_KNOWN,
        groups={"type": "object", "additionalProperties": _KNOWN},
        names=listing(TEXT),
        weights=NUMBERS,
        set_by=TEXT,
        rho={"type": "number", "minimum": 0, "maximum": 1, "default": 0.3},
        reliability={"type": "number", "minimum": 0, "maximum": 1},
        sd={"type": "number", "exclusiveMinimum": 0, "default": 10},
        sure={"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.95},
        higher_is_better={"type": "boolean", "default": True},
        slack={"type": "number", "minimum": 0, "default": 2},
        least={"type": "integer", "minimum": 0, "default": 20},
    ),
    _answer,
    {
        "names": ["пътува сам до училище", "обажда се на баба си", "спи спокойно"],
        "levels": [1, -1, None],
        "before": [-1, -2, -2],
        "weights": [3, 1, 1],
        "set_by": "детето и социалният работник",
    },
)
