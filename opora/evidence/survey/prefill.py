"""What the register already knows, put into a card by the column `prefill` of its template.

`prefill` names a fact: `register.capacity`. In a repeat the row itself may name a list (`register.posts`) and
its
questions the facts of one row (`register.posts.profession`). A fact that the question's own choices do not
offer is
left out, so nothing wrong is put into anybody's mouth.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.engines import questionnaire
from opora.engines.questionnaire import Form, Group, Item, Question, Repeat
from opora.evidence.survey.values import MANY, ONE, Answers
from opora.foundation.core import clock
from opora.register.models import Service

Sources = dict[str, dict[str, Any]]


def facts_of(service: Service) -> dict[str, Any]:
    """Facts by name; lists of dictionaries for what repeats. Expects the relations of `queries.for_prefill`."""
    return _plain_facts(service) | _places(service) | _lists(service) | {"today": clock.today().isoformat()}


def _plain_facts(service: Service) -> dict[str, Any]:
    settlement = service.settlement
    return {
        "register.code": service.code,
        "register.name": service.name,
        "register.type": service.type.code,
        "register.type_name": service.type.name,
        "register.organisation": service.organisation.name,
        "register.organisation_eik": service.organisation.eik,
        "register.organisation_kind": service.organisation.kind,
        "register.address": service.address,
        "register.head": service.head,
        "register.phone": service.phone,
        "register.email": service.email,
        "register.complex": service.complex.name if service.complex else "",
        "register.managed_with": service.management.name if service.management else "",
        "register.opened_on": _iso(service.opened_on),
        "register.delegated_since": _iso(service.delegated_since),
        "register.settlement": str(settlement) if settlement else "",
        "register.settlement_code": settlement.ekatte if settlement else "",
    }


def _places(service: Service) -> dict[str, Any]:
    numbers = {f"register.{name}": getattr(service, name) for name in Service.FIGURES}
    return numbers | {
        "register.free": service.free if service.free is None else max(0, service.free),
        "register.municipality": service.municipality.code,
        "register.municipality_name": service.municipality.name,
        "register.region": service.municipality.code[:3],
    }


def _lists(service: Service) -> dict[str, Any]:
    posts = list(service.posts.all())
    return {
        "register.target_groups": [group.code for group in service.target_groups.all()],
        "register.target_group_names": ", ".join(group.name for group in service.target_groups.all()),
        "register.posts": [
            {"profession": p.profession, "posts": float(p.posts), "filled": float(p.filled)} for p in posts
        ],
        "register.posts_total": float(sum(p.posts for p in posts)) if posts else None,
        "register.filled_total": float(sum(p.filled for p in posts)) if posts else None,
    }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def first_answers(form: Form, service: Service) -> tuple[Answers, Sources]:
    """Answers a new card starts with, and for each path where they came from: {"value", "fact", "as_of"}."""
    answers, sources = filled(form, facts_of(service))
    return questionnaire.initial(form, today=clock.today(), now=clock.now(), answers=answers), sources


def filled(form: Form, facts: dict[str, Any]) -> tuple[Answers, Sources]:
    """What of a form these facts answer, and where each answer came from."""
    sources: Sources = {}
    return _fill(form.root, "", facts, sources, clock.today().isoformat()), sources


def _fill(group: Group, above: str, facts: dict[str, Any], sources: Sources, as_of: str) -> Answers:
    filled: Answers = {}
    for item in group.children:
        path = f"{above}.{item.name}" if above else item.name
        value = _value(item, path, facts, sources, as_of)
        if value not in (None, "", [], {}):
            filled[item.name] = value
    return filled


def _value(item: Item, path: str, facts: dict[str, Any], sources: Sources, as_of: str) -> Any:
    if isinstance(item, Repeat):
        return _rows(item, path, facts, sources, as_of)
    if isinstance(item, Group):
        return _fill(item, path, facts, sources, as_of)
    fact = item.extra.get("prefill", "").strip()
    value = _fitting(item, facts.get(fact)) if isinstance(item, Question) and fact else None
    if value not in (None, "", []):
        sources[path] = {"value": value, "fact": fact, "as_of": as_of}
    return value


def _rows(item: Repeat, path: str, facts: dict[str, Any], sources: Sources, as_of: str) -> list[Answers]:
    name = repeat_fact(item)
    rows = facts.get(name) if name else None
    if not isinstance(rows, list):
        return []
    rows = [row for row in rows if isinstance(row, dict)][: item.maximum]
    return [
        _fill(item, f"{path}[{n}]", {f"{name}.{key}": value for key, value in row.items()}, sources, as_of)
        for n, row in enumerate(rows)
    ]


def repeat_fact(item: Repeat) -> str:
    """The list a repeat is filled from: its own `prefill`, else what its questions' facts begin with."""
    own = item.extra.get("prefill", "").strip()
    inner = (child.extra.get("prefill", "").strip() for child in item.children)
    return own or next((fact.rpartition(".")[0] for fact in inner if fact.count(".") > 1), "")


def _fitting(question: Question, value: Any) -> Any:
    if question.choices is None or value is None:
        return value
    names = question.choices.names
    if question.type in MANY:
        values = value if isinstance(value, list) else [value]
        return [one for one in values if one in names]
    if question.type in ONE:
        return value if value in names else _by_label(question, value)
    return value


def _by_label(question: Question, value: Any) -> Any:
    """A free-text fact („психолог“) taken as the choice that is called so in any language."""
    wanted = str(value).casefold().strip()
    choices = question.choices.choices if question.choices else ()
    return next(
        (c.name for c in choices if wanted in {t.casefold().strip() for t in c.labels.values()}), None
    )
