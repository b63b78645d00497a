"""The engine `matching` as JSON: children and families as records, `null` or left out where a fact is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from opora.engines.common.faces import NUMBER, TEXT, WHOLE, Document, Face, listing, plain, record
from opora.engines.common.reasons import Reason, as_json
from opora.engines.matching import (
    Child,
    Criteria,
    Deviation,
    Family,
    Fit,
    Need,
    Unknown,
    rank,
    together,
    why_not,
)

# pseudonymous ids only; names join in the page
_TEXTS = listing(TEXT)
_ANSWERS = {"type": "object", "additionalProperties": {"type": ["boolean", "null"]}}
_PLACE = {"type": ["array", "null"], "items": NUMBER, "description": "latitude, longitude"}
_RANGE = {"type": ["array", "null"], "items": NUMBER, "description": "youngest, oldest, years"}
_CHILD = record(
    ["id"],
    id=TEXT,
    ages=listing(
        {"type": ["number", "null"]}, "years, one for each of the brothers and sisters who go together"
    ),
    placement={"type": ["string", "null"]},
    needs=listing(record(["code"], code=TEXT, must={"type": "boolean"}, known={"type": "boolean"})),
    circumstances=_ANSWERS,
    languages=_TEXTS,
    place=_PLACE,
    only_in=_TEXTS,
    must_not=_TEXTS,
    apart=_TEXTS,
    measures={"type": ["boolean", "null"]},
    wishes=_TEXTS,
    refuses=_TEXTS,
    asks=_TEXTS,
    waiting=WHOLE,
    other={"type": "object", "description": "never read"},
)
_FAMILY = record(
    ["id"],
    id=TEXT,
    approved={"type": ["boolean", "null"]},
    free={"type": ["integer", "null"]},
    placements={"type": ["array", "null"], "items": TEXT},
    approved_ages=_RANGE,
    ages=_RANGE,
    covers=_ANSWERS,
    stands={"type": "object", "additionalProperties": {"enum": ["acceptable", "uncertain", "no"]}},
    experienced=_TEXTS,
    nearest={"type": "object", "additionalProperties": NUMBER},
    place=_PLACE,
    municipality={"type": ["string", "null"]},
    languages={"type": ["array", "null"], "items": TEXT},
    cares_for={"type": ["array", "null"], "items": TEXT},
    traits=_ANSWERS,
    waiting=WHOLE,
    other={"type": "object", "description": "never read"},
)


def _answer(given: Document) -> Document:
    """Rank for one child, explain one pair, or propose for all together."""
    families = [_family(one) for one in given["families"]]
    criteria, do = Criteria(**given.get("criteria", {})), given.get("do", "rank")
    if do == "together":
        joint = together([_child(one) for one in given["children"]], families, criteria)
        return {
            "pairs": [vars(pair) for pair in joint.pairs],
            "unplaced": list(joint.unplaced),
            **plain(
                {
                    name: getattr(joint, name)
                    for name in ("total", "bound", "gap", "proven", "worth", "demand")
                }
            ),
            "why": _said(joint.why),
            "deviations": [_deviation(joint.price(*asked)) for asked in given.get("deviations", ())],
        }
    child = _child(given["child"])
    if do == "rank":
        return {"fits": [_fit(fit) for fit in rank(child, families, criteria, given.get("limit", 10))]}
    named = [family for family in families if family.id == given["family"]]
    if not named:
        raise ValueError(f"there is no family {given['family']}")
    told = why_not(child, named[0], criteria, families=families)
    return {"place": told.place, "of": told.of, "before": _said(told.before), "fit": _fit(told.fit)}


def _child(given: Mapping[str, Any]) -> Child:
    needs = tuple(Need(**need) for need in given.get("needs", ()))
    known = {name: value for name, value in given.items() if value is not None or name == "measures"}
    return Child(**{**known, "needs": needs, "place": _pair(given.get("place"))})


def _family(given: Mapping[str, Any]) -> Family:
    pairs = {name: _pair(given.get(name)) for name in ("approved_ages", "ages", "place")}
    return Family(**{**given, **pairs})


def _pair(value: Any) -> Any:
    return value if value is None else tuple(value)


def _fit(fit: Fit) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in fields(fit):
        value = getattr(fit, field.name)
        name = field.name.rstrip("_")
        told[name] = _said(value) if isinstance(value, tuple) else value
    return {**told, "summary": as_json(fit.summary)}


def _said(reasons: tuple[Reason | Unknown, ...]) -> list[dict[str, Any]]:
    return [_unknown(one) if isinstance(one, Unknown) else as_json(one) for one in reasons]


def _deviation(one: Deviation) -> dict[str, Any]:
    moves = [{"child": child, "family": family} for child, family in one.moves]
    return {**plain(vars(one)), "moves": moves, "reason": as_json(one.reason)}


def _unknown(one: Unknown) -> dict[str, Any]:
    return {"ask": as_json(one.ask), "effect": as_json(one.effect), "best": one.best, "worst": one.worst}


FACE = Face(
    record(
        ["families"],
        do={"enum": ["rank", "why_not", "together"], "default": "rank"},
        child=_CHILD,
        children=listing(_CHILD, "for together"),
        families=listing(_FAMILY),
        family={"type": "string", "description": "for why_not: its id"},
        criteria={"type": "object", "description": "weights and words, by the names of Criteria"},
        deviations=listing(
            _TEXTS, "for together: pairs of ids, child and family, whose exact price is asked"
        ),
        limit={"type": "integer", "minimum": 0, "default": 10},
    ),
    _answer,
    {
        "child": {
            "id": "К-014",
            "ages": [8],
            "placement": "дългосрочно",
            "needs": [{"code": "логопед", "must": True}, {"code": "рехабилитация"}],
            "circumstances": {"контакти с баба": True},
            "place": [43.137, 24.714],
        },
        "families": [
            {
                "id": "Иванови",
                "approved": True,
                "free": 1,
                "placements": ["дългосрочно"],
                "ages": [5, 10],
                "covers": {"логопед": True, "рехабилитация": False},
                "stands": {"рехабилитация": "acceptable"},
                "nearest": {"рехабилитация": 24},
                "place": [42.886, 24.716],
            },
            {
                "id": "Петрови",
                "approved": True,
                "free": 1,
                "placements": ["краткосрочно"],
                "ages": [7, 12],
                "covers": {"логопед": True, "рехабилитация": True},
                "stands": {"контакти с баба": "acceptable"},
                "place": [43.417, 24.607],
            },
        ],
    },
)
