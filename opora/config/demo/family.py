"""The people around the first invented child, and the places: so that genogram and ecomap have something to show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.care.casework import actions
from opora.care.casework.models import ClientFile, Relation
from opora.care.casework.queries import family_of
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock

PEOPLE: tuple[dict[str, Any], ...] = (
    {"kind": "father", "first_name": "Борислав", "last_name": "Росенов", "birth_year": 1984, "separated": True, "strength": "tense", "gives": "from", "note": "Звъни в неделя."},
    {"kind": "sibling", "first_name": "Мартин", "last_name": "Росенов", "sex": "m", "born": dt.date(2018, 8, 14), "lives_with": True, "strength": "strong", "gives": "both"},
    {"kind": "grandparent", "first_name": "Велика", "last_name": "Тодорова", "sex": "f", "birth_year": 1958, "lives_with": True, "strength": "strong", "gives": "from", "through": "mother"},
    {"kind": "grandparent", "first_name": "Тодор", "last_name": "Тодоров", "sex": "m", "birth_year": 1954, "dead": True, "died": dt.date(2019, 3, 2), "through": "mother"},
    {"kind": "aunt", "first_name": "Ивелина", "last_name": "Тодорова", "sex": "f", "birth_year": 1989, "strength": "weak", "gives": "both", "through": "mother"},
    {"kind": "step", "first_name": "Камен", "last_name": "Стоев", "sex": "m", "birth_year": 1983, "through": "mother", "strength": "weak"},
    {"kind": "sibling", "first_name": "Дара", "last_name": "Стоева", "sex": "f", "born": dt.date(2023, 5, 9), "lives_with": True, "strength": "strong", "through": "step"},
    {"kind": "close", "first_name": "Анна", "last_name": "Велева", "sex": "f", "note": "Учителка по рисуване.", "strength": "strong", "gives": "from"},
)  # fmt: skip
PLACES: tuple[dict[str, Any], ...] = (
    {"kind": "school", "name": "Основно училище в Троян", "contact": "класният ръководител", "strength": "weak", "gives": "both"},
    {"kind": "doctor", "name": "Личен лекар", "strength": "strong", "gives": "from"},
    {"kind": "club", "name": "Кръжок по рисуване в читалището", "strength": "strong", "gives": "both"},
    {"kind": "social", "name": "Дирекция „Социално подпомагане“", "strength": "tense", "gives": "from"},
)  # fmt: skip


def gather_families(started: dt.datetime) -> None:
    """Everybody around Калина; her mother lives with her."""
    worker = _actor(User.objects.get(email="worker-troyan@example.bg"))
    file = ClientFile.objects.filter(service__code=SERVICE, sealed=False).earliest("pk")
    with clock.at(started - dt.timedelta(days=58)):
        mother = family_of(file)[0]
        home = {
            "kind": "mother",
            "lives_with": True,
            "decides": True,
            "separated": True,
            "strength": "strong",
            "gives": "both",
        }
        actions.change_relative(
            worker, mother, home | {"birth_year": 1986, "sex": "f"}, version=mother.person.version
        )
        known: dict[str, Relation] = {"mother": mother}
        for said in PEOPLE:
            one = actions.add_relative(worker, file, said | {"through": known.get(said.get("through", ""))})
            known.setdefault(one.kind, one)
        for place in PLACES:
            actions.set_agency(worker, file, place)
