"""The engine `selection` as JSON."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from opora.engines.common.faces import (
    TABLE,
    TEXT,
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
from opora.engines.selection import certificate, cohorts, lot_seed, select

_QUOTA = record(
    ["members"],
    members=WHOLES,
    least={**WHOLE, "default": 0},
    most={"type": ["integer", "null"], "minimum": 0, "description": "null: no upper limit"},
    label=TEXT,
)


def _answer(given: Document) -> Document:
    """Select, certify, spread over cohorts, or make the seed of a lot."""
    if given.get("do") == "lot_seed":
        return {"seed": lot_seed(given["list"].encode(), given["number"])}
    if given.get("do") == "cohorts":
        return _cohorts(given)
    missing = [key for key in ("points", "places") if key not in given]
    if missing:
        raise ValueError(f"the document must have {' and '.join(missing)}")
    asked = _asked(given)
    if given.get("do") == "certificate":
        return _fields(certificate(given["points"], **asked))
    done = select([math.nan if one is None else one for one in given["points"]], **asked)
    return _fields(done) | {
        "why": [[as_json(reason) for reason in reasons] for reasons in done.why],
        "notes": [as_json(reason) for reason in done.notes],
    }


def _cohorts(given: Document) -> Document:
    keys = ("size", "service", "week", "per_service", "cost", "time_limit")
    done = cohorts(given.get("allowed", []), **{key: given[key] for key in keys if key in given})
    return _fields(done) | {
        "why": [[as_json(reason) for reason in reasons] for reasons in done.why],
        "notes": [as_json(reason) for reason in done.notes],
    }


def _asked(given: Document) -> dict[str, Any]:
    quotas = given.get("quotas", [])
    return {
        "places": given["places"],
        "quotas": [(one["members"], one.get("least", 0), one.get("most")) for one in quotas],
        "labels": [one.get("label", f"Квота {at}") for at, one in enumerate(quotas, start=1)],
        **{key: given[key] for key in ("seed", "names", "excluded", "time_limit") if key in given},
    }


def _fields(result: Any) -> dict[str, Any]:
    return {
        one.name: plain(getattr(result, one.name))
        for one in dataclasses.fields(result)
        if one.name not in ("why", "notes")
    }


FACE = Face(
    record(
        [],
        do={"enum": ["select", "certificate", "cohorts", "lot_seed"], "default": "select"},
        points=listing({"type": ["number", "null"]}, "one per person; null only for the excluded"),
        places=WHOLE,
        quotas=listing(_QUOTA),
        seed={"type": ["integer", "string"], "default": 0},
        names=listing(
            {"type": ["integer", "string"]}, "public names for the lot; the positions if not given"
        ),
        excluded=WHOLES,
        time_limit=TIME_LIMIT,
        list={"type": "string", "description": "lot_seed: the public list"},
        allowed=listing(
            listing({"type": ["integer", "boolean"]}),
            "cohorts: per person and cohort, 1 where the dates suit",
        ),
        size={**WHOLE, "default": 21, "description": "cohorts: most people in one"},
        service=listing({"type": ["integer", "string"]}, "cohorts: service of each person"),
        week=listing({"type": ["integer", "string"]}, "cohorts: week of each cohort"),
        per_service={**WHOLE, "default": 2, "description": "cohorts: most of a service away in a week"},
        cost={**TABLE, "description": "cohorts: per person and cohort"},
        number={"type": ["integer", "string"], "description": "lot_seed: the number published after it"},
    ),
    _answer,
    {
        "points": [62.5, 62.5, 58, 71, 49.5],
        "names": ["С-01", "С-02", "С-03", "С-04", "С-05"],
        "places": 3,
        "quotas": [
            {"label": "Област Ловеч", "members": [0, 1, 3], "least": 1, "most": 2},
            {"label": "Област Видин", "members": [4], "least": 1},
        ],
        "seed": "2026-11-27",
    },
)
