"""Limits of alpha, strictness of observers, and the report in words."""

import numpy as np
import pytest

from opora.engines.agreement import alpha, interval, report, severity
from opora.engines.agreement.disagreement import prepared, recipe
from opora.engines.agreement.tests import make
from opora.engines.agreement.wire import FACE
from opora.engines.common.reasons import say


def looped(marks: np.ndarray, level: str, draws: int, seed: int) -> tuple[float, float]:
    """The same draws one after another, alpha from the beginning each time."""
    paired = marks[:, (~np.isnan(marks)).sum(axis=0) > 1]
    picked = np.random.default_rng(seed).integers(0, paired.shape[1], size=(draws, paired.shape[1]))
    low, high = np.quantile([alpha(paired[:, row], level) for row in picked], (0.025, 0.975))
    return float(low), float(high)


@pytest.mark.parametrize("level", make.LEVELS)
def test_the_product_of_matrices_gives_what_a_loop_over_draws_gives(level: str) -> None:
    marks = make.visits(60, 4)
    assert interval(marks, level, 150, 7) == pytest.approx(looped(marks, level, 150, 7), abs=1e-9)


def test_the_same_seed_gives_the_same_limits_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    marks, told = make.visits(80), []
    first = interval(marks, "ordinal", 300, 3)
    monkeypatch.setattr("opora.engines.agreement.resampling.CELLS", 1000)
    assert interval(marks, "ordinal", 300, 3, tell=lambda *step: told.append(step)) == first
    assert told[-1] == (300, 300, "draws")
    assert len(told) > 10
    assert interval(marks, "ordinal", 300, 4) != first


@pytest.mark.slow
def test_the_limits_hold_the_true_alpha_about_95_times_in_100() -> None:
    true = alpha(make.visits(200_000, 5, 99), "interval")
    limits = [interval(make.visits(150, 5, seed), "interval", 500) for seed in range(300)]
    held = np.mean([low <= true <= high for low, high in limits])
    assert 0.90 <= held <= 0.98


def test_more_units_make_the_limits_narrower() -> None:
    width = [np.subtract(*interval(make.visits(units), "ordinal", 400)[::-1]) for units in (40, 640)]
    assert width[1] < width[0] / 2


@pytest.mark.parametrize(
    "marks", [[[1, 1], [1, 1]], [[1, 2, 3]], [[1, np.nan], [2, 3]], np.eye(2, 100).tolist()]
)
def test_there_are_no_limits_where_alpha_is_not_known_or_most_draws_are_equal(marks: list) -> None:
    assert np.isnan(interval(marks, "ordinal", 200)).all()


def test_a_draw_of_equal_marks_only_has_no_alpha_whatever_rounding_leaves() -> None:
    marks = np.array([[0.1, 0.3, 0.7], [0.1, 0.3, 0.7]])
    for level in make.LEVELS:
        made = recipe(prepared(marks, level), level)
        drawn = made.finish(np.diag([3.0, 7.0, 11.0]) @ made.table)
        assert np.isnan(drawn).all(), level


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"draws": 1.5}, {"seed": -1}])
def test_wrong_draws_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="must be"):
        interval(make.KRIPPENDORFF, "ordinal", **wrong)


def test_a_strict_and_a_mild_observer_are_found_and_the_units_are_not_mistaken_for_them() -> None:
    chance = np.random.default_rng(5)
    truth = np.where(np.arange(300) < 150, 1.0, 4.0)
    marks = truth + np.array([0.0, -0.7, 0.7, 0.0])[:, None] + chance.normal(0, 0.5, (4, 300))
    marks[0, :100] = np.nan
    marks[1, 200:] = np.nan
    found = severity(marks)
    assert found.verdict == ("alike", "stricter", "milder", "alike")
    assert found.shift == pytest.approx([0, -0.7, 0.7, 0], abs=0.12)
    assert found.shift.sum() == pytest.approx(0, abs=1e-9)
    assert ((found.low < found.shift) & (found.shift < found.high)).all()
    assert found.shared.tolist() == [200, 200, 300, 300]


def test_two_observers_differ_by_the_mean_difference_with_the_error_of_a_paired_t() -> None:
    marks = np.array([[3.0, 4, 2, 5, 3], [2.0, 4, 1, 3, 3]])
    apart = marks[0] - marks[1]
    found = severity(marks)
    assert found.shift == pytest.approx([apart.mean() / 2, -apart.mean() / 2])
    assert found.error == pytest.approx(apart.std(ddof=1) / np.sqrt(5) / 2)


