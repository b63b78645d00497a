"""The shortlist: what is listed, in which order, and whether what is said is so."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.common.reasons import Reason, say
from opora.engines.matching import Child, Criteria, Family, Need, Pool, rank, why_not, words
from opora.engines.matching.judge import BARRED, conditions, kilometres, marks, score, tier
from opora.engines.matching.market import Market
from opora.engines.matching.questions import child_answers, family_answers
from opora.engines.matching.tests import make

PLAIN = Criteria()


def test_the_score_is_the_published_formula() -> None:
    child = make.child(needs=("speech", "night"), ages=(9.0,), place=(43.0, 25.0))
    family = make.family(
        covers={"speech": True, "night": False},
        stands={"night": "acceptable"},
        ages=(3, 7),
        place=(43.5, 25.0),
    )
    km = 6371.0088 * math.radians(0.5)
    fit = rank(child, [family], PLAIN)[0]
    assert fit.score == pytest.approx(100 - 12 - 6 * 2 - 0.1 * km, abs=1e-6)
    assert fit.parts == pytest.approx({"need": -12, "age": -12, "distance": -0.1 * km, "stand": 0}, abs=1e-6)


def test_weights_are_those_of_the_criteria() -> None:
    child = make.child(needs=("speech",))
    family = make.family(covers={"speech": False}, stands={"speech": "uncertain"})
    criteria = Criteria(need=5, uncertain=2)
    assert rank(child, [family], criteria)[0].score == 93


def test_a_family_says_why_it_fits_in_plain_bulgarian() -> None:
    child = make.child(needs=("rehabilitation",), circumstances={"grandmother": True})
    family = make.family("Иванови", covers={"rehabilitation": False}, nearest={"rehabilitation": 24})
    names = {"rehabilitation": "рехабилитация", "grandmother": "контакти с баба"}
    fit = rank(child, [family], Criteria(names=names))[0]
    assert "Непокрита нужда: рехабилитация (най-близо на 24 км)." in [say(one) for one in fit.against]
    assert "Възрастта е в заявената: 3–12 г." in [say(one) for one in fit.for_]
    assert any("Не знаем: отношение към контакти с баба → попитайте." in str(one) for one in fit.unknown)
    assert str(fit.summary).startswith("Семейство Иванови: покрити нужди 0 от 1")


def test_ties_go_to_the_longest_waiting_then_to_the_id() -> None:
    families = [make.family("b"), make.family("c", waiting=9), make.family("a")]
    assert [fit.family for fit in rank(make.child(), families, PLAIN)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("code", "child", "family"),
    [
        ("approved", {}, {"approved": False}),
        ("measures", {"measures": False}, {}),
        ("safety", {"must_not": {"f"}}, {}),
        ("safety", {"apart": {"x"}}, {"cares_for": {"x"}}),
        ("placement", {"placement": "long"}, {"placements": {"short"}}),
        ("places", {"ages": (3.0, 4.0)}, {"free": 1}),
        ("approved_ages", {"ages": (9.0,)}, {"approved_ages": (0, 8)}),
        ("area", {"only_in": {"PVN24"}}, {}),
        ("must", {"needs": (Need("speech", must=True),)}, {"covers": {"speech": False}}),
        ("said_no", {"needs": ("speech",)}, {"stands": {"speech": "no"}}),
        ("said_no", {"circumstances": {"court": True}}, {"stands": {"court": "no"}}),
    ],
)
def test_each_hard_condition_is_named_and_a_change_is_told(code: str, child: dict, family: dict) -> None:
    kid, home = make.child(**child), make.family(**family)
    told = why_not(kid, home, PLAIN)
    assert not told.fits
    assert [one.values["criterion"] for one in told.hard_unmet] == [code]
    assert [one.values["criterion"] for one in told.would_match_if] == [code]
    listed = rank(kid, [home, make.family("g")], PLAIN)
    assert all(fit.family != "f" or fit.hard_unmet for fit in listed)
    assert ("f" in [fit.family for fit in listed]) == (code not in BARRED)


def test_a_short_list_is_filled_with_near_families_only_after_all_that_fit() -> None:
    families = [make.family("near", free=0, waiting=99), make.family("fits", ages=(10, 12))]
    listed = rank(make.child(), families, PLAIN)
    assert [(fit.family, fit.standing, fit.place) for fit in listed] == [
        ("fits", "fits", 1),
        ("near", "near", None),
    ]
    assert [say(one) for one in listed[1].would_match_if] == ["Ако местата станат с 1 повече."]
    assert [fit.family for fit in rank(make.child(), families, Criteria(near=False))] == ["fits"]


def test_a_family_that_said_no_is_never_offered() -> None:
    family = make.family(stands={"court": "no"})
    assert rank(make.child(circumstances={"court": True}), [family], PLAIN) == []


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_shortlist_never_hides_a_missed_condition(seed: int) -> None:
    child, families = make.children(seed, 1)[0], make.families(seed, 12)
    by_id = {family.id: family for family in families}
    listed = rank(child, families, PLAIN, 8)
    for fit in listed:
        missed = [one for one in conditions(child, by_id[fit.family]) if one.state == "unmet"]
        assert len(fit.hard_unmet) == len(missed)
        assert (fit.standing == "near") == bool(missed)
    order = [("fits", "ask", "near").index(fit.standing) for fit in listed]
    assert order == sorted(order)
    fitting = sum(tier(conditions(child, family)) == 0 for family in families)
    assert [fit.standing for fit in listed].count("fits") == min(8, fitting)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_thousands_at_once_are_reckoned_as_one_by_one(seed: int) -> None:
    children, families = make.children(seed, 3), make.families(seed, 15)
    market = Market(children, Pool.of(families), PLAIN)
    for row, child in enumerate(children):
        tiers, scores = market.tiers(row)[0], market.row(row)
        for column, family in enumerate(families):
            assert tiers[column] == tier(conditions(child, family))
            assert scores[column] == pytest.approx(score(marks(child, family, PLAIN)), abs=2e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_every_reason_is_true(seed: int) -> None:
    child, families = make.children(seed, 1)[0], make.families(seed, 10)
    by_id = {family.id: family for family in families}
    for fit in rank(child, families, PLAIN, 10):
        family = by_id[fit.family]
        for reason in (*fit.hard_met, *fit.hard_unmet):
            assert _holds(reason, child, family) == (reason.kind == "for"), say(reason)
        for reason in (*fit.for_, *fit.against):
            assert _speaks(reason, child, family) == reason.kind, say(reason)
        assert fit.score == pytest.approx(100 + sum(fit.parts.values()), abs=2e-6)


def _holds(reason: Reason, child: make.Child, family: Family) -> bool:
    """The hard condition, from the raw facts alone."""
    about, v = str(reason.values["code"]), reason.values
    stated = {code for code, answer in child.circumstances.items() if answer}
    stated |= {need.code for need in child.needs if need.known}
    checks = {
        "approved": lambda: family.approved is True,
        "measures": lambda: child.measures is not False,
        "safety": lambda: family.id not in child.must_not and not (child.apart & (family.cares_for or set())),
        "placement": lambda: child.placement in family.placements,
        "places": lambda: (
            family.free == v["free"] and v["size"] == len(child.ages) and family.free >= len(child.ages)
        ),
        "approved_ages": lambda: all(
            family.approved_ages[0] <= a <= family.approved_ages[1] for a in child.ages
        ),
        "area": lambda: family.municipality in child.only_in,
        "must": lambda: family.covers[about] is True,
        "said_no": lambda: (
            not any(family.stands.get(code) == "no" for code in ([about] if about else stated))
        ),
    }
    return checks[str(reason.values["criterion"])]()


def _speaks(reason: Reason, child: make.Child, family: Family) -> str:
    """Which way a soft fact speaks, from the raw facts alone; its numbers are checked on the way."""
    about, v = str(reason.values["code"]), reason.values
    code = str(v["criterion"])
    if code == "age":
        gap = max(max(0, family.ages[0] - age, age - family.ages[1]) for age in child.ages)
        assert v["gap"] == pytest.approx(gap)
        return "against" if gap else "for"
    if code == "distance":
        assert v["km"] == pytest.approx(kilometres(child.place, family.place))
        return "for" if v["km"] <= PLAIN.near_km else "against"
    good = {
        "need": lambda: family.covers[about],
        "stand": lambda: family.stands[about] == "acceptable",
        "language": lambda: bool(child.languages & family.languages),
        "experience": lambda: about in family.experienced,
        "wish": lambda: family.id in child.wishes,
        "asks": lambda: family.traits[about],
    }
    return "for" if good[code]() else "against"


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_what_an_answer_would_change_is_what_it_changes(seed: int) -> None:
    child, families = make.children(seed, 1)[0], make.families(seed, 8, unknown=0.3)
    for fit in rank(child, families, PLAIN, 3):
        column = [family.id for family in families].index(fit.family)
        for one in fit.unknown:
            if one.best is None and one.worst is None:
                continue
            told = (one.best, one.worst)
            assert _after_each_answer(one.ask, child, families, column) == told, (fit.place, str(one))


def _after_each_answer(
    ask: Reason, child: Child, families: list[Family], column: int
) -> tuple[int | None, int | None]:
    """The family's place after a good and a bad answer; of the child: if it is so and if it is not."""
    code, about = ask.values["criterion"], ask.values["code"]
    if _is_of_child(ask):
        cases = [(answered, families) for answered in child_answers(about, child)]
    else:
        facts = [*conditions(child, families[column]), *marks(child, families[column], PLAIN)]
        asked = [fact for fact in facts if (fact.code, fact.about) == (code, about)]
        fact = next(f for f in asked if getattr(f, "state", getattr(f, "speaks", "")) == "unknown")
        changed = family_answers(fact, child, families[column])
        cases = [(child, [*families[:column], one, *families[column + 1 :]]) for one in changed]
    return tuple(_place(families[column].id, *case) for case in cases)  # type: ignore[return-value]


