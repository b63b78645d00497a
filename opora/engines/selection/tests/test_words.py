"""The reasons: true, from the ranking and the quotas alone, and arithmetic where a quota cannot hold."""

from __future__ import annotations

import pytest

from opora.engines.selection import Selection, select, words
from opora.engines.selection.tests import make


def _said(done: Selection, one: int) -> str:
    return " ".join(str(reason) for reason in done.why[one])


def _notes(done: Selection) -> str:
    return " ".join(str(reason) for reason in done.notes)


def test_points_are_the_reason_where_the_place_in_the_ranking_is_enough() -> None:
    done = select([62.5, 60, 59.75], places=1)
    assert _said(done, 0) == "Място 1 в класирането с 62,5 т. (места: 1)."
    assert _said(done, 2) == (
        "Място 3 в класирането с 59,75 т. (места: 1). "
        "При пряка замяна недостигът е 2,75 т.: най-близкото достъпно място е с 62,5 т."
    )


def test_a_quota_is_named_for_whom_it_lifts_and_for_whom_it_holds_back() -> None:
    done = select(
        [90, 80, 70, 60], places=2, quotas=[([0, 1, 2], 0, 1), ([3], 1, 1)], labels=["Ловеч", "Видин"]
    )
    assert done.chosen.tolist() == [0, 3]
    assert "„Видин“ иска поне 1, избрани: 1." in _said(done, 3)
    assert "2 по-високо класирани кандидати остават извън" in _said(done, 3)
    assert "„Ловеч“ е запълнена: избрани 1 при най-много 1." in _said(done, 1)
    assert "1 по-ниско класиран кандидат е сред избраните" in _said(done, 1)
    assert "недостигът е 10 т." in _said(done, 1)
    assert done.basis == ("points", "", "", "quota")
    assert "по точки 1, по квоти 1, по жребий 0" in _notes(done)


def test_the_lot_is_named_on_both_sides_with_its_number() -> None:
    done = select([60, 60], places=1, seed=4)
    won, lost = done.chosen[0], done.reserves[0]
    assert f"още 1 кандидат; реши жребий с номер {done.lots[won][:12]}" in _said(done, won)
    assert f"жребият с номер {done.lots[lost][:12]} е по-назад" in _said(done, lost)
    assert done.lots[won] < done.lots[lost]
    assert "Жребият е между 2 души" in _notes(done)


def test_whoever_no_exchange_lets_in_hears_that() -> None:
    done = select([9, 8, 1], places=1, quotas=[([0, 1], 0, 0)])
    assert "Никой избран не може да отстъпи мястото си" in _said(done, 0)


def test_fewer_candidates_than_places_are_all_chosen_and_it_is_said() -> None:
    done = select([3, 2], places=5)
    assert done.chosen.tolist() == [0, 1]
    assert "Има място за всеки допуснат кандидат." in _said(done, 0)
    assert "Допуснати кандидати: 2, места: 5." in _notes(done)


def test_a_quota_without_enough_candidates_is_filled_as_far_as_can_be_and_named() -> None:
    done = select([90, 80, 10], places=2, quotas=[([2], 2, 5)], labels=["Област Видин"])
    assert done.chosen.tolist() == [0, 2]
    assert done.unmet.tolist() == [0]
    assert done.proven
    assert "Област Видин има 1 допустим кандидат при минимум 2." in _notes(done)


def test_minimums_above_the_places_are_added_up() -> None:
    done = select([9, 8, 7, 6], places=3, quotas=[([0, 1], 2, 2), ([2, 3], 2, 2)], labels=["А", "Б"])
    assert done.chosen.tolist() == [0, 1, 2]
    assert "Минимумите на квоти без общи хора искат 4 души при места: 3." in _notes(done)
    assert "Б: избрани 1 при минимум 2" in _notes(done)


def test_maximums_below_the_places_are_added_up() -> None:
    done = select([9, 8, 7, 6], places=3, quotas=[([0, 1], 0, 1), ([2, 3], 0, 1)], labels=["А", "Б"])
    assert done.chosen.tolist() == [0, 1, 2]
    assert "Квотите допускат най-много 2 души при места: 3." in _notes(done)
    assert "А: избрани 2 при максимум 1" in _notes(done)


def test_every_number_in_the_reasons_follows_from_the_ranking_and_the_quotas() -> None:
    case = make.employees(3, people=90, places=25, regions=8)
    done = select(case.points, places=25, quotas=case.quotas)
    inside = set(done.chosen.tolist())
    ranking = done.ranking.tolist()
    for one, reasons in enumerate(done.why):
        found = {reason.template: reason.values for reason in reasons}
        rank = ranking.index(one) + 1
        assert found[words.RANK] == {"rank": rank, "points": case.points[one], "places": 25}
        assert (done.basis[one] != "") == (one in inside)
        if words.MISSING in found:
            open_to = [
                case.points[out] for out in inside if not make.breach(case.quotas, inside - {out} | {one})
            ]
            assert found[words.MISSING]["points"] == min(open_to)
            assert found[words.MISSING]["missing"] == min(open_to) - case.points[one]
        if words.HIGHER in found:
            assert found[words.HIGHER]["count"] == len(set(ranking[: rank - 1]) - inside)
        if words.LOWER in found:
            assert found[words.LOWER]["count"] == len(set(ranking[rank:]) & inside)


@pytest.mark.parametrize("value", [words.RANK, words.MISSING, words.DRAWN[1], words.NEEDED, words.SHORT])
def test_sentences_are_short(value: str) -> None:
    assert len(value.split()) <= 22
