"""The engine `scoring` as JSON."""

from __future__ import annotations

from typing import Any

from opora.engines.common.faces import NUMBER, NUMBERS, TEXT, WHOLE, Document, Face, listing, plain, record
from opora.engines.common.reasons import as_json
from opora.engines.scoring import (
    Framework,
    Weights,
    at_best,
    award,
    best_for,
    doubts,
    explain,
    rank_acceptability,
    scores,
)

_MAYBE: Document = {"type": ["number", "null"]}
_MARKS = listing(listing(_MAYBE), "services × criteria, higher is better, null is missing")
_BOUND: Document = {"anyOf": [NUMBER, NUMBERS]}
_WEIGHTS: Document = {
    "anyOf": [
        record([], low=_BOUND, high=_BOUND),
        record(["centre"], centre=NUMBERS, share={"type": "number", "default": 0.25}),
        record(["order"], order=listing({"anyOf": [WHOLE, listing(WHOLE)]})),
        record(["table"], table=listing(NUMBERS)),
    ],
    "description": "bounds; a centre and how far from it; criteria by importance; or the weightings themselves",
}
_FRAMEWORK = record(
    ["indicators", "parents"],
    indicators=listing(TEXT),
    parents={"type": "object", "additionalProperties": TEXT},
    directions={"type": "object", "additionalProperties": {"enum": [1, -1]}},
    weights={"type": "object", "additionalProperties": NUMBER},
    denominators={"type": "object", "additionalProperties": TEXT},
    bounds={"type": "object", "additionalProperties": NUMBERS},
)


def _answer(given: Document) -> Document:
    """Rank, score or give the benefit of the doubt."""
    wanted = given.get("do", "rank")
    needed = ("raw", "framework") if wanted == "scores" else ("marks",)
    if missing := [key for key in needed if key not in given]:
        raise ValueError(f"the document must have {' and '.join(missing)}")
    return {"rank": _rank, "scores": _scores, "best": _best}[wanted](given)


def _rank(given: Document) -> dict[str, Any]:
    marks = given["marks"]
    chosen = {key: given[key] for key in ("samples", "seed", "observer_error", "pairwise") if key in given}
    result = rank_acceptability(marks, weights=_weights(given.get("weights")), **chosen)
    k = given.get("k", 3)
    proposal = award(result, k)
    names = given.get("names", [f"№ {i + 1}" for i in range(len(marks))])
    criteria = given.get("criteria", [f"критерий {i + 1}" for i in range(len(result.centre))])
    why = [
        explain(result, marks, i, names=names, criteria=criteria, k=k, most=given.get("most", 100))
        for i in range(len(marks))
    ]
    fields = (
        "ranks",
        "first",
        "central_weights",
        "pairwise",
        "ranked",
        "observed",
        "centre",
        "samples",
        "noise",
    )
    return {
        **{field: plain(getattr(result, field)) for field in fields},
        "top": plain(result.top(k)),
        "interval": plain(result.interval()),
        "shortlist": plain(proposal.shortlist),
        "standing": plain(proposal.standing),
        "why": [[as_json(reason) for reason in reasons] for reasons in why],
    }


def _weights(given: Any) -> Any:
    if given is None:
        return None
    if "table" in given:
        return given["table"]
    return Weights.around(**given) if "centre" in given else Weights(**given)


def _scores(given: Document) -> dict[str, Any]:
    framework = Framework(**given["framework"])
    done = scores(given["raw"], framework, fill=given.get("fill"))
    levels = (
        "treated",
        "normalised",
        "aggregates",
        "coverage",
        "ranks",
        "geometric",
        "geometric_ranks",
        "flagged",
    )
    return {level: plain(getattr(done, level)) for level in levels} | {
        "index": framework.index,
        "levels": plain(framework.levels),
        "treatment": {
            code: {"how": one.how, "high": plain(one.high), "low": plain(one.low)}
            for code, one in done.treatment.items()
        },
        "why": [[as_json(reason) for reason in doubts(done, i)] for i in range(len(done.index))],
    }


def _best(given: Document) -> dict[str, Any]:
    done = best_for(given["marks"], shares=given.get("shares"))
    names = given.get("names", [f"№ {i + 1}" for i in range(len(done.score))])
    return {field: plain(getattr(done, field)) for field in ("score", "weights", "shares", "models")} | {
        "why": [[as_json(reason) for reason in at_best(done, i, names)] for i in range(len(done.score))]
    }


FACE = Face(
    record(
        [],
        do={"enum": ["rank", "scores", "best"], "default": "rank"},
        marks=_MARKS,
        names=listing(TEXT),
        criteria=listing(TEXT),
        weights=_WEIGHTS,
        samples={"type": "integer", "minimum": 1, "default": 10000},
        seed={**WHOLE, "default": 0},
        observer_error={
            "anyOf": [NUMBER, NUMBERS, listing(NUMBERS)],
            "description": "standard deviation of a mark",
        },
        pairwise={"type": "boolean", "default": False},
        k={"type": "integer", "minimum": 1, "default": 3, "description": "how many are to be awarded"},
        most={
            "type": "number",
            "default": 100,
            "description": "the highest possible mark, for the sentences",
        },
        raw={"type": "object", "additionalProperties": listing({}), "description": "scores: columns by code"},
        framework=_FRAMEWORK,
        fill={"type": "string", "description": "scores: the column of groups by whose mean gaps are filled"},
        shares={"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2, "description": "best"},
    ),
    _answer,
    {
        "marks": [[90, 80, 41], [60, 70, 95], [70, 75, 60], [40, 50, None]],
        "names": ["Дъга", "Слънце", "Роза", "Бор"],
        "criteria": ["съдържание", "взаимодействие", "място в общността"],
        "weights": {"centre": [0.4, 0.4, 0.2], "share": 0.5},
        "k": 2,
    },
)