def _place(family: str, child: Child, families: list[Family]) -> int | None:
    return next((fit.place for fit in rank(child, families, PLAIN, 99) if fit.family == family), None)


def _is_of_child(ask: Reason) -> bool:
    """By the sentence the worker reads, not by the engine's own mark."""
    return ask.template in words.OF_CHILD.values() or ask.values["criterion"] == "said_no"


def test_a_needed_thing_not_established_asks_about_the_child_not_about_the_family() -> None:
    child = make.child(needs=(Need("speech", must=True, known=False),))
    fit = rank(child, [make.family(covers={"speech": False}), make.family("g")], PLAIN)[0]
    asked = next(one for one in fit.unknown if one.ask.values["code"] == "speech")
    assert str(asked).startswith(
        "Не е установено дали детето има тази задължителна нужда: speech → попитайте. Ако е така"
    )
    assert [say(one) for one in fit.would_match_if] == [
        "Ако се потвърди, че детето няма тази нужда или че тя се покрива: speech."
    ]


def test_the_changes_told_are_enough_and_none_is_idle() -> None:
    child = make.child(
        needs=(Need("speech", must=True),), ages=(9.0, 4.0), placement="long", only_in={"PVN24"}
    )
    family = make.family(approved=False, placements={"short"}, approved_ages=(5, 8), covers={"speech": False})
    told = why_not(child, family, PLAIN)
    changes = {
        "approved": {"approved": True},
        "placement": {"placements": {"short", "long"}},
        "places": {"free": 2},
        "approved_ages": {"approved_ages": (4, 9)},
        "area": {"municipality": "PVN24"},
        "must": {"covers": {"speech": True}},
    }
    codes = [str(one.values["criterion"]) for one in told.would_match_if]
    assert sorted(codes) == sorted(changes)
    for left_out in (None, *codes):
        facts = {k: v for code in codes if code != left_out for k, v in changes[code].items()}
        assert why_not(child, dataclasses.replace(family, **facts), PLAIN).fits == (left_out is None)


