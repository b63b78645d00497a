"""Two people with the same form of a practice open (R12): nothing of either is lost."""

from __future__ import annotations

import pytest

from opora.foundation.accounts.tests import make as people
from opora.foundation.ui.tests.hands import Hands
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import Practice
from opora.improvement.practice.tests import make

pytestmark = pytest.mark.django_db


def two(service, where, at):
    return [Hands(people.client_of(make.head(service)), where, at=at) for _n in range(2)]


def test_words_of_a_card():
    card = make.card(stage=stages.DRAFT)
    one, other = two(card.service, f"/practices/{card.code}/edit/", "title_en")
    one.send(method="Първо се гледа.", groups=[])
    other.send(effect="Децата спят.")
    kept = Practice.objects.get()
    assert (kept.method, kept.effect, kept.groups.count()) == ("Първо се гледа.", "Децата спят.", 0)
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(method="Второ се гледа.", cost="Без пари.")
    page = other.send(method="Трето се гледа.")
    assert "Второ се гледа." in page
    assert (other.fields["method"], other.fields["cost"]) == (["Трето се гледа."], ["Без пари."])
    assert Practice.objects.get().method == "Второ се гледа."
    other.send()
    kept = Practice.objects.get()
    assert (kept.method, kept.cost) == ("Трето се гледа.", "Без пари.")


def test_cores_of_a_practice():
    card = make.card(stage=stages.DRAFT)
    one, other = two(card.service, f"/practices/{card.code}/needs/", "elements")
    one.send(elements="Знак\nРодител\nВремe")
    page = other.send(elements="Знак\nДете")
    assert "Времe" in page
    assert [one.text for one in card.elements.all()] == ["Знак", "Родител", "Времe"]
    other.send()
    assert [one.text for one in card.elements.all()] == ["Знак", "Дете"]


def adaptation():
    made = make.adaptation()
    mine = make.as_actor(make.head(made.service))
    steps = [{"text": "Обучение"}, {"text": "Среща"}]
    return actions.write_plan(mine, made, responsible="Р", steps=steps, version=made.version)


def test_a_plan_and_the_ticks_of_its_steps():
    made = adaptation()
    where = f"/practices/adaptations/{made.code}/"
    one, other = two(made.service, f"{where}plan/", "responsible")
    ticks = Hands(people.client_of(make.head(made.service)), where, at="step")
    late = Hands(people.client_of(make.head(made.service)), where, at="step")
    first, second = made.steps.all()
    ticks.send(step=[first.pk])
    late.send(step=[second.pk])
    assert made.steps.exclude(done_on=None).count() == 2
    one.send(responsible="Ана")
    other.send(steps="Обучение\nСреща\nПроба")
    made.refresh_from_db()
    assert made.responsible == "Ана"
    assert {one.text: one.done_on is not None for one in made.steps.all()} == {
        "Обучение": True, "Среща": True, "Проба": False,
    }  # fmt: skip
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(responsible="Вяра")
    assert "Вяра" in other.send(responsible="Дора")
    made.refresh_from_db()
    assert made.responsible == "Вяра"


def test_an_answer_to_a_reader():
    card = make.card()
    said = actions.say_feedback(make.as_actor(make.coordinator()), card, verdict="useful", text="Ще опитаме.")
    one, other = two(card.service, f"/practices/{card.code}/feedback/{said.pk}/", "answer")
    one.send(answer="Обадете се.")
    page = other.send(answer="Елате на място.")
    assert "Обадете се." in page
    said.refresh_from_db()
    assert said.answer == "Обадете се."
