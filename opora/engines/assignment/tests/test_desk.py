"""Questions about a published plan: few are moved, and every sentence is true."""

from __future__ import annotations

import json

import numpy as np
import pytest

from opora.engines.assignment import Desk, assign, burden, what_if, why_not
from opora.engines.assignment.tests import make
from opora.engines.assignment.wire import FACE
from opora.engines.common.reasons import say


@pytest.fixture(scope="module")
def town() -> tuple[make.Question, np.ndarray]:
    asked = make.town(11, people=60, homes=8, slack=1)
    return asked, assign(asked.cost, asked.size, asked.capacity, gap=0).home


def test_the_person_goes_there_and_few_others_move(town: tuple[make.Question, np.ndarray]) -> None:
    asked, homes = town
    for person in range(0, 60, 15):
        home = int((homes[person] + 3) % 8)
        answer = what_if(asked.cost, asked.size, asked.capacity, homes, person, home)
        assert answer.plan.home[person] == home
        assert not len(answer.plan.unplaced)
        assert len(answer.moved) <= 20
        assert set(answer.moved) == set(np.flatnonzero(answer.plan.home != homes)) - {person}
        before = asked.cost[np.arange(60), homes].sum()
        assert answer.cost_change == pytest.approx(answer.plan.cost - before)
        assert answer.cost_change >= -1e-6


def test_the_instant_bound_is_never_above_the_true_price(town: tuple[make.Question, np.ndarray]) -> None:
    asked, homes = town
    desk = Desk(asked.cost, asked.size, asked.capacity, homes)
    for person, home in ((0, 1), (7, 2), (20, 5)):
        forbidden = np.zeros((60, 8), dtype=bool)
        forbidden[person] = True
        forbidden[person, home] = False
        true = assign(asked.cost, asked.size, asked.capacity, forbidden=forbidden, gap=0)
        rise = true.cost - asked.cost[np.arange(60), homes].sum()
        assert desk.at_least(person, home) <= rise + 1e-6
        assert rise <= desk.what_if(person, home).cost_change + 1e-6


def test_why_not_names_what_stands_against() -> None:
    forbidden = [[False, True, False], [False, False, False], [False, False, False]]
    given = ([[1.0, 5.0, 9.0], [1, 1, 1], [1, 1, 1]], [1, 1, 2], [2, 1, 1], [0, 1, -1])
    options = {"forbidden": forbidden, "apart": [(0, 1)]}
    assert [say(one) for one in why_not(*given, 0, 1, **options)] == ["Този дом не е допустим."]
    assert [say(one) for one in why_not(*given, 2, 1, **options)] == ["Нужни са 2 места, а домът има само 1."]
    assert [say(one) for one in why_not(*given, 0, 0, **options)] == ["По плана е точно там."]
    told = [say(one) for one in why_not(given[0], [1, 1, 1], [1, 1, 1], [0, 1, 2], 2, 0, apart=[(0, 2)])]
    assert "Там е 0, а двамата не бива да са в един дом." in told
    assert "Домът е пълен: заети са 1 от 1 места." in told
    assert any(one.startswith("Ако отиде там, дома сменят и: 0, 1.") for one in told)


def test_a_home_that_is_forbidden_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="cannot live in home 1"):
        what_if([[1.0, 5.0]], [1], [1, 1], [0], 0, 1, forbidden=[[False, True]])
    with pytest.raises(ValueError, match="splits a group"):
        Desk([[1.0, 2.0], [1.0, 2.0]], [1, 1], [1, 1], [0, 1], together=[(0, 1, None)])
    with pytest.raises(ValueError, match="person"):
        why_not([[1.0, 5.0]], [1], [1, 1], [0], 3, 1)


def test_someone_who_takes_the_last_place_leaves_another_without_and_it_is_said() -> None:
    answer = what_if([[1.0], [1.0]], [1, 1], [1], [0, -1], 1, 0)
    assert answer.plan.home.tolist() == [-1, 0]
    assert answer.moved.tolist() == [0]


def test_the_burden_names_the_farthest() -> None:
    seen = burden([0, 1, -1, 0], [[10, 0], [0, 150], [5, 5], [20, 0]], [2, 1, 3, 1])
    assert (seen.mean, seen.most, seen.worst, seen.beyond, seen.without) == (47.5, 150.0, 1, 1.0, 3.0)
    assert say(seen.why[0]) == "Средно 47,5 км от близките; най-много 150 км."
    assert burden([-1], [[3.0]], [1]).worst == -1


def test_the_face_speaks_json_in_two_languages() -> None:
    given = {"cost": [[1, 5], [1, 2]], "size": [1, 1], "capacity": [1, 1], "distance": [[1, 5], [1, 2]]}
    answer = json.loads(json.dumps(FACE.run(given)))
    assert answer["home"] == [0, 1]
    assert answer["burden"]["most"] == 2
    assert set(answer["why"][0]) == {"kind", "bg", "en", "values"}
    question = {**given, "published": [0, 1], "person": 0, "home": 1}
    assert json.loads(json.dumps(FACE.run({**question, "do": "what_if"})))["moved"] == [1]
    assert json.loads(json.dumps(FACE.run({**question, "do": "why_not"})))["why"]
    with pytest.raises(ValueError, match="needs published"):
        FACE.run({**given, "do": "why_not"})