def test_why_not_tells_where_a_family_stands_and_who_is_before_it_and_why() -> None:
    families = [make.family("a"), make.family("b", ages=(9, 12)), make.family("c", waiting=5)]
    told = why_not(make.child(), families[1], PLAIN, families=families)
    assert (told.fits, told.place, told.of) == (True, 3, 3)
    assert [say(one) for one in told.before] == [
        "Преди него е семейство c: с 12 точки повече, най-вече заради възрастта.",
        "Преди него е семейство a: с 12 точки повече, най-вече заради възрастта.",
    ]
    assert "чака по-дълго" in say(why_not(make.child(), families[0], PLAIN, families=families).before[0])


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_what_is_not_asked_for_changes_nothing(seed: int, chance: object) -> None:
    """Sensitive and unused attributes travel in `other` and in traits no child asks for; permuting them is idle."""
    child, families = make.children(seed, 1)[0], make.families(seed, 10)
    child = dataclasses.replace(child, asks=frozenset())
    carried = [
        {"ethnicity": n % 3, "religion": n % 2, "income": n, "sex": n % 2} for n in range(len(families))
    ]
    traits = [{"religion:x": bool(n % 2)} for n in range(len(families))]

    def told(order: list[int]) -> list[object]:
        given_ = [
            dataclasses.replace(f, other=carried[n], traits=traits[n])
            for f, n in zip(families, order, strict=True)
        ]
        return rank(dataclasses.replace(child, other=carried[order[0]]), given_, PLAIN)

    order = list(range(len(families)))
    before = told(order)
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert told(order) == before == rank(child, families, PLAIN)


