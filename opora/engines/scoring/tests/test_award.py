"""What the jury sees."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.common.reasons import say
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
    turning,
)
from opora.engines.scoring.award import percent
from opora.engines.scoring.tests import make
from opora.engines.scoring.wire import FACE

ROWS = [[90, 80, 41], [60, 70, 95], [70, 75, 60], [40, 50, np.nan], [np.nan, 20, np.nan]]
NAMES = ["Дъга", "Слънце", "Роза", "Бор", "Ела"]
CRITERIA = ["съдържание", "взаимодействие", "място в общността"]


def said(service: int, k: int = 2) -> list[str]:
    result = rank_acceptability(ROWS, weights=Weights.around([0.4, 0.4, 0.2], 0.5))
    return [str(one) for one in explain(result, ROWS, service, names=NAMES, criteria=CRITERIA, k=k)]


def test_the_first_place_changes_hands_where_the_lines_cross() -> None:
    """Dǎga: 85 − 44t, Slǎnce: 65 + 30t, so they cross at t = 20/74."""
    turns = turning(ROWS[:3], [0.4, 0.4, 0.2], 2)
    assert turns.first == (0, 1)
    assert turns.weights == pytest.approx([0, 20 / 74, 1])
    assert turns.above(0.2) == (pytest.approx(20 / 74), 1)
    assert turns.below(0.2) is None
    assert turns.below(0.5) == (pytest.approx(20 / 74), 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(1, 4), st.integers(0, 10**6), st.floats(0, 0.3))
def test_on_every_stretch_the_one_named_is_first(
    count: int, criteria: int, seed: int, missing: float
) -> None:
    table = make.marks(count, criteria, seed, missing).round(1)
    chance = np.random.default_rng(seed)
    start, one = chance.dirichlet(np.ones(criteria)), int(chance.integers(criteria))
    turns = turning(table, start, one)
    others = np.delete(start, one) / max(np.delete(start, one).sum(), 1e-300)
    for t in chance.random(10):
        weights = np.insert((1 - t) * others, one, t) if criteria > 1 else np.ones(1)
        seen = (~np.isnan(table)) @ weights
        score = np.where(seen > 0, np.nan_to_num(table) @ weights / np.where(seen > 0, seen, 1), -np.inf)
        first = turns.first[turns.at(t)]
        if np.isfinite(score.max()) and np.abs(turns.weights - t).min() > 1e-6:
            assert score[first] >= score.max() - 1e-6


def test_who_was_first_stays_first_when_nobody_crosses() -> None:
    assert turning([[9, 9], [1, 1]], [1, 1], 0).first == (0,)
    assert turning([[np.nan, np.nan]], [1, 1], 0).first == (-1,)
    assert turning([[3], [4]], [1], 0).first == (1,)
    assert turning([[9, 0], [0, 9]], [1, 0], 0).first == (1, 0)
    with pytest.raises(ValueError, match="criterion must be at least 0 and at most 1"):
        turning([[1, 2]], [1, 1], 2)
    with pytest.raises(ValueError, match="at least one service"):
        turning(np.zeros((0, 2)), [1, 1], 0)


def test_the_shortlist_is_half_of_the_weightings_and_sure_ones_come_first() -> None:
    done = award(rank_acceptability(ROWS, weights=Weights.around([0.4, 0.4, 0.2], 0.5)), 2)
    assert done.shortlist == (0, 1)
    assert done.standing == ("robust", "defensible", "lottery", "outside", "unranked")
    assert done.share[:4].sum() == pytest.approx(2)
    with pytest.raises(ValueError, match="in order"):
        award(rank_acceptability([[1]]), 1, short=0.9, robust=0.5)


def test_the_leader_is_explained_with_what_would_change_it() -> None:
    assert said(0) == [
        "„Дъга“ е сред първите 2 при 100 % от 10\u2009000 разумни тежести.",
        "Мястото е устойчиво: почти не зависи от избора на тежести.",
        "При девет от десет тежести мястото е между 1 и 2.",
        "Силна страна: съдържание (90 от 100).",
        "Слаба страна: място в общността (41 от 100).",
        "Ако тежестта на „място в общността“ е над 27 %, първо място заема „Слънце“.",
    ]


def test_what_is_not_known_is_said() -> None:
    assert said(3)[-1] == "Няма оценка по: място в общността."
    assert said(4) == [
        "Няма оценки по: съдържание, място в общността.",
        "Без място в класирането: оценени са 40 % от тежестта, а трябва поне 66 %.",
    ]
    assert said(1, k=1)[0].startswith("„Слънце“ е на първо място при ")


def test_a_share_is_whole_percent_and_all_or_none_only_if_it_is() -> None:
    assert [percent(p) for p in (0, 0.0001, 0.005, 0.945, 0.9999, 1)] == [0, 1, 1, 95, 99, 100]


def test_names_that_do_not_fit_are_refused() -> None:
    result = rank_acceptability(ROWS)
    with pytest.raises(ValueError, match="one for each service"):
        explain(result, ROWS, 0, names=NAMES[:2], criteria=CRITERIA)
    with pytest.raises(ValueError, match="shape 5 × 3"):
        explain(result, ROWS[:2], 0, names=NAMES, criteria=CRITERIA)


def test_nobody_is_told_anything_in_code_or_long_sentences() -> None:
    result = rank_acceptability(ROWS)
    sentences = [
        say(one, "bg") for i in range(5) for one in explain(result, ROWS, i, names=NAMES, criteria=CRITERIA)
    ]
    assert all("{" not in one and len(one.split()) <= 22 for one in sentences)


def test_the_face_in_json_answers_its_example_and_the_other_questions() -> None:
    told = json.loads(json.dumps(FACE.run(FACE.example), allow_nan=False))
    assert told["shortlist"] == [0, 1]
    assert told["why"][0][-1]["kind"] == "change"
    assert FACE.run({"do": "best", "marks": [[1, 2], [2, 1]], "shares": [0.2, 0.8]})["score"] == [1, 1]
    scored = FACE.run(
        {"do": "scores", "raw": {"a": [1, 3]}, "framework": {"indicators": ["a"], "parents": {"a": "I"}}}
    )
    assert scored["ranks"] == {"I": [2, 1]}
    for weights in ({"order": [0, 1]}, {"low": 0.1}, {"table": [[1, 1]]}):
        assert FACE.run({"marks": [[2, 2], [1, 1]], "weights": weights})["first"] == [1, 0]
    with pytest.raises(ValueError, match="must have raw and framework"):
        FACE.run({"do": "scores"})


def test_a_hidden_weak_side_a_capped_value_and_a_gap_are_told() -> None:
    marks = {"a": [*range(40, 60), 100.0], "b": [*range(40, 60), 0.0]}
    pair = Framework(["a", "b"], {"a": "I", "b": "I"}, bounds={"a": (0, 100), "b": (0, 100)})
    assert [str(one) for one in doubts(scores(marks, pair), 20)] == [
        "Ако силните страни не покриват слабите, мястото е с 11 места по-надолу."
    ]
    far = scores(
        {"a": [*range(11), 100.0], "b": [*range(11), None]}, Framework(["a", "b"], {"a": "I", "b": "I"})
    )
    assert [str(one) for one in doubts(far, 11, {"a": "посещения"})] == [
        "Стойността по „посещения“ е крайна и е приравнена към следващата.",
        "Данните покриват 50 % от тежестта.",
    ]
    assert doubts(far, 3) == ()


def test_the_best_case_of_a_service_is_told_with_who_is_ahead_even_so() -> None:
    done = best_for([[4, 1], [1, 4], [2, 2], [0, 0]])
    assert [str(one) for one in at_best(done, 0, NAMES)] == [
        "При най-изгодните за „Дъга“ тежести никоя услуга не е по-добра."
    ]
    assert [str(one) for one in at_best(done, 2, NAMES)] == [
        "И при най-изгодните за „Роза“ тежести резултатът е 80 % от най-добрия.",
        "Дори тогава напред са: „Дъга“, „Слънце“.",
    ]
    assert len(at_best(done, 3, NAMES)) == 1
