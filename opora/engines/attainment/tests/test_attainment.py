"""T, what stands beside it, and what must not be guessed."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from opora.engines.attainment import change, drift, effect, outcome, t_score
from opora.engines.attainment.tests import make
from opora.engines.attainment.wire import FACE

LEVELS = st.lists(st.integers(-2, 2), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("levels", "weights", "t"),
    [
        ([0], None, 50),
        ([0, 0, 0, 0], [1, 2, 3, 4], 50),
        ([1], None, 60),
        ([-2], None, 30),
        ([1, 0, 0], None, 54.564),
        ([1, 1, 1], None, 63.693),
        ([1, -1], [3, 1], 55.822),
    ],
)
def test_the_vectors_worked_by_hand(levels: list, weights: list | None, t: float) -> None:
    assert t_score(levels, weights) == pytest.approx(t, abs=5e-4)
    assert t_score(np.array(levels), weights, 0.3) == t_score(tuple(levels), weights)


def test_the_formula_written_out_for_another_correlation() -> None:
    below = (1 - 0.2) * (4 + 1) + 0.2 * 9
    assert t_score([2, -1], [2, 1], rho=0.2) == pytest.approx(50 + 10 * 3 / math.sqrt(below), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(LEVELS, st.floats(0, 1), st.floats(0.001, 1000))
def test_only_the_proportion_of_weights_matters_and_turning_every_level_mirrors_t(
    levels: list[int], rho: float, scale: float
) -> None:
    weights = np.arange(1, len(levels) + 1)
    t = t_score(levels, weights, rho)
    assert t_score(levels, weights * scale, rho) == pytest.approx(t)
    assert t_score([-x for x in levels], weights, rho) == pytest.approx(100 - t)


@settings(max_examples=40, deadline=None)
@given(LEVELS, st.data())
def test_a_goal_reached_further_never_lowers_t(levels: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(levels) - 1))
    more = [min(2, x + 1) if place == at else x for place, x in enumerate(levels)]
    assert t_score(more) >= t_score(levels)


@pytest.mark.parametrize(
    ("levels", "weights", "rho", "said"),
    [
        ([], None, 0.3, "at least one goal"),
        ([3], None, 0.3, "from -2 to 2; at 0 stands 3"),
        ([0, 0.5], None, 0.3, "at 1 stands 0.5"),
        ([0, None], None, 0.3, "goal at 1 was not measured"),
        ([math.nan], None, 0.3, "goal at 0 was not measured"),
        ([[0, 1]], None, 0.3, "shape any"),
        ([0, 1], [1], 0.3, "shape 2"),
        ([0, 1], [1, -1], 0.3, "at least 0"),
        ([0, 1], [0, 0], 0.3, "not all be zero"),
        ([0, 1], None, 1.1, "rho must be"),
        ([0, 1], None, math.nan, "rho must be"),
    ],
)
def test_wrong_goals_are_refused_in_words(levels: list, weights: list | None, rho: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        t_score(levels, weights, rho)


def test_an_outcome_names_what_was_reached_partly_not_and_not_measured() -> None:
    found = outcome(
        [1, -1, -1, -2, None], [-1, -2, -1, -1, -2], names=("а", "б", "в", "г", "д"), set_by="детето"
    )
    assert found.state == ("achieved", "partly", "not", "not", "unmeasured")
    assert (found.achieved, found.partly, found.not_achieved) == (("а",), ("б",), ("в", "г"))
    assert found.unmeasured == ("д",)
    assert found.reached == 0.25
    assert found.t == t_score([1, -1, -1, -2])
    assert found.t_before == t_score([-1, -2, -1, -1])
    assert [str(reason) for reason in found.why] == [
        "Постигната е 1 цел от 4 измерени.",
        "Частично постигнато: б.",
        "Още не е постигнато: в, г.",
        f"Общата оценка по скалата е {str(round(found.t, 1)).replace('.', ',')}. Очакваното ниво е 50.",
        "Не е измерено и не влиза в оценката: д.",
        "Целите са поставени от: детето.",
    ]


def test_without_a_start_one_below_the_expected_is_partly_reached() -> None:
    assert outcome([0, -1, -2]).state == ("achieved", "partly", "not")
    assert math.isnan(outcome([0, -1]).t_before)
    assert math.isnan(outcome([0, -1], [-1, None]).t_before)


def test_with_nothing_measured_there_is_no_score() -> None:
    found = outcome([None, math.nan], names=["сън", "път"])
    assert math.isnan(found.t)
    assert math.isnan(found.reached)
    assert [str(reason) for reason in found.why] == ["Не е измерено и не влиза в оценката: сън, път."]
    with pytest.raises(ValueError, match="names must be as many"):
        outcome([0, 1], names=["сън"])
    with pytest.raises(ValueError, match="before must hold as many"):
        outcome([0, 1], [0])
    with pytest.raises(ValueError, match="at least one goal"):
        outcome([])


def test_the_limit_of_jacobson_and_truax() -> None:
    found = change([32.5, 40, 40, 40], [47.5, 44, 20, None], reliability=0.8, sd=7.5)
    assert found.error == pytest.approx(7.5 * math.sqrt(0.4))
    assert found.limit == pytest.approx(1.959964 * found.error, abs=1e-5)
    assert found.index[0] == pytest.approx(15 / 4.7434, abs=1e-4)
    assert found.verdict == ("better", "same", "worse", "unknown")
    assert [found.count(one) for one in ("better", "same", "worse", "unknown")] == [1, 1, 1, 1]
    assert found.difference[:3].tolist() == [15, 4, -20]


def test_without_the_reliability_nothing_is_guessed() -> None:
    found = change(40, 60)
    assert found.verdict == ("unknown",)
    assert math.isnan(found.limit)
    assert found.difference.tolist() == [20]
    assert found.why[-1].kind == "change"


def test_a_measure_where_less_is_better_turns_the_verdict_but_not_the_difference() -> None:
    less = change([30], [10], reliability=0.9, higher_is_better=False)
    assert (less.verdict, less.difference[0]) == (("better",), -20)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.floats(0.1, 50), st.floats(-100, 100))
def test_a_change_and_its_mirror_have_mirrored_verdicts(reliability: float, sd: float, by: float) -> None:
    mirror = {"better": "worse", "worse": "better", "same": "same"}
    there = change(0, by, reliability=reliability, sd=sd).verdict[0]
    assert change(0, -by, reliability=reliability, sd=sd).verdict[0] == mirror[there]
    assert (there == "same") == (abs(by) <= change(0, by, reliability=reliability, sd=sd).limit * (1 + 1e-9))


def test_a_difference_exactly_at_the_limit_is_no_change_and_a_perfect_measure_sees_any() -> None:
    limit = change(0, 0, reliability=0.75).limit
    before = np.linspace(20, 80, 101)
    assert set(change(before, before + limit, reliability=0.75).verdict) == {"same"}
    assert change(0, 1e-3, reliability=1).verdict == ("better",)
    assert change(5, 5, reliability=1).verdict == ("same",)


def test_only_error_of_measurement_is_called_change_five_times_in_a_hundred() -> None:
    chance = np.random.default_rng(2)
    true = chance.normal(50, 10 * math.sqrt(0.8), 20_000)
    before, after = (true + chance.normal(0, 10 * math.sqrt(0.2), 20_000) for _ in range(2))
    found = change(before, after, reliability=0.8)
    assert 0.04 < 1 - found.count("same") / 20_000 < 0.06


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"reliability": 1.2}, "reliability must be"),
        ({"reliability": math.nan}, "reliability must be"),
        ({"sd": 0}, "sd must be"),
        ({"sd": math.nan}, "sd must be"),
        ({"sure": 1}, "sure must be"),
    ],
)
def test_wrong_limits_are_refused(named: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        change([1], [2], **named)
    with pytest.raises(ValueError, match="before holds 2"):
        change([1, 2], [1])


def test_goals_set_too_low_too_high_and_well_are_told_apart() -> None:
    assert drift(make.scores(200)).goals == "fits"
    easy = drift(make.scores(200, 0.9))
    assert (easy.goals, drift(make.scores(200, -0.9)).goals) == ("easy", "hard")
    assert "твърде лесни" in str(easy.why[0])
    assert easy.low < easy.mean < easy.high


def test_the_spread_of_the_scores_is_judged_by_its_own_interval() -> None:
    chance = np.random.default_rng(3)
    spread = [drift(chance.normal(50, sd, 300)).spread for sd in (5, 10, 16)]
    assert spread == ["narrow", "fits", "wide"]
    assert drift([50] * 40).spread == "narrow"


def test_of_few_people_nothing_is_said() -> None:
    few = drift([70, 72, None, 75])
    assert (few.goals, few.spread, few.known) == ("unknown", "unknown", 3)
    assert math.isnan(drift([]).mean)


def test_the_mean_change_of_a_group_comes_with_its_t_interval() -> None:
    found = effect({"деца": [4, 6, 8, None], "младежи": [1], "никой": [], "други": [-5, 5, 1]})
    deviation = 2 / math.sqrt(3)
    assert (found["деца"].mean, found["деца"].known, found["деца"].missing) == (6, 3, 1)
    assert found["деца"].high == pytest.approx(6 + 4.302653 * deviation, abs=1e-5)
    assert [found[name].why[0].kind for name in ("деца", "младежи", "никой", "други")] == [
        "for",
        "unknown",
        "unknown",
        "fact",
    ]
    with pytest.raises(ValueError, match="sure must be"):
        effect({}, sure=0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(-50, 50)), max_size=12))
def test_an_interval_holds_its_mean_and_everybody_is_counted(changes: list) -> None:
    found = effect({"всички": changes})["всички"]
    assert found.known + found.missing == len(changes)
    assert found.known < 2 or found.low <= found.mean <= found.high


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"do": "change", "before": [40], "after": [62], "reliability": 0.8}, "limit"),
        ({"do": "drift", "scores": [50, None, 55]}, "goals"),
        ({"do": "effect", "groups": {"деца": [1, None, 3]}}, "деца"),
    ],
)
def test_documents_are_answered(document: dict, key: str) -> None:
    assert key in FACE.run(document)
    assert FACE.run(FACE.example)["unmeasured"] == ["спи спокойно"]
    with pytest.raises(ValueError, match="'drift' needs 'scores'"):
        FACE.run({"do": "drift"})
