"""People to homes: published generalised assignment, and 1,797 people in 149 homes made by a printed seed.

Ours stops at a proven gap of 0.1 %, the default; the peers run at theirs. `PYTHONPATH=. python -m bench.engines.assignment`
measures ours alone with `--ours`.
"""

import csv
import sys
import time

import numpy as np

from bench.engines.measuring import SHARED, Row, judged, ours, peer, ratio, seconds
from bench.engines.placement_recipe import SEED, placement
from opora.engines.assignment import Desk, assign

ASKED = "≤ 3 CPU s, ≤ 250 MiB, ≤ 0.15 % above the LP"
QUESTIONS = 5


def warm():
    """Load the libraries."""
    assign([[1, 2], [2, 1]], [1, 1], [1, 1], gap=0)


def read(name):
    """Costs and resources (groups by homes), capacities."""
    rest = [
        float(word) for word in (SHARED / "benchmarks" / "gap" / name).read_text(encoding="ascii").split()
    ]
    m, n, rest = int(rest[0]), int(rest[1]), np.array(rest[2:])
    return (*(rest[at : at + m * n].reshape(m, n).T for at in (0, m * n)), rest[2 * m * n :])


def published():
    """Every published instance to the proven optimum."""
    with (SHARED / "benchmarks" / "gap_optima.csv").open(encoding="utf-8") as file:
        known = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    instances = {name: read(name) for name in known}

    def work():
        found = {}
        for name, instance in instances.items():
            began = time.process_time()
            plan = assign(*instance, gap=0)
            found[name] = (plan.cost, plan.proven, time.process_time() - began)
        return found

    run = ours(work, warm=warm)
    right = sum(run.answer[name][:2] == (cost, True) for name, cost in known.items())
    slowest = max(run.answer, key=lambda name: run.answer[name][2])
    Row(
        "assignment", f"{len(known)} published GAP instances, gap 0", seconds(run),
        bound=f"{right} of {len(known)} proven optima; longest {slowest} {run.answer[slowest][2]:.2f} s",
        asked="all proven", met=judged(right == len(known)),
    ).say()  # fmt: skip


def placed(made, friends=()):
    """Ours on one made instance: cost, gap, left out."""

    def work():
        plan = assign(made.cost, made.size, made.capacity, together=friends)
        return plan.cost, plan.gap, plan.left_out

    return ours(work, warm=warm)


def exact(run):
    """What is proven, and what it took in memory."""
    cost, gap, left = run.answer
    return f"{cost:,.1f}, ≤ {100 * gap:.3f} % above a proven bound, {left:g} left out, {run.memory:.0f} MiB"


def alone(peers):
    """The recipe without friendships, beside both peers."""
    made = placement(SEED)
    run = placed(made)
    within = run.cpu <= 3 and run.memory <= 250 and run.answer[1] <= 0.0015 and run.answer[2] == 0
    case = f"1,797 people, 149 homes, seed {SEED}"
    Row("assignment", case, seconds(run), bound=exact(run), asked=ASKED, met=judged(within)).say()
    for name, script, environment, least in (
        ("PuLP 3.3.2, CBC", "assignment_pulp", "assignment", 50),
        ("OR-Tools 9.15, CP-SAT", "assignment_cpsat", "assignment_cpsat", 12),
    ):
        if peers:
            theirs = peer(
                environment, script, {"cost": made.cost, "size": made.size, "capacity": made.capacity}
            )
            said = "stopped" if theirs.answer is None else f"theirs {theirs.answer:,.1f}"
            times = ratio(theirs, run)
            Row(
                "assignment", case, seconds(run), name, seconds(theirs), f"{times:.0f}", said,
                f"≥ {least} ×", judged(times >= least),
            ).say()  # fmt: skip


def befriended():
    """The recipe with 250 friend pairs, and both without a spare place."""
    made = placement(SEED)
    run = placed(made, made.friends)
    Row(
        "assignment", f"the same with {len(made.friends)} friend pairs", seconds(run), bound=exact(run),
        asked="≤ 8 CPU s, ≤ 0.15 %", met=judged(run.cpu <= 8, run.answer[1] <= 0.0015),
    ).say()  # fmt: skip
    full = placement(SEED, slack=False)
    run = placed(full)
    Row(
        "assignment", "1,797 people, exactly 1,797 places", seconds(run), bound=exact(run), asked="nobody left out",
        met=judged(run.answer[2] == 0),
    ).say()  # fmt: skip


def questions():
    """What if this person goes there: how many others move."""
    made = placement(SEED)
    plan = assign(made.cost, made.size, made.capacity)
    desk, chance = Desk(made.cost, made.size, made.capacity, plan.home), np.random.default_rng(SEED)
    asked = [
        (int(person), int(np.argsort(made.cost[person])[chance.integers(1, 6)]))
        for person in chance.integers(0, len(made.size), QUESTIONS)
    ]
    run = ours(lambda: [len(desk.what_if(*one).moved) for one in asked], warm=warm)
    Row(
        "assignment", f"{QUESTIONS} times: what if this person goes there", seconds(run),
        bound=f"others who move: {', '.join(map(str, run.answer))}", asked="≤ 20 others",
        met=judged(max(run.answer) <= 20),
    ).say()  # fmt: skip


if __name__ == "__main__":
    published()
    alone(peers="--ours" not in sys.argv)
    befriended()
    questions()
