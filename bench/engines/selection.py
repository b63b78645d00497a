"""318 employees, 84 places, quotas of 28 regions and two bodies: the best set, all certificates, the lot.

Employees are drawn to regions by the people of their municipalities, two in each at least; points in halves.
"""

import csv

import numpy as np
from scipy import sparse

from bench.engines.measuring import SHARED, Row, judged, ours, peer, ratio, seconds
from opora.engines.selection import certificate, cohorts, select
from opora.engines.solver import Model, solve

SEED = 20261127
PEOPLE, PLACES = 318, 84
PEER = "PuLP 3.3.2 + CBC"


def employees(third=False):
    """Points and quotas; ``third``: four age groups too, so that no two nested families hold all quotas."""
    with (SHARED / "geo" / "bg_municipalities.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["region"], float(row["pop_current"] or 0)) for row in csv.DictReader(stream)]
    codes = sorted({region for region, _ in rows})
    living = np.array([sum(people for region, people in rows if region == code) for code in codes])
    random = np.random.default_rng(SEED)
    rest = random.choice(len(codes), PEOPLE - 2 * len(codes), p=living / living.sum())
    region = np.concatenate([np.arange(len(codes)).repeat(2), rest])
    body, age = random.random(PEOPLE) < 0.35, random.integers(0, 4, PEOPLE)
    points = np.clip(np.round(random.normal(65, 12, PEOPLE) * 2) / 2, 0, 100)
    quotas = [(np.flatnonzero(region == one).tolist(), 2, 5) for one in range(len(codes))]
    quotas += [(np.flatnonzero(body == one).tolist(), 34, None) for one in (False, True)]
    if third:
        quotas += [(np.flatnonzero(age == one).tolist(), 14, 28) for one in range(4)]
    return points, quotas


def whole(points, quotas):
    """The 0-1 program, written apart from the engine's own."""
    member = np.zeros((len(quotas), len(points)))
    for at, (people, _, _) in enumerate(quotas):
        member[at, people] = 1
    least = np.array([low for _, low, _ in quotas])
    most = np.array([PLACES if high is None else high for _, _, high in quotas])
    return member, least, most


def naive(points, quotas):
    """One integer program for the set and one for each person, through the same solver."""
    member, least, most = whole(points, quotas)
    matrix = sparse.csr_array(np.vstack([member, np.ones(len(points))]))

    def best(person=None, inside=None):
        low, high = np.zeros(len(points)), np.ones(len(points))
        if person is not None:
            low[person] = high[person] = inside
        sides = np.append(least, PLACES).astype(float), np.append(most, PLACES).astype(float)
        return solve(Model(-points, matrix, *sides, low=low, high=high, integer=True))

    first = best()
    chosen = first.x > 0.5
    return [best(one, float(not chosen[one])).value - first.value for one in range(len(points))]


def lost(found):
    """Points lost if the place of each person is turned."""
    return np.where(np.isin(np.arange(len(found.missing)), found.chosen), found.margin, found.missing)


def selected(case, points, quotas):
    asked = {"places": PLACES, "quotas": quotas, "seed": SEED}
    run = ours(lambda: select(points, **asked), warm=lambda: solve_once(points, quotas))
    member, least, most = whole(points, quotas)
    given = {"points": points, "places": PLACES, "member": member, "least": least, "most": most}
    theirs = peer("selection", "selection_pulp", {**given, "certificate": False})
    same = abs(run.answer.total - theirs.answer[0]) < 1e-6
    Row(
        "selection", f"{case}: the best set with reasons", seconds(run), PEER, seconds(theirs),
        f"{ratio(theirs, run):.1f}", f"{run.answer.total:g} points, proven; CBC {theirs.answer[0]:g}", "≤ 0.3 s",
        judged(same, run.answer.proven, run.cpu <= 0.3),
    ).say()  # fmt: skip


def reordered(points, quotas):
    """The same people in 20 other orders."""
    names, random, same = [f"№ {i}" for i in range(PEOPLE)], np.random.default_rng(SEED), True
    first = [names[i] for i in select(points, places=PLACES, quotas=quotas, names=names).chosen]
    for _ in range(20):
        order = random.permutation(PEOPLE)
        at = np.argsort(order)
        moved = [(at[people].tolist(), low, high) for people, low, high in quotas]
        other = select(points[order], places=PLACES, quotas=moved, names=[names[i] for i in order])
        same &= [names[order[i]] for i in other.chosen] == first
    Row("selection", "20 other orders of the input", "same people, same order" if same else "differs",
        asked="stable", met=judged(same)).say()  # fmt: skip


def certified(case, points, quotas):
    asked = {"places": PLACES, "quotas": quotas, "seed": SEED}
    run = ours(lambda: certificate(points, **asked), warm=lambda: solve_once(points, quotas))
    theirs = ours(lambda: naive(points, quotas), warm=lambda: solve_once(points, quotas))
    worst = float(np.max(np.abs(lost(run.answer) - np.array(theirs.answer))))
    found = run.answer
    Row(
        "selection", f"{case}: all {PEOPLE} certificates", seconds(run), f"{PEOPLE + 1} programs, same HiGHS",
        seconds(theirs), f"{ratio(theirs, run):.0f}",
        f"always {len(found.always)}, tied {len(found.tied)}, never {len(found.never)}; "
        f"largest difference {worst:.0e}", "≤ 5 s", judged(worst < 1e-6, found.proven, run.cpu <= 5),
    ).say()  # fmt: skip


def certified_by_peer(case, points, quotas):
    asked = {"places": PLACES, "quotas": quotas}
    run = ours(lambda: certificate(points, **asked))
    member, least, most = whole(points, quotas)
    given = {"points": points, "places": PLACES, "member": member, "least": least, "most": most}
    theirs = peer("selection", "selection_pulp", {**given, "certificate": True})
    if theirs.answer is None:
        worst = float("nan")
    else:
        gone = np.array([theirs.answer[0] - (np.inf if one is None else one) for one in theirs.answer[1]])
        worst = float(np.max(np.abs(lost(run.answer) - gone)))
    Row(
        "selection", f"{case}: all {PEOPLE} certificates", seconds(run), PEER, seconds(theirs),
        f"{ratio(theirs, run):.0f}", f"largest difference {worst:.0e}", "≤ 5 s", judged(worst < 1e-6, run.cpu <= 5),
    ).say()  # fmt: skip


def solve_once(points, quotas):
    """Load HiGHS."""
    member, least, most = whole(points, quotas)
    solve(Model(-points, sparse.csr_array(member), least.astype(float), most.astype(float), high=1.0))


def drawn(points, quotas):
    """500 draws of the lot: chances of the tied."""
    run = ours(
        lambda: [select(points, places=PLACES, quotas=quotas, seed=s).chosen for s in range(500)],
        warm=lambda: select([2, 1], places=1),
    )
    counts = np.bincount(np.concatenate(run.answer), minlength=PEOPLE)
    chances = ", ".join(f"{one / 500:.2f}" for one in sorted(counts[(counts > 0) & (counts < 500)]))
    Row(
        "selection",
        "500 draws of the lot",
        seconds(run),
        bound=f"chances of whom it decides: {chances or 'none'}",
    ).say()


def spread():
    """The 84 over six cohorts of 21 in four weeks, two of a service a week at most."""
    random = np.random.default_rng(SEED)
    allowed, km = random.random((PLACES, 6)) < 0.6, random.integers(5, 400, (PLACES, 6))
    asked = {"service": random.integers(0, 30, PLACES).tolist(), "week": [1, 1, 2, 2, 3, 4], "cost": km}
    run = ours(lambda: cohorts(allowed, **asked), warm=lambda: cohorts([[1]]))
    done = run.answer
    Row(
        "selection", "84 people over 6 cohorts with dates and services", seconds(run),
        bound=f"{len(done.unplaced)} without a cohort, {done.cost:g} km, " + ("proven" if done.proven else "not proven"),
    ).say()  # fmt: skip


if __name__ == "__main__":
    two, three = employees(), employees(third=True)
    selected("318 → 84, 28 regions × 2 bodies", *two)
    reordered(*two)
    certified("318 → 84, 28 regions × 2 bodies", *two)
    certified_by_peer("318 → 84, 28 regions × 2 bodies", *two)
    selected("with 4 age groups, crossing both", *three)
    certified("with 4 age groups, crossing both", *three)
    drawn(*two)
    spread()
