"""A rota keeps every rule, is the best in the stated order, and names what stays open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.coverage import Duty, Person, Rota, Rules, rota
from opora.engines.coverage.tests import brute, make

SMALL = Rules(roles=("водещ", "втори"), skills=(("психолог", 1),), windows=((2, 1), (4, 2)))


def some_people(chance: np.random.Generator, number: int, days: int) -> list[Person]:
    return [
        Person(
            f"Ч{p}",
            [role for role in ("водещ", "втори") if chance.random() < 0.7] or ["втори"],
            ["психолог"] if chance.random() < 0.5 else [],
            absent=set(np.nonzero(chance.random(days) < 0.2)[0].tolist()),
            wishes=set(np.nonzero(chance.random(days) < 0.2)[0].tolist()),
            avoids=set(np.nonzero(chance.random(days) < 0.2)[0].tolist()),
            most=2 if chance.random() < 0.2 else None,
        )
        for p in range(number)
    ]


def keeps(people: list[Person], duties: list[Duty], rules: Rules, done: Rota) -> None:
    """Everything that must hold of any rota."""
    for p, person in enumerate(people):
        mine = [d for d in range(len(duties)) if p in done.who[d]]
        assert all((done.who[d] == p).sum() == 1 for d in mine)
        assert all(done.roles[r] in person.roles for d in mine for r in np.nonzero(done.who[d] == p)[0])
        days = [duties[d].day for d in mine]
        assert not set(days) & set(person.absent)
        assert person.most is None or len(mine) <= person.most
        for length, most in rules.windows:
            assert all(sum(first <= day < first + length for day in days) <= most for first in days)
        assert done.loads[p] == len(mine)
        assert done.weekends[p] == sum(duties[d].weekend for d in mine)
    for d in range(len(duties)):
        for skill, least in rules.skills:
            able = sum(one < 0 or skill in people[one].skills for one in done.who[d])
            assert able >= min(least, len(done.who[d]))
    assert set(done.uncovered) == {(int(d), int(r)) for d, r in np.argwhere(done.who < 0)}


@pytest.mark.parametrize("seed", range(3))
def test_every_aim_is_that_of_brute_force_in_its_order(seed: int) -> None:
    chance = np.random.default_rng(seed)
    number, days = (3, 4) if seed % 2 else (4, 3)
    people = some_people(chance, number, days)
    duties = [Duty(day, bool(chance.random() < 0.5)) for day in range(days)]
    done = rota(people, duties, SMALL)
    keeps(people, duties, SMALL, done)
    assert done.proven
    likes = sum(
        (duties[d].day in people[p].wishes) - (duties[d].day in people[p].avoids)
        for d in range(days)
        for p in done.who[d]
        if p >= 0
    )
    mine = (
        len(done.uncovered), max(done.loads), sum(n * n for n in done.loads),
        max(done.weekends), sum(n * n for n in done.weekends), -likes,
    )  # fmt: skip
    best = brute.best_rota(people, [one.day for one in duties], [one.weekend for one in duties], SMALL)
    assert mine == best


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 20))
def test_every_aim_is_that_of_brute_force_in_more_cases(seed: int) -> None:
    test_every_aim_is_that_of_brute_force_in_its_order(seed)


def test_four_weeks_are_shared_as_evenly_as_whole_numbers_allow() -> None:
    people = [replace(one, absent=()) for one in make.people(days=28)]
    done = rota(people, make.nights(28))
    assert done.proven
    assert done.loads[:4].tolist() == [7] * 4
    assert all(one.most - one.least == one.bound for one in done.fairness)
    assert "Умение психолог: 28 дежурства на 4 души, значи поне 7 за някого." in [
        str(one) for one in done.why
    ]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 6), st.integers(0, 12))
def test_any_rota_keeps_every_rule(seed: int, number: int, days: int) -> None:
    chance = np.random.default_rng(seed)
    people = some_people(chance, number, max(1, days))
    duties = [Duty(int(day), bool(day % 7 > 4)) for day in np.sort(chance.integers(0, max(1, days), days))]
    keeps(people, duties, SMALL, rota(people, duties, SMALL))


@pytest.mark.slow
def test_a_quarter_of_nights_is_shared_as_evenly_as_whole_numbers_allow() -> None:
    people = [replace(one, absent=()) for one in make.people()]
    done = rota(people, make.nights())
    keeps(people, make.nights(), Rules(), done)
    assert done.proven
    assert not done.uncovered
    assert done.loads[:4].tolist() == [23] * 4
    assert all(one.most - one.least == one.bound for one in done.fairness if one.people[0] < 4)
    assert set(done.loads[4:]) <= {11, 12}
    said = [str(one) for one in done.why]
    assert "Умение психолог: 92 дежурства на 4 души, значи поне 23 за някого." in said
    assert "Доказано е: по тези правила по-добър график няма." in said


def test_a_slot_that_stays_open_is_named_with_its_reason() -> None:
    night = [Duty(5, name="Нощта на 5 май")]
    alone = [Person("А", ["водещ"], ["психолог"])]
    assert [str(one) for one in rota(alone, night).why][1:2] == [
        "Нощта на 5 май, втори: никой не може да поеме тази роля."
    ]
    without = [Person("А", ["водещ", "втори"]), Person("Б", ["водещ", "втори"])]
    said = [str(one) for one in rota(without, night).why]
    assert any(one.endswith("няма свободен човек с умение психолог.") for one in said)
    away = [Person("А", ["водещ"], ["психолог"]), Person("Б", ["втори"], absent={5})]
    assert "Нощта на 5 май, втори: няма свободен човек. Могат 1, отсъстват 1, почиват 0." in [
        str(one) for one in rota(away, night).why
    ]


def test_a_rota_people_know_already_changes_as_little_as_it_can() -> None:
    people, duties = make.people(6, psychologists=3, days=14), make.nights(14)
    first = rota(people, duties)
    again = rota(people, duties, published=first.who)
    assert (again.who == first.who).all()
    ill = [replace(people[0], absent=set(range(7))), *people[1:]]
    after = rota(ill, duties, published=first.who)
    lost = sum(duties[d].day < 7 for d in np.nonzero((first.who == 0).any(axis=1))[0])
    assert 0 < (after.who != first.who).sum() <= 4 * lost


def test_a_time_limit_gives_a_rota_that_keeps_the_rules() -> None:
    people, duties = make.people(), make.nights(60)
    done = rota(people, duties, time_limit=0.05)
    keeps(people, duties, Rules(), done)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_season_with_absences_is_proven_aim_by_aim(seed: int) -> None:
    people, duties = make.people(seed=seed), make.nights()
    done = rota(people, duties)
    keeps(people, duties, Rules(), done)
    assert done.proven


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people": [Person("А", "водещ")]}, "the roles of А must be a list"),
        ({"people": [Person("А", ["водещ"], most=-1)]}, "the most duties of А"),
        ({"duties": [Duty(1.5)]}, "the day of a duty must be a whole number"),
        ({"rules": Rules(roles=())}, "at least one role"),
        ({"rules": Rules(windows=((0, 1),))}, "the days of a window"),
        ({"rules": Rules(skills=(("психолог", -1),))}, "the number of people with the skill"),
        ({"published": [[0]]}, "published must be 1 × 2"),
        ({"published": [[7, 7]]}, "published names a person outside"),
        ({"time_limit": -1}, "time_limit must be"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    case: dict[str, Any] = {"people": [Person("А", ["водещ"])], "duties": [Duty(1)], "rules": Rules()}
    with pytest.raises(ValueError, match=words):
        rota(**(case | change))
