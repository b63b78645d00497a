"""Siting with capacities: Holmberg's p1–p24, the cap files, a hundred made instances, and larger ones.

Beside ours the whole strong model (assignment, capacity, x ≤ y) in the same HiGHS, and in PuLP with CBC.
"""

import csv
import time

import numpy as np
from scipy import sparse

from bench.engines.measuring import SHARED, Row, judged, ours, peer, ratio, seconds
from opora.engines.siting.capacity import capacitated
from opora.engines.solver import Model, rows, solve

SAMPLED = ("p4", "p8", "p12", "p16", "p20", "p24")
SEED = 20261127
WHOLE = "whole model, same HiGHS"
PARTS = ("cost", "demand", "capacity", "fixed_cost")


def read(family, name):
    """One published instance as ``capacitated`` takes it."""
    suffix = ".txt" if family == "cap" else ""
    first, second, *rest = (SHARED / "benchmarks" / family / f"{name}{suffix}").read_text().split()
    m, n, v = int(first), int(second), np.array(rest, dtype=float)
    if family == "sscflp":
        start = 2 * m + n
        return v[start : start + n * m].reshape(n, m), v[2 * m : start], v[:m], v[m : 2 * m]
    table = v[2 * m : 2 * m + n * (m + 1)].reshape(n, m + 1)
    return table[:, 1:], table[:, 0], v[: 2 * m : 2], v[1 : 2 * m : 2]


def published(family):
    """Names, instances and proven optima of one family."""
    with (SHARED / "benchmarks" / f"{family}_optima.csv").open(encoding="utf-8") as stream:
        optima = {row["instance"]: float(row["optimum"]) for row in csv.DictReader(stream)}
    return {name: (read(family, name), optimum) for name, optimum in optima.items()}


def made(seed, customers, places, spare):
    """Costs by distance, demands 10–50, fixed costs 500–1,500, capacities of ``spare`` times all demand."""
    draw = np.random.default_rng(seed)
    demand = draw.integers(10, 51, customers).astype(float)
    part = draw.uniform(0.5, 1.5, places)
    capacity = np.ceil(np.maximum(part / part.sum() * demand.sum() * spare, 50))
    here, there = draw.uniform(0, 200, (customers, 2)), draw.uniform(0, 200, (places, 2))
    cost = np.floor(4 * np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)))
    return cost, demand, capacity, draw.integers(500, 1501, places).astype(float)


def whole(cost, demand, capacity, fixed_cost, split=False, limit=None):
    """The strong textbook model, handed over whole."""
    n, m = cost.shape
    of, at = np.divmod(np.arange(n * m), m)
    pair, every = np.arange(n * m), n * m + m
    served = sparse.csr_array((np.ones(n * m), (of, pair)), shape=(n, every))
    room = sparse.csr_array(
        (np.r_[demand[of], -capacity], (np.r_[at, np.arange(m)], np.arange(every))), shape=(m, every)
    )
    linked = sparse.csr_array(
        (np.r_[np.ones(n * m), -np.ones(n * m)], (np.r_[pair, pair], np.r_[pair, n * m + at])),
        shape=(n * m, every),
    )
    matrix, low, high = rows([(served, 1.0, 1.0), (room, -np.inf, 0.0), (linked, -np.inf, 0.0)])
    integer = np.r_[np.full(n * m, not split), np.ones(m, dtype=bool)]
    model = Model(np.r_[cost.ravel(), fixed_cost], matrix, low, high, 0.0, 1.0, integer)
    return solve(model, time_limit=limit)


def warm():
    """Load the libraries."""
    capacitated([[1, 2], [2, 1]], [1, 1], [1, 1], [1, 1])
    whole(*(np.array(one, dtype=float) for one in ([[1, 2], [2, 1]], [1, 1], [1, 1], [1, 1])))


def timed(instances, work):
    """Answer and CPU seconds of each."""
    out = []
    for instance in instances:
        began = time.process_time()
        out.append((work(*instance), time.process_time() - began))
    return out


