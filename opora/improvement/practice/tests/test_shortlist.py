"""Values of the shortlist and of the effect: by hand where they can be reckoned, by known properties elsewhere."""

import math

import pytest

from opora.improvement.practice import effect, shortlist
from opora.improvement.practice.effect import Pair
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked

TWO = (Criterion("1.1", "Съдържание", "a", 0.5), Criterion("2.1", "Взаимодействие", "b", 0.5))
AGREED = Agreed(places=1, spread=0.5, short=0.5, robust=0.9, least_observed=0.66)
EXACT = {"1.1": (2.0, 2.0), "2.1": (2.0, 2.0)}


def marked(key: str, one: float | None, two: float | None, pairs=None) -> Marked:
    """Marks without observers' error unless said otherwise."""
    return Marked(key, {"1.1": one, "2.1": two}, EXACT if pairs is None else pairs)


def test_a_service_better_in_everything_is_first_in_every_weighting() -> None:
    found = shortlist.rank(TWO, [marked("x", 4, 3), marked("y", 3, 2)], AGREED)
    best, other = found.places
    assert (best.key, best.first, best.standing, best.listed) == ("x", 1.0, "robust", True)
    assert (other.first, other.listed, other.best, other.worst) == (0.0, False, 2, 2)
    assert best.score == pytest.approx(3.5)
    assert best.like == ()


def test_the_share_is_the_part_of_the_weights_where_it_is_better() -> None:
    # x is better where 4w + 1(1−w) > 2w + 2.5(1−w), so for w > 3/7; w goes evenly from 0.25 to 0.75.
    found = shortlist.rank(TWO, [marked("x", 4, 1), marked("y", 2, 2.5)], AGREED)
    assert found.place("x").first == pytest.approx((0.75 - 3 / 7) / 0.5, abs=0.015)
    assert found.place("x").like == ("y",)


def test_equal_services_share_their_places() -> None:
    found = shortlist.rank(TWO, [marked("x", 3, 3), marked("y", 3, 3), marked("z", 1, 1)], AGREED)
    places = {one.key: (one.from_, one.to) for one in found.places}
    assert places == {"x": (1, 2), "y": (1, 2), "z": (3, 3)}
    assert found.place("x").tied
    assert not found.place("z").tied


def test_a_gap_is_a_gap_and_too_many_give_no_place() -> None:
    agreed = Agreed(1, 0.5, 0.5, 0.9, 0.4)
    found = shortlist.rank(TWO, [marked("x", 4, None), marked("y", 3, 3)], agreed)
    assert found.place("x").score == 4
    assert found.place("x").missing == ("2.1",)
    strict = shortlist.rank(TWO, [marked("x", 4, None), marked("y", 3, 3)], AGREED)
    assert strict.place("x").from_ is None
    assert strict.place("x").standing == "unranked"
    assert strict.place("y").first == 1.0


def test_observers_who_differ_make_places_less_sure() -> None:
    apart = {"1.1": (1.0, 3.0), "2.1": (3.0, 1.0)}
    sure = shortlist.rank(TWO, [marked("x", 2.4, 2.4), marked("y", 2, 2)], AGREED)
    unsure = shortlist.rank(TWO, [marked("x", 2.4, 2.4, apart), marked("y", 2, 2, apart)], AGREED)
    assert sure.place("x").first == 1.0
    assert 0.5 < unsure.place("x").first < 0.8
    assert unsure.error["1.1"] == pytest.approx(1.0)


def test_the_error_of_an_indicator_comes_from_its_own_double_marks() -> None:
    rows = [marked(str(i), 2, 2, {"1.1": (2.0, 3.0), "2.1": (2.0, 2.0)}) for i in range(4)]
    found = shortlist.observer_error(TWO, rows)
    assert found == {"1.1": pytest.approx(0.5), "2.1": 0.0}
    few = shortlist.observer_error(TWO, rows[:1])
    assert few["1.1"] == few["2.1"] == pytest.approx(math.sqrt(0.5) / 2)
    assert shortlist.observer_error(TWO, [])["1.1"] == shortlist.DEFAULT_ERROR


def test_nothing_in_nothing_out() -> None:
    assert shortlist.rank(TWO, [], AGREED).places == ()
    assert shortlist.rank((), [marked("x", 1, 1)], AGREED).places == ()


def test_the_same_marks_give_the_same_list() -> None:
    rows = [marked("x", 3, 2), marked("y", 2, 3), marked("z", 2.5, 2.5)]
    assert shortlist.rank(TWO, rows, AGREED).places == shortlist.rank(TWO, rows, AGREED).places


def test_reasons_are_sentences_about_the_service() -> None:
    rows = [marked("x", 4, 1), marked("y", 2, 2.5)]
    found = shortlist.rank(TWO, rows, AGREED)
    said = " ".join(shortlist.reasons(found, "x", {"x": "Дъга", "y": "Роза"}, rows, AGREED))
    assert "„Дъга“ е на първо място при" in said
    assert "Силна страна: Съдържание" in said
    assert "Роза" in said


def pair(key: str, adopter: bool, before: float, after: float) -> Pair:
    return Pair(key, adopter, {"1.1": before}, {"1.1": after})


PARTS = {"всички": ["1.1"]}


def test_the_difference_is_change_less_change() -> None:
    rows = [pair("a", True, 1, 3), pair("b", False, 2, 2.5), pair("c", False, 2, 2.5)]
    (line,) = effect.compare(rows, PARTS)
    assert line.adopters_change == 2
    assert line.others_change == 0.5
    assert line.difference == pytest.approx(1.5)
    assert (line.low, line.high) == (None, None)
    assert line.as_great == pytest.approx(1 / 3)


def test_the_interval_holds_the_difference_and_says_what_chance_gives() -> None:
    rows = [pair(f"a{i}", True, 1, 2 + i / 10) for i in range(4)]
    rows += [pair(f"o{i}", False, 2, 2 + i / 20) for i in range(8)]
    (line,) = effect.compare(rows, PARTS)
    assert line.low < line.difference < line.high
    assert line.low > 0
    # One of all 495 ways to choose four of twelve gives a difference as great.
    assert line.as_great == pytest.approx(1 / 495)


def test_the_same_change_everywhere_is_no_difference() -> None:
    rows = [pair(str(i), i < 3, 1, 2) for i in range(9)]
    (line,) = effect.compare(rows, PARTS)
    assert (line.difference, line.low, line.high, line.as_great) == (0, 0, 0, 1)


def test_without_others_nothing_is_claimed() -> None:
    (line,) = effect.compare([pair("a", True, 1, 3)], PARTS)
    assert (line.others, line.difference, line.as_great) == (0, None, None)


def test_an_indicator_known_once_does_not_count() -> None:
    rows = [
        Pair("a", True, {"1.1": 1, "1.2": 0}, {"1.1": 2}), pair("b", False, 1, 1), pair("c", False, 1, 1),
    ]  # fmt: skip
    (line,) = effect.compare(rows, {"всички": ["1.1", "1.2"]})
    assert (line.adopters_before, line.adopters_after) == (1, 2)