def test_observers_who_share_no_unit_are_not_compared() -> None:
    _ = np.nan
    found = severity(
        [[1, 2, 3, _, _, _], [2, 2, 4, _, _, _], [_, _, _, 1, 2, 1], [_, _, _, 5, 5, 4], [_] * 6]
    )
    assert found.group.tolist() == [0, 0, 1, 1, -1]
    assert found.verdict[4] == "unknown"
    assert found.shift[:2].sum() == pytest.approx(0)
    assert np.isnan(found.shift[4])
    assert severity([[3, 4]]).verdict == ("unknown",)
    assert severity([[3], [4]]).verdict == ("unknown", "unknown")


def test_no_observer_is_called_strict_by_chance_more_often_than_agreed() -> None:
    called = 0
    for seed in range(100):
        marks = np.random.default_rng(seed).normal(3, 1, (6, 40))
        called += any(verdict != "alike" for verdict in severity(marks).verdict)
    assert called <= 12


def test_the_words_about_an_observer_name_him_and_the_size() -> None:
    why = severity(np.array([[2.0, 3, 2, 3], [4.0, 5, 4, 5.1]])).why(("Първи", "Втори"))
    assert say(why[0]) == (
        "Първи оценява средно с 1,01 по-строго от другите. Разликата е между −1,06 и −0,96; общи обекти: 4."
    )


def test_the_report_of_the_published_table() -> None:
    found = report(make.KRIPPENDORFF)
    assert (found.verdict, found.double, found.marked, found.uniform, found.enough) == (
        "reliable",
        11,
        12,
        False,
        False,
    )
    assert found.apart == 1
    assert found.low < found.alpha < found.high
    assert not found.firm
    assert [reason.kind for reason in found.why] == ["fact", "unknown", "change", "against"]
    assert str(found.why[0]) == "Алфа е 0,82, поне 0,8, но обектите не стигат за сигурен извод."


def test_many_units_make_the_word_firm() -> None:
    marks = np.repeat(make.KRIPPENDORFF, 40, axis=1)
    found = report(marks)
    assert (found.verdict, found.enough, found.alpha < found.low) == ("reliable", True, False)
    assert found.firm == (found.low >= 0.8)
    sure = report(np.tile([[1, 2, 3, 4], [1, 2, 3, 4]], 30))
    assert (sure.verdict, sure.firm, sure.why[0].kind) == ("reliable", True, "for")
    chance = report(np.random.default_rng(1).integers(1, 6, (3, 200)))
    assert (chance.verdict, chance.firm) == ("unreliable", True)


def test_the_limits_of_the_words_are_parameters() -> None:
    assert report(make.KRIPPENDORFF, reliable=0.9).verdict == "tentative"
    assert report(make.KRIPPENDORFF, reliable=0.9, tentative=0.85).verdict == "unreliable"
    assert report(make.KRIPPENDORFF, step=3).apart == 0
    with pytest.raises(ValueError, match="must not be above"):
        report(make.KRIPPENDORFF, reliable=0.5)


def test_nearly_equal_marks_are_not_called_unreliable_but_shown_by_the_second_figure() -> None:
    marks = np.full((2, 100), 3.0)
    marks[1, :2] = 2
    found = report(marks)
    assert (found.verdict, found.uniform) == ("unknown", True)
    assert found.alpha < 0.1 < 0.95 < found.ac2
    assert any("Почти всички оценки са еднакви" in str(reason) for reason in found.why)
    equal = report([[2, 2], [2, 2]])
    assert (equal.verdict, equal.ac2) == ("unknown", 1)


def test_fine_measures_have_no_second_figure_and_do_not_fill_the_memory() -> None:
    marks = np.random.default_rng(1).normal(size=(2, 3000)) + np.linspace(0, 9, 3000)
    found = report(marks, "interval", draws=100)
    assert found.verdict == "reliable"
    assert np.isnan(found.ac2)


def test_without_two_marks_anywhere_nothing_is_said_but_that() -> None:
    found = report([[1, 2, 3]])
    assert (found.verdict, found.double, found.marked) == ("unknown", 0, 3)
    assert len(found.why) == 1


def test_the_document_answers_for_every_indicator_and_observer() -> None:
    told = FACE.run(FACE.example)
    assert [one["name"] for one in told["indicators"]] == [one["name"] for one in FACE.example["indicators"]]
    assert told["indicators"][0]["alpha"] == pytest.approx(alpha(make.KRIPPENDORFF))
    assert len(told["indicators"][0]["observers"]) == 4
    with pytest.raises(ValueError, match="4 rows of marks but 1 observers"):
        FACE.run({**FACE.example, "observers": ["Първи"]})