def test_the_order_of_the_list_does_not_matter_and_a_pool_answers_the_same() -> None:
    child, families = make.children(5, 1)[0], make.families(5, 40)
    assert (
        rank(child, families, PLAIN)
        == rank(child, families[::-1], PLAIN)
        == rank(child, Pool.of(families), PLAIN)
    )


def test_the_wish_of_the_child_weighs_most() -> None:
    child = make.child(needs=("speech",), wishes={"b"})
    families = [make.family("a", covers={"speech": True}), make.family("b", covers={"speech": False})]
    assert rank(child, families, PLAIN)[0].family == "b"
    with pytest.raises(ValueError, match="wish must weigh at least as much as need"):
        Criteria(need=30)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: make.child(ages=()), "one age for each child"),
        (lambda: make.child(ages=(float("nan"),)), "must be a finite number"),
        (lambda: make.child(ages=(-1,)), "must be a finite number"),
        (lambda: make.child(place=(float("nan"), 3)), "latitude and a longitude"),
        (lambda: make.child(needs=("a", "a")), "twice"),
        (lambda: make.child(wishes={"f"}, refuses={"f"}), "both wishes and refuses"),
        (lambda: make.child(wishes="f"), "must be a set"),
        (lambda: make.child(""), "must have an id"),
        (lambda: make.family(ages=(9, 3)), "a lower and an upper"),
        (lambda: make.family(covers={"speech": "yes"}), "true, false or None"),
        (lambda: make.family(approved="yes"), "true, false or None"),
        (lambda: make.family(free=-1), "at least 0"),
        (lambda: make.family(stands={"a": "maybe"}), "acceptable, uncertain or no"),
        (lambda: Criteria(age=float("nan")), "finite number"),
        (lambda: Criteria(unknown_share=2), "at most 1"),
        (lambda: rank(make.child(), [make.family(), make.family()], PLAIN), "comes twice"),
        (lambda: rank(make.child(), [make.family()], PLAIN, -1), "limit must be at least 0"),
        (lambda: rank(make.child(), ["f"], PLAIN), "must be of the type Family"),
        (lambda: rank("c", [], PLAIN), "must be of the type Child"),
    ],
)
def test_bad_input_is_told_in_one_sentence(made: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        made()  # type: ignore[operator]


def test_no_families_no_shortlist() -> None:
    assert rank(make.child(), [], PLAIN) == []
    assert rank(make.child(), [make.family()], PLAIN, 0) == []
    assert np.array_equal(Market([make.child()], Pool.of([]), PLAIN).row(0), [])
