"""The engine `coverage` as JSON: a team, the least team, or a rota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from opora.engines.common.faces import (  # fmt: skip
    NUMBER,
    NUMBERS,
    TABLE,
    TEXT,
    TIME_LIMIT,
    WHOLE,
    Document,
    Face,
    listing,
    plain,
    record,
)
from opora.engines.common.reasons import as_json
from opora.engines.coverage import Duty, Need, Person, Rules, Specialist, Weights, least_team, rota, team

_TEXTS = listing(TEXT)
_DAYS = listing({"type": "integer"})
_TEAM_OPTIONS = ("longest", "faces", "known", "bases", "extra", "priced", "gap", "time_limit")


def _team(given: Document) -> Document:
    """Specialists for services; visits come as rows, as most of the table is empty."""
    wanted = given["need"]
    done = team(
        Need(**{name: wanted[name] for name in wanted}),
        [Specialist(one["name"], one["skills"], one.get("base", "")) for one in given["specialists"]],
        travel=_rows(given["travel"]),
        hours=_rows(given["hours"]),
        weights=Weights(**given.get("weights", {})),
        **{name: _value(name, given[name]) for name in _TEAM_OPTIONS if name in given},
    )
    e, s, q, t = np.nonzero(done.hours)
    work = zip(e, s, q, t, done.hours[e, s, q, t], strict=True)
    return {
        "members": done.members,
        "work": [
            {"specialist": a, "service": b, "skill": c, "week": d, "hours": round(float(hours), 6)}
            for a, b, c, d, hours in work
        ],
        "uncovered": done.uncovered.round(6),
        "prices": [asdict(one) for one in done.prices],
        **{name: getattr(done, name) for name in ("cost", "bound", "gap", "proven")},
        "why": [as_json(one) for one in done.why],
    }


def _least(given: Document) -> Document:
    done = least_team(**{name: given[name] for name in given if name != "do"})
    return {**vars(done), "why": [as_json(one) for one in done.why]}


def _rota(given: Document) -> Document:
    rules = {name: [_pair(one) for one in value] for name, value in given.get("rules", {}).items()}
    done = rota(
        [Person(**one) for one in given["people"]],
        [Duty(**one) for one in given["duties"]],
        Rules(**rules),
        **{name: given[name] for name in ("published", "time_limit") if name in given},
    )
    return {
        **{
            name: getattr(done, name) for name in ("who", "roles", "loads", "weekends", "uncovered", "proven")
        },
        "fairness": [asdict(one) for one in done.fairness],
        "stages": [asdict(one) | {"proven": one.proven} for one in done.stages],
        "why": [as_json(one) for one in done.why],
    }


def _pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rows(value: Any) -> Any:
    """JSON has no infinity: null is „no way“."""
    if isinstance(value, list):
        return [_rows(one) for one in value]
    return float("inf") if value is None else value


def _value(name: str, value: Any) -> Any:
    if name == "bases" and isinstance(value, Mapping):
        return {place: _rows(one) for place, one in value.items()}
    return value


def _answer(given: Document) -> Document:
    """Do what ``do`` asks."""
    kinds = {"team": _team, "least_team": _least, "rota": _rota}
    answer: Document = plain(kinds[given.get("do", "team")](given))
    return answer


_SPECIALIST = record(
    ["name", "skills"], name=TEXT, skills=listing({"type": ["string", "integer"]}), base=TEXT
)
_NEED = record(
    ["hours"],
    hours=listing(TABLE, "service, skill, week"),
    services=_TEXTS, skills=_TEXTS, places=_TEXTS,
    severity={"description": "one number, by service, or by service and skill"},
)  # fmt: skip
_PERSON = record(
    ["name", "roles"],
    name=TEXT, roles=_TEXTS, skills=_TEXTS, absent=_DAYS, wishes=_DAYS, avoids=_DAYS, most=WHOLE,
)  # fmt: skip
_DUTY = record(["day"], day={"type": "integer"}, weekend={"type": "boolean"}, name=TEXT, roles=_TEXTS)
_PAIRS = listing({"type": "array", "minItems": 2, "maxItems": 2})
_ONE = {
    "team": record(
        ["need", "specialists", "travel", "hours"],
        do={"const": "team"}, need=_NEED, specialists=listing(_SPECIALIST),
        travel=listing(listing({"type": ["number", "null"]}), "minutes one way, specialist by service; null: no way"),
        hours={"description": "a week: one number, by specialist, or by specialist and week"},
        longest=NUMBER, faces=WHOLE, known=listing({"type": "array"}), extra=NUMBER, priced=WHOLE, gap=NUMBER,
        bases={"type": "object", "description": "place → minutes to every service"},
        weights=record([], unmet=NUMBER, road=NUMBER, face=NUMBER, member=NUMBER), time_limit=TIME_LIMIT,
    ),
    "least_team": record(
        ["do", "need", "gives"],
        do={"const": "least_team"}, need=NUMBERS, gives=TABLE, cost=NUMBERS, most=NUMBERS, kinds=_TEXTS,
        needs=_TEXTS, time_limit=TIME_LIMIT,
    ),
    "rota": record(
        ["do", "people", "duties"],
        do={"const": "rota"}, people=listing(_PERSON), duties=listing(_DUTY),
        rules=record([], roles=_TEXTS, skills=_PAIRS, windows=_PAIRS),
        published=listing(listing({"type": "integer"})), time_limit=TIME_LIMIT,
    ),
}  # fmt: skip

_EXAMPLE = {
    "need": {
        "hours": [[[6, 6], [4, 4]], [[2, 2], [8, 8]]],
        "services": ["Дневен център", "Център за обществена подкрепа"],
        "skills": ["психолог", "логопед"],
        "places": ["Ловеч", "Троян"],
    },
    "specialists": [
        {"name": "С1", "skills": ["психолог"], "base": "Ловеч"},
        {"name": "С2", "skills": ["логопед"], "base": "Троян"},
    ],
    "travel": [[0, 40], [40, 0]],
    "hours": 8,
}

FACE = Face({"oneOf": list(_ONE.values())}, _answer, _EXAMPLE)
