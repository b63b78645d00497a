"""The engine `assignment` as JSON."""

from __future__ import annotations

from typing import Any

from opora.engines.assignment import Assignment, assign, burden, what_if, why_not
from opora.engines.common.faces import (
    NUMBERS,
    TABLE,
    TIME_LIMIT,
    WHOLE,
    Document,
    Face,
    listing,
    plain,
    record,
)
from opora.engines.common.reasons import as_json

_SHARED = ("together", "apart", "forbidden", "least")
_HOMES = listing({"type": "integer", "minimum": -1}, "home of each, −1 for none")


def _answer(given: Document) -> Document:
    """Propose a plan, or answer a question about a published one."""
    do = given.get("do", "assign")
    options: dict[str, Any] = {name: given[name] for name in _SHARED if name in given}
    inputs: tuple[Any, Any, Any] = given["cost"], given["size"], given["capacity"]
    if "stay" in given:
        options["stay"] = (given["stay"]["homes"], given["stay"]["bonus"])
    if do == "assign":
        limits: dict[str, Any] = {name: given[name] for name in ("gap", "time_limit") if name in given}
        plan = assign(*inputs, **(options | limits))
        spread = {} if "distance" not in given else _burden(plan, given)
        return _plan(plan) | spread
    for name in ("published", "person", "home"):
        if name not in given:
            raise ValueError(f"{do} needs {name}")
    asked: tuple[Any, Any, Any] = given["published"], given["person"], given["home"]
    if do == "why_not":
        return {"why": [as_json(one) for one in why_not(*inputs, *asked, **options)]}
    answer = what_if(*inputs, *asked, **options, time_limit=given.get("time_limit", 30))
    return {
        "plan": _plan(answer.plan),
        "moved": plain(answer.moved),
        "cost_change": plain(answer.cost_change),
        "why": [as_json(one) for one in answer.why],
    }


def _plan(plan: Assignment) -> dict[str, Any]:
    fields = (
        "home",
        "cost",
        "bound",
        "gap",
        "proven",
        "unplaced",
        "load",
        "short",
        "left_out",
        "left_out_bound",
    )
    return {name: plain(getattr(plan, name)) for name in fields} | {"why": [as_json(one) for one in plan.why]}


def _burden(plan: Assignment, given: Document) -> dict[str, Any]:
    seen = burden(plan.home, given["distance"], given["size"])
    names = ("mean", "p95", "most", "worst", "beyond", "without")
    return {
        "burden": {n: plain(getattr(seen, n)) for n in names} | {"why": [as_json(one) for one in seen.why]}
    }


FACE = Face(
    record(
        ["cost", "size", "capacity"],
        do={"enum": ["assign", "what_if", "why_not"], "default": "assign"},
        cost=TABLE,
        size={"anyOf": [NUMBERS, TABLE]},
        capacity=NUMBERS,
        together=listing({"type": "array", "minItems": 3, "maxItems": 3}, "[i, j, reward]; null: must"),
        apart=listing(listing(WHOLE)),
        forbidden=listing(listing({"type": "boolean"})),
        least=NUMBERS,
        stay=record(["homes", "bonus"], homes=_HOMES, bonus={"anyOf": [{"type": "number"}, NUMBERS]}),
        gap={"type": "number", "minimum": 0, "default": 1e-3},
        time_limit=TIME_LIMIT,
        distance=TABLE,
        published=_HOMES,
        person=WHOLE,
        home=WHOLE,
    ),
    _answer,
    {
        "cost": [[4, 22, 35], [6, 20, 33], [9, 18, 40], [30, 12, 8], [25, 9, 11]],
        "size": [1, 2, 1, 1, 1],
        "capacity": [3, 2, 1],
        "together": [[0, 2, 10]],
        "apart": [[3, 4]],
        "stay": {"homes": [0, 0, 1, 2, 1], "bonus": 1},
    },
)
