"""Places by planning rules: monotone, shares add up, what is missing is named and never guessed."""

import math
import random
from collections import defaultdict
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from opora.engines.norms import Group, Indicator, Line, Missing, Norm, Rule, RuleSet, places, total
from opora.engines.norms.tests import make
from opora.engines.norms.wire import FACE


def planned(rule_set: RuleSet, known: dict) -> dict[str, Line]:
    return {line.municipality: line for line in places(rule_set, make.figures(**known))}


@settings(max_examples=35, deadline=None)
@given(make.plannings(), st.sampled_from(make.TOWNS), st.floats(0, 300))
def test_more_people_in_need_never_give_fewer_places_in_the_own_line_or_in_a_sum(
    planning: tuple, town: str, more: float
) -> None:
    rule_set, known = planning
    children, people = known[town]
    if children is None:
        return
    before = planned(rule_set, known)
    after = planned(rule_set, {**known, town: (children + more, people)})
    for one in make.TOWNS:
        assert (before[one].places is None) == (after[one].places is None)
        if before[one].whole is not None:
            assert after[one].whole >= before[one].whole
        if before[one].at_least is not None:
            assert after[one].at_least >= before[one].at_least
    if before[town].places is not None:
        assert after[town].places >= before[town].places
        assert after[town].places + after[town].unmet >= before[town].places + before[town].unmet
    if total(before.values()) is not None:
        assert total(after.values()) >= total(before.values())


@settings(max_examples=35, deadline=None)
@given(make.plannings(gaps=False), st.data())
def test_rounded_up_more_people_of_any_kind_never_give_fewer_places_together(
    planning: tuple, data: st.DataObject
) -> None:
    """Also when a population grows over the minimum and the sharing ends (without a least size)."""
    rule_set, known = planning
    (drawn,) = rule_set.norms
    plain = RuleSet((Norm(drawn.kind, drawn.target, drawn.coefficient, drawn.minimum),), rule_set.groups)
    grown = {town: tuple(v + data.draw(st.integers(0, 9000)) for v in pair) for town, pair in known.items()}
    assert total(planned(plain, grown).values()) >= total(planned(plain, known).values())


@settings(max_examples=35, deadline=None)
@given(make.plannings())
def test_shares_add_up_to_the_rounded_sum_and_stay_within_one_of_the_own_need(planning: tuple) -> None:
    units = defaultdict(list)
    for line in planned(*planning).values():
        if line.places is not None:
            units[line.shared or (line.municipality,)].append(line)
    for unit, lines in units.items():
        assert len(unit) == len(lines)
        assert sum(line.places for line in lines) == lines[0].whole
        assert {line.whole for line in lines} == {lines[0].whole}
        asked = sum(line.places + line.unmet for line in lines)
        need = sum(line.need for line in lines)
        assert abs(asked - need) < 1 + 1e-9
        assert all(abs(line.places + line.unmet - line.need) < 1 + 1e-9 for line in lines)
        assert lines[0].services in (None, math.ceil(lines[0].whole / 8))


@settings(max_examples=35, deadline=None)
@given(make.plannings())
def test_what_is_missing_is_named_and_nothing_is_guessed(planning: tuple) -> None:
    rule_set, known = planning
    for town, line in planned(rule_set, known).items():
        assert (line.places is None) == bool(line.missing)
        assert (line.need is None) == (known[town][0] is None)
        if known[town][0] is None:
            assert Missing(town, "children") in line.missing
        for one in line.missing:
            assert known[one.municipality][0 if one.indicator == "children" else 1] is None
            assert one.municipality == town or one.municipality in line.shared
            assert any(one.municipality in str(reason) for reason in line.why if reason.kind == "unknown")


@settings(max_examples=35, deadline=None)
@given(make.plannings(), st.data())
def test_whatever_the_missing_figures_are_the_whole_is_at_least_what_was_said(
    planning: tuple, data: st.DataObject
) -> None:
    rule_set, known = planning
    before = planned(rule_set, known)
    filled = {
        town: tuple(data.draw(st.integers(0, 500)) if value is None else value for value in pair)
        for town, pair in known.items()
    }
    for town, line in planned(rule_set, filled).items():
        if before[town].at_least is not None and line.shared == before[town].shared:
            assert line.whole >= before[town].at_least


