"""The people around the first invented child, and the places: so that genogram and ecomap have something to show."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from PIL import Image, ImageDraw

from opora.care.casework import actions, stages
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
    {"kind": "close", "first_name": "Анна", "last_name": "Велева", "sex": "f", "born": dt.date(1979, 5, 17), "phone": "0670 600 21", "note": "Учителка по рисуване.", "strength": "strong", "gives": "from"},
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


def meet_families(started: dt.datetime) -> None:
    """Who was at the admission of the second child, and a teacher whom both children know."""
    worker = _actor(User.objects.get(email="worker-troyan@example.bg"))
    first, second = ClientFile.objects.filter(service__code=SERVICE, sealed=False).order_by("pk")[:2]
    with clock.at(started - dt.timedelta(days=50)):
        admitted = second.events.get(stage=stages.INTAKE)
        words = {"voice": "Не исках да идвам, но има конструктор.", "family_voice": "Търсим помощ за говора."}
        actions.note_presence(worker, admitted, present=["child", "father"], **words)
        teacher = {
            "kind": "close",
            "first_name": "Анна",
            "last_name": "Велева",
            "born": dt.date(1979, 5, 17),
            "sex": "f",
        }
        made = actions.add_relative(worker, second, teacher)
        actions.link_relative(worker, made, first.relations.get(kind="close").person_id)


def bring_papers(started: dt.datetime) -> None:
    """A consent of the mother, a drawing of the child, and a paper that is waited for."""
    worker = _actor(User.objects.get(email="worker-troyan@example.bg"))
    file = ClientFile.objects.filter(service__code=SERVICE, sealed=False).earliest("pk")
    mother = family_of(file)[0]
    with clock.at(started - dt.timedelta(days=57)):
        day = clock.today()
        actions.give_consent(
            worker,
            file,
            purpose="specialist",
            about="логопед за изследване на говора",
            giver=mother,
            how="paper",
            since=day,
        )
        actions.give_consent(
            worker, file, purpose="pictures", about="снимки от кръжока", giver=mother, how="spoken", since=day
        )
        actions.enclose(worker, file, kind="referral", about="от дирекцията", on=day)
        actions.ask_paper(
            worker, file, kind="medical", due=(started + dt.timedelta(days=9)).date(), note="от личния лекар"
        )
    with clock.at(started - dt.timedelta(days=35)):
        drawing = ("рисунка.png", house_by_a_child())
        actions.enclose(
            worker, file, kind="drawing", about="къщата на баба", on=clock.today(), upload=drawing
        )
    with clock.at(started - dt.timedelta(days=8)):
        actions.withdraw_consent(worker, file.consents.get(purpose="pictures"), on=clock.today(), by=mother)


def house_by_a_child() -> bytes:
    """A picture with crayons' strokes: grass, a house, the sun."""
    picture = Image.new("RGB", (640, 440), "#fffdf5")
    pen = ImageDraw.Draw(picture)
    for x in range(0, 640, 9):
        pen.line([(x, 440), (x + 7, 372 + x % 23)], fill="#3f8f4f", width=4)
    pen.polygon([(190, 210), (320, 100), (450, 210)], outline="#b3402a", fill="#e8a08a", width=6)
    pen.rectangle([210, 210, 430, 380], outline="#7a5230", fill="#f4dcae", width=6)
    pen.rectangle([300, 290, 350, 380], outline="#7a5230", fill="#9fc3e0", width=5)
    pen.rectangle([230, 240, 280, 285], outline="#7a5230", fill="#cfe8f7", width=5)
    pen.ellipse([500, 40, 590, 130], outline="#e0a100", fill="#ffd84a", width=6)
    for x, y in ((120, 300), (150, 305)):
        pen.ellipse([x - 12, y - 12, x + 12, y + 12], outline="#333333", width=4)
        pen.line([(x, y + 12), (x, y + 60), (x - 14, y + 84)], fill="#333333", width=4)
        pen.line([(x, y + 60), (x + 14, y + 84)], fill="#333333", width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
