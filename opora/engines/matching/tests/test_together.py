"""The joint proposal: the best there is, proven, and the true price of every deviation."""

from functools import cache

import numpy as np
import pytest

from opora.engines.common.reasons import say
from opora.engines.matching import Criteria, Pool, rank, together
from opora.engines.matching import search as searching
from opora.engines.matching.market import Market
from opora.engines.matching.quick import Quick
from opora.engines.matching.tests import make

PLAIN = Criteria()


def _table(children: list, families: list, criteria: Criteria = PLAIN) -> np.ndarray:
    market = Market(children, Pool.of(families), criteria)
    rows = [np.where(market.tiers(c)[0] == 0, market.row(c), -np.inf) for c in range(len(children))]
    return np.array(rows).reshape(len(children), len(families))


def _best(table: np.ndarray, unplaced: float = 0.0) -> float:
    """Every way there is."""

    @cache
    def go(child: int, used: int) -> float:
        if child == len(table):
            return 0.0
        ways = [unplaced + go(child + 1, used)]
        for family, points in enumerate(table[child]):
            if not used >> family & 1 and np.isfinite(points):
                ways.append(points + go(child + 1, used | 1 << family))
        return max(ways)

    return go(0, 0)


def _instance(seed: int) -> tuple[list, list]:
    return make.children(seed, 1 + seed % 7, 0.4), make.families(seed, 1 + seed % 8, 0.03, 0.05)


def test_the_total_is_that_of_trying_everything_on_200_small_cases() -> None:
    for seed in range(200):
        children, families = _instance(seed)
        joint = together(children, families, PLAIN)
        table = _table(children, families)
        assert joint.total == pytest.approx(_best(table), abs=1e-6)
        assert joint.proven
        assert joint.bound == joint.total
        placed = joint.home[joint.home >= 0]
        assert len(set(placed.tolist())) == len(placed)
        assert joint.total == pytest.approx(sum(pair.score for pair in joint.pairs))


@pytest.mark.parametrize("unplaced", [-1000.0, 50.0])
def test_what_being_left_out_counts_is_the_users_to_say(unplaced: float) -> None:
    for seed in range(8):
        children, families = _instance(seed)
        criteria = Criteria(unplaced=unplaced)
        assert together(children, families, criteria).total == pytest.approx(
            _best(_table(children, families), unplaced), abs=1e-6
        )


def test_the_price_of_a_deviation_is_that_of_solving_anew() -> None:
    for seed in range(14):
        children, families = _instance(seed)
        joint, table = together(children, families, PLAIN), _table(children, families)
        for c, child in enumerate(children):
            for f, family in enumerate(families):
                told = joint.price(child.id, family.id)
                if not np.isfinite(table[c, f]):
                    assert told.price == np.inf
                    continue
                rest = table.copy()
                rest[c], rest[:, f] = -np.inf, -np.inf
                assert told.price == pytest.approx(joint.total - table[c, f] - _best(rest), abs=1e-5)
                assert joint.at_least(child.id)[f] <= told.price + 1e-9
                _moved(joint, table, c, f, told)


def _moved(joint: object, table: np.ndarray, child: int, family: int, told: object) -> None:
    """The moves told make room: a proposal that can be, which costs the price unless the place left empty is of use."""
    home = joint.home.copy()
    home[child] = family
    market = joint._market
    for name, to in told.moves:
        row = [one.id for one in market.children].index(name)
        home[row] = -1 if to is None else market.pool.index[to]
    placed = home[home >= 0]
    assert len(set(placed.tolist())) == len(placed)
    total = sum(table[c, f] for c, f in enumerate(home) if f >= 0)
    freed = joint.home[child]
    if freed < 0 or joint.demand[freed] == 0 or freed in placed:
        assert joint.total - total == pytest.approx(told.price, abs=1e-5)
    else:
        assert joint.total - total > told.price - 1e-5


def test_single_precision_errs_less_than_it_says() -> None:
    children, families = make.children(1, 40, 0.3), make.families(1, 60, 0.1)
    quick, table = Quick(Market(children, Pool.of(families), PLAIN)), _table(children, families)
    found = np.vstack([block for _, block in quick.blocks()])
    exact = table[np.ix_(quick.children, quick.families)]
    assert ((found > quick.floor) == np.isfinite(exact)).all()
    assert np.abs(found - exact)[np.isfinite(exact)].max() < quick.error < 0.05


def test_better_pairs_left_out_at_first_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    children, families = make.children(7, 60, 0.2), make.families(7, 60, 0.0, 0.0)
    whole = together(children, families, PLAIN)
    monkeypatch.setattr(searching, "FIRST", 1)
    monkeypatch.setattr(searching, "MORE", 1)
    monkeypatch.setattr(searching, "CROWD", 2)
    notes: list[str] = []
    assert (
        together(children, families, PLAIN, tell=lambda _, __, note: notes.append(note)).total == whole.total
    )
    assert sum(note.startswith("round") for note in notes) > 2


def test_equal_families_are_given_in_order_whatever_order_they_come_in() -> None:
    children = [make.child(f"c{n}", waiting=n % 3) for n in range(30)]
    families = [make.family(f"f{n:02}") for n in range(20)]
    one = together(children, families, PLAIN)
    other = together(children[::-1], families[::-1], PLAIN)
    assert {(p.child, p.family) for p in one.pairs} == {(p.child, p.family) for p in other.pairs}
    assert one.total == 2000
    assert len(one.unplaced) == 10


def test_a_family_takes_one_record_and_brothers_and_sisters_stay_together() -> None:
    group, single = make.child("group", ages=(4.0, 6.0)), make.child("single")
    joint = together([group, single], [make.family("two", free=3), make.family("one", free=1)], PLAIN)
    assert [(pair.child, pair.family) for pair in joint.pairs] == [("group", "two"), ("single", "one")]


def test_a_family_of_which_something_hard_is_not_known_is_not_proposed() -> None:
    joint = together([make.child()], [make.family(approved=None)], PLAIN)
    assert joint.unplaced == ("c",)
    assert [say(one) for one in joint.why] == [
        "0 деца имат предложено семейство.",
        "1 дете остава без предложение.",
    ]


def test_nobody_and_nothing_give_an_empty_proposal() -> None:
    assert together([], [make.family()], PLAIN).total == 0
    assert together([make.child()], [], PLAIN).unplaced == ("c",)
    with pytest.raises(ValueError, match="comes twice"):
        together([make.child(), make.child()], [], PLAIN)
    with pytest.raises(ValueError, match="there is no family x"):
        together([make.child()], [make.family()], PLAIN).price("c", "x")


def test_first_of_the_list_alone_is_first_together() -> None:
    child, families = make.children(3, 1, 0.2)[0], make.families(3, 30)
    joint, listed = together([child], families, PLAIN), rank(child, families, PLAIN)
    assert joint.pairs[0].score == listed[0].score


@pytest.mark.slow
def test_a_larger_market_equals_the_dense_solver() -> None:
    from scipy.optimize import linear_sum_assignment

    children, families = make.children(11, 250, 0.2), make.families(11, 400, 0.02, 0.05)
    table = np.maximum(np.nan_to_num(_table(children, families), neginf=0), 0)
    rows, columns = linear_sum_assignment(table, maximize=True)
    assert together(children, families, PLAIN).total == pytest.approx(table[rows, columns].sum(), abs=1e-5)