@settings(max_examples=35, deadline=None)
@given(make.plannings(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_irrelevant(planning: tuple, chance: random.Random) -> None:
    rule_set, known = planning
    rows = make.figures(**known)
    first = places(rule_set, rows)
    chance.shuffle(rows)
    groups = [Group(tuple(reversed(g.members)), g.host, g.kinds, g.always) for g in reversed(rule_set.groups)]
    assert places(RuleSet(rule_set.norms, tuple(groups)), rows) == first


def test_the_arithmetic_is_exact_where_floats_are_not() -> None:
    assert 1100 * 0.07 > 77
    one = RuleSet((make.norm(7),))
    assert places(one, make.figures(A=(1100, None)))[0].places == 77
    assert places(RuleSet((make.norm(0.1),)), make.figures(A=(3000, None)))[0].places == 3


@pytest.mark.parametrize(("rounding", "counted"), [("up", 3), ("half", 3), ("down", 2)])
def test_halves_go_up_unless_everything_goes_down(rounding: str, counted: int) -> None:
    line = places(RuleSet((make.norm(2.5, rounding=rounding),)), make.figures(A=(100, 9000)))[0]
    assert (line.need, line.places) == (2.5, counted)


@pytest.mark.parametrize(
    ("unit", "value", "counted"),
    [("percent", 1.5, 30), ("per_thousand", 15, 30), ("per_ten_thousand", 150, 30), ("share", 0.015, 30)],
)
def test_a_coefficient_may_be_in_any_of_its_units(unit: str, value: float, counted: int) -> None:
    rule_set = RuleSet((Norm("day_care", "children", make.rule("c", value, unit)),))
    assert places(rule_set, make.figures(A=(2000, None)))[0].places == counted


def test_a_small_municipality_shares_with_its_group_by_the_largest_remainder() -> None:
    sharing = RuleSet(
        (make.norm(10, minimum=make.rule("m", 6000, "persons")),), (Group(("A", "B", "C"), "B"),)
    )
    found = planned(sharing, {"A": (14, 2700), "B": (52, 28_000), "C": (33, 9000), "D": (14, 2700)})
    assert [found[town].need for town in "ABC"] == [1.4, 5.2, 3.3]
    assert [found[town].places for town in "ABC"] == [2, 5, 3]
    assert (found["A"].whole, found["A"].host, found["A"].shared) == (10, "B", ("A", "B", "C"))
    assert (found["D"].places, found["D"].shared) == (2, ())
    assert "Населението (2\u2009700) е под прага от 6\u2009000" in " ".join(map(str, found["D"].why))


def test_when_nobody_is_small_everybody_plans_alone_unless_the_level_is_regional() -> None:
    known = {"A": (12, 9000), "B": (12, 9000)}
    minimum = make.rule("m", 6000, "persons")
    alone = planned(RuleSet((make.norm(10, minimum=minimum),), (Group(("A", "B")),)), known)
    regional = planned(RuleSet((make.norm(10, minimum=minimum),), (Group(("A", "B"), always=True),)), known)
    assert [line.places for line in alone.values()] == [2, 2]
    assert sorted(line.places for line in regional.values()) == [1, 2]
    assert regional["A"].places == 2, "equal remainders and needs: by code"


def test_a_group_shares_only_its_own_kinds() -> None:
    group = Group(("A", "B"), kinds=("shelter",), always=True)
    assert planned(RuleSet((make.norm(10),), (group,)), {"A": (12, 1), "B": (12, 1)})["A"].shared == ()


def test_too_few_places_are_told_as_unmet_and_open_with_one_more() -> None:
    norm = make.norm(10, least=make.rule("l", 6, "places"), capacity=make.rule("c", 8, "places"))
    few = planned(RuleSet((norm,)), {"A": (50, None)})["A"]
    assert (few.places, few.unmet, few.services) == (0, 5, 0)
    assert "потърсете споделяне" in " ".join(map(str, few.why))
    enough = planned(RuleSet((norm,)), {"A": (51, None)})["A"]
    assert (enough.places, enough.unmet, enough.services) == (6, 0, 1)
    assert planned(RuleSet((norm,)), {"A": (81, None)})["A"].services == 2


def test_too_few_places_of_a_group_are_shared_out_as_unmet() -> None:
    rule_set = RuleSet((make.norm(10, least=make.rule("l", 6, "places")),), (Group(("A", "B"), always=True),))
    found = planned(rule_set, {"A": (12, None), "B": (14, None)})
    assert [(line.places, line.unmet, line.whole) for line in found.values()] == [(0, 1, 0), (0, 2, 0)]


def test_a_municipality_exactly_at_the_minimum_stands_alone() -> None:
    rule_set = RuleSet((make.norm(10, minimum=make.rule("m", 6000, "persons")),), (Group(("A", "B")),))
    assert planned(rule_set, {"A": (12, 6000), "B": (12, 9000)})["A"].shared == ()
    assert planned(rule_set, {"A": (12, 5999), "B": (12, 9000)})["A"].shared == ("A", "B")


def test_a_rule_without_a_value_leaves_the_line_open_and_says_which() -> None:
    for empty in ({"value": None}, {"value": 2, "minimum": make.rule("праг", None, "persons")}):
        line = places(RuleSet((make.norm(**empty),)), make.figures(A=(100, 9000)))[0]
        assert line.places is None
        assert [one.rule for one in line.missing] == ["coefficient" if empty["value"] is None else "праг"]
        assert any("не е въведена" in str(reason) for reason in line.why)


def test_an_unknown_population_makes_sharing_unknown_unless_another_decides_it() -> None:
    rule_set = RuleSet((make.norm(10, minimum=make.rule("m", 6000, "persons")),), (Group(("A", "B")),))
    open_ = planned(rule_set, {"A": (12, None), "B": (12, 9000)})
    assert [line.places for line in open_.values()] == [None, None]
    assert open_["B"].missing == (Missing("A", "population"),)
    decided = planned(rule_set, {"A": (12, None), "B": (12, 100)})
    assert total(decided.values()) == 3


def test_a_missing_member_leaves_the_group_open_with_a_lower_bound() -> None:
    rule_set = RuleSet((make.norm(10),), (Group(("A", "B", "C"), always=True),))
    found = planned(rule_set, {"A": (12, 1), "B": (math.nan, 1), "C": (39, 1)})
    assert [line.places for line in found.values()] == [None] * 3
    assert {line.at_least for line in found.values()} == {6}
    assert found["C"].need == 3.9
    assert "Без липсващото са нужни поне 6 места." in map(str, found["A"].why)
    assert total(found.values()) is None


def test_every_line_carries_its_rules_with_source_and_doubt_and_the_figures_it_used() -> None:
    doubtful = Rule("k", 2.5, "percent", "НПСУ, глава II", False, "дял за дневна грижа")
    rule_set = RuleSet((Norm("day_care", "children", doubtful),))
    line = places(rule_set, [Indicator("A", "children", 100)], names={"children": "деца с увреждания"})[0]
    assert line.rules == (doubtful,)
    assert not line.verified
    assert line.indicators == (Indicator("A", "children", 100),)
    assert [str(reason) for reason in line.why] == [
        "Нуждата е 2,5: 2,5 на сто от 100 (деца с увреждания).",
        "Закръглено нагоре: 3 места.",
        "Основание: НПСУ, глава II.",
        "Непроверена норма: „дял за дневна грижа“.",
        "За показателя „деца с увреждания“ не е посочен източник.",
    ]


def test_figures_may_be_given_by_municipality_and_a_municipality_without_any_is_not_forgotten() -> None:
    rule_set = RuleSet((make.norm(),))
    found = places(rule_set, {"A": {"children": 40}}, municipalities=["A", "B"])
    assert [(line.municipality, line.places) for line in found] == [("A", 1), ("B", None)]
    assert found[1].missing == (Missing("B", "children"),)
    assert places(RuleSet(()), {}) == ()
    assert places(rule_set, []) == ()


def test_the_largest_remainder_is_what_a_search_over_all_sharings_finds() -> None:
    """Of all whole sharings of the total the one whose largest deviation from the needs is least."""
    from itertools import product

    from opora.engines.norms.plan import _shares

    chance = random.Random(4)
    for _ in range(60):
        needs = {town: Fraction(chance.randrange(0, 60), 10) for town in "ABC"}
        whole = math.ceil(sum(needs.values()))
        every = [s for s in product(range(8), repeat=3) if sum(s) == whole]
        best = min(sum((a - b) ** 2 for a, b in zip(s, needs.values(), strict=True)) for s in every)
        ours = _shares(needs, whole)
        assert sum((ours[town] - needs[town]) ** 2 for town in needs) == best


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: make.rule("k", -1), "the value of k must be a number of zero or more"),
        (lambda: make.rule("k", math.inf), "must be a number"),
        (lambda: make.rule("k", "2.5"), "must be a number"),
        (lambda: make.rule("k", 1, "kilos"), "unit of k"),
        (lambda: Norm("d", "c", make.rule("k", 1, "places")), "coefficient k must be in"),
        (lambda: make.norm(minimum=make.rule("m", 1)), "must be in persons"),
        (lambda: make.norm(least=make.rule("l", 1)), "l must be in places"),
        (lambda: make.norm(capacity=make.rule("c", 0, "places")), "above zero"),
        (lambda: make.norm(rounding="nearest"), "rounding must be one of"),
        (lambda: Group(("A",)), "two members"),
        (lambda: Group(("A", "A")), "two members"),
        (lambda: Group(("A", "B"), "C"), "host C is not a member"),
        (lambda: RuleSet((make.norm(), make.norm(3))), "day_care / children has two norms"),
        (
            lambda: RuleSet((make.norm(),), (Group(("A", "B")), Group(("B", "C")))),
            "B is in two groups for day_care",
        ),
        (lambda: Indicator("A", "children", -3), "children of A must be"),
        (lambda: places(RuleSet(()), [Indicator("A", "c", 1), Indicator("A", "c", 2)]), "given twice"),
        (
            lambda: places(RuleSet((make.norm(),), (Group(("A", "B")),)), [], municipalities=["A"]),
            "only some are among the municipalities",
        ),
    ],
)
def test_wrong_rules_and_figures_are_refused_in_words(call: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()


def test_the_document_gives_lines_and_totals() -> None:
    told = FACE.run(FACE.example)
    assert [(one["municipality"], one["places"]) for one in told["lines"][:3]] == [
        ("LOV02", 1),
        ("LOV18", None),
        ("LOV34", 11),
    ]
    assert told["totals"] == [
        {"kind": "day_care", "target": "children_dis", "places": None},
        {"kind": "shelter", "target": "homeless", "places": None},
    ]
    assert told["lines"][1]["missing"] == [{"municipality": "LOV18", "indicator": "children_dis"}]
    with pytest.raises(ValueError, match="names the rule x, which is not among"):
        FACE.run({**FACE.example, "norms": [{"kind": "a", "target": "b", "coefficient": "x"}]})