def family(title, name, asked):
    """All files of one family: every optimum, proven."""
    files = published(name)
    instances = [instance for instance, _ in files.values()]
    run = ours(lambda: [(a.cost, a.proven, s) for a, s in timed(instances, capacitated)], warm=warm)
    theirs = ours(lambda: [a.value for a, _ in timed(instances, whole)], warm=warm)
    right = sum(
        abs(cost - optimum) < 1e-3 and proven
        for (cost, proven, _), (_, optimum) in zip(run.answer, files.values(), strict=True)
    )
    longest = max(s for *_, s in run.answer)
    Row(
        "siting", title, seconds(run), WHOLE, seconds(theirs), f"{ratio(theirs, run):.1f}",
        f"{right} of {len(files)} optima, proven; longest {longest:.2f} s", asked, judged(right == len(files)),
    ).say()  # fmt: skip


def beside_cbc():
    """Six of Holmberg's with the peer, in one process."""
    files = {name: one for name, one in published("sscflp").items() if name in SAMPLED}
    run = ours(lambda: [a.cost for a, _ in timed([i for i, _ in files.values()], capacitated)], warm=warm)
    given = {
        f"{name}:{part}": array
        for name, (i, _) in files.items()
        for part, array in zip(PARTS, i, strict=True)
    }
    theirs = peer("capacitated", "capacitated_pulp", given)
    same = [abs(mine - optimum) < 1e-6 for mine, (_, optimum) in zip(run.answer, files.values(), strict=True)]
    said = "stopped" if theirs.answer is None else f"CBC's sum {sum(theirs.answer.values()):g}"
    Row(
        "siting", f"Holmberg {', '.join(SAMPLED)}", seconds(run), "PuLP 3.3.2 + CBC", seconds(theirs),
        f"{ratio(theirs, run):.1f}", f"{sum(same)} of {len(same)} optima; {said}", "optimum", judged(*same),
    ).say()  # fmt: skip


def hundred(split):
    """Made instances whose capacities bind, beside the whole model."""
    instances = [made(SEED + k, 12 + k % 24, 4 + k % 6, 1.4 + 0.02 * k) for k in range(50)]
    run = ours(
        lambda: [(a.cost, a.proven) for a, _ in timed(instances, lambda *i: capacitated(*i, split=split))],
        warm=warm,
    )
    theirs = ours(
        lambda: [a.value for a, _ in timed(instances, lambda *i: whole(*i, split=split))], warm=warm
    )
    off = [abs(a - b) / b for (a, _), b in zip(run.answer, theirs.answer, strict=True)]
    proven = all(p for _, p in run.answer)
    Row(
        "siting", f"50 made instances, demand {'divisible' if split else 'whole'} (seed {SEED})", seconds(run), WHOLE,
        seconds(theirs), f"{ratio(theirs, run):.1f}", f"largest difference {max(off):.0e}; all proven: {proven}",
        "equal", judged(max(off) < 1e-6, proven),
    ).say()  # fmt: skip


def larger(customers, places, spare, limit=25.0):
    """As large as Holmberg's largest; both get the same limit of the clock."""
    instance = made(SEED, customers, places, spare)
    run = ours(lambda: shown(capacitated(*instance, time_limit=limit)), warm=warm)
    theirs = ours(lambda: shown(whole(*instance, limit=limit)), warm=warm)
    cost, gap = run.answer
    other, behind = theirs.answer
    Row(
        "siting", f"{customers} whole customers, {places} places, capacity {spare:g} × demand", seconds(run),
        f"{WHOLE}, {limit:g} s clock", seconds(theirs), f"{ratio(theirs, run):.1f}",
        f"{cost:g}, gap {100 * gap:.2f} %; theirs {other:g}, gap {100 * behind:.2f} %",
    ).say()  # fmt: skip


def shown(answer):
    """Cost and gap."""
    return (answer.cost if hasattr(answer, "cost") else answer.value), answer.gap


if __name__ == "__main__":
    family("Holmberg p1–p24", "sscflp", "optimum, proven")
    family("cap71–cap132, 8 files", "cap", "optimum")
    beside_cbc()
    hundred(split=False)
    hundred(split=True)
    for customers, places, spare in ((150, 30, 2.7), (200, 30, 3.5), (200, 30, 1.9)):
        larger(customers, places, spare)
