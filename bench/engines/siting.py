"""`siting`: published p-medians, the settlements of Bulgaria, cover and accessibility, beside spopt and PySAL access.

PYTHONPATH=. python -m bench.engines.siting
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from bench.engines.measuring import SHARED, Row, Run, judged, ours, peer, ratio, seconds
from bench.engines.recipes import Places, centres, every_settlement, kilometres, settlements
from opora.engines.siting import Siting, accessibility, max_cover, p_median

PUBLISHED = SHARED / "benchmarks"
ZONES = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))


def published(path: Path) -> tuple[np.ndarray, int]:
    """All shortest paths of an OR-Library graph (a repeated edge keeps its last length), and p."""
    from scipy.sparse.csgraph import shortest_path

    words = path.read_text(encoding="utf-8").split()
    n, _, p = (int(one) for one in words[:3])
    table = np.zeros((n, n))
    for i, j, length in np.array(words[3:], dtype=float).reshape(-1, 3):
        table[int(i) - 1, int(j) - 1] = table[int(j) - 1, int(i) - 1] = length
    return shortest_path(table, directed=False), p


def warm() -> None:
    """Load what the first call would load."""
    p_median(np.random.default_rng(0).random((30, 30)), np.ones(30), 3)
    max_cover(np.random.default_rng(0).random((30, 30)), np.ones(30), 2, 0.2)


def sure(found: Siting) -> str:
    """How exact an answer is, in the words of the table."""
    return "доказано" if found.proven else f"до {100 * found.gap:.3f} %"


def graphs() -> None:
    """Every published p-median; one row for p ≥ 20 and one for the others."""
    optima = dict(csv.reader((PUBLISHED / "pmed_optima.csv").open(encoding="utf-8")))
    runs: list[tuple[int, Run, float]] = []
    for path in sorted((PUBLISHED / "pmed").glob("pmed*.txt"), key=lambda one: int(one.stem[4:])):
        far, p = published(path)
        runs.append((p, _median(far, np.ones(len(far)), p), float(optima[path.stem])))
    for name, part, most in (
        ("p ≥ 20", [one for one in runs if one[0] >= 20], 0.6),
        ("p < 20", [one for one in runs if one[0] < 20], 60.0),
    ):
        found = sum(run.answer.cost == best for _, run, best in part)
        proven = sum(run.answer.proven for _, run, _ in part)
        slowest = max(run.cpu for _, run, _ in part)
        exact = found == len(part) and (proven == len(part) or most > 1)
        close = all(run.answer.gap <= 0.01 for _, run, _ in part)
        Row(
            "siting", f"pmed1–25, {name}: {len(part)}", f"най-бавният {slowest:.2f} s",
            bound=f"оптимум {found}/{len(part)}, доказани {proven}/{len(part)}",
            asked="оптимум, доказан, ≤ 0,6 s" if most < 1 else "оптимум, граница ≤ 1 %",
            met=judged(exact, close, slowest <= most),
        ).say()  # fmt: skip


def _median(far: np.ndarray, people: np.ndarray, p: int) -> Run:
    return ours(lambda: p_median(far, people, p), warm=warm)


def country(case: str, people: Places, sites: Places, most: float, memory: float) -> None:
    """149 sites for the people of the country."""
    far = kilometres(people, sites)
    run = _median(far, people.people, 149)
    Row(
        "siting", case, f"{seconds(run)}, {run.memory:.0f} MiB",
        bound=f"{sure(run.answer)}; {run.answer.cost:.2f} човекокилометра",
        asked=f"≤ {most:g} s, ≤ {memory:g} MiB, доказано",
        met=judged(run.answer.proven, run.cpu <= most, run.memory <= memory),
    ).say()  # fmt: skip


def beside_spopt() -> None:
    """149 and 28 of the 265 centres, and spopt with its default solver on the same."""
    places = centres()
    far = kilometres(places, places)
    for p in (149, 28):
        run = _median(far, places.people, p)
        given: dict[str, Any] = {"distance": far, "weight": places.people, "p": p}
        other = peer("spopt", "spopt_p_median", given)
        same = other.answer is not None and abs(other.answer - run.answer.cost) <= 1e-6 * run.answer.cost
        Row(
            "siting", f"{p} от 265 центъра", seconds(run), "spopt 0.7.0 (CBC)", seconds(other),
            f"{ratio(other, run):.0f} ×", f"{sure(run.answer)}; {'същата стойност' if same else 'друга стойност'}",
            "≤ 1 s, ≥ 60 × spopt" if p == 149 else "–",
            judged(run.answer.proven, run.cpu <= 1, ratio(other, run) >= 60) if p == 149 else "–",
        ).say()  # fmt: skip


def cover() -> None:
    """60 centres within 25 km of most people, over all settlements."""
    people, sites = settlements(), centres()
    far = kilometres(people, sites)
    run = ours(lambda: max_cover(far, people.people, 60, 25.0), warm=warm)
    Row(
        "siting", f"покритие: 60 центъра, 25 km, {len(people.people)} селища", seconds(run),
        bound=f"{sure(run.answer)}; {run.answer.cost:.0f} души", asked="≤ 10 s, доказано",
        met=judged(run.answer.proven, run.cpu <= 10),
    ).say()  # fmt: skip


def access() -> None:
    """What people can reach, beside PySAL access."""
    people, sites = settlements(), centres()
    far, places = kilometres(people, sites), np.full(265, 12.0)
    few = far[:20].copy()
    run = ours(
        lambda: accessibility(far, people.people, places, ZONES),
        warm=lambda: accessibility(few, np.ones(20), places, ZONES),
    )
    radii, weights = np.array(ZONES).T
    given: dict[str, Any] = {
        "distance": far, "demand": people.people, "supply": places, "radii": radii, "weights": weights,
    }  # fmt: skip
    other = peer("access", "access_e2sfca", given)
    identity = abs(float(people.people @ run.answer.score) - run.answer.reached)
    apart = float(np.abs(np.array(other.answer) - run.answer.score).max())
    Row(
        "siting", "достъпност E2SFCA, 5120 × 265", seconds(run), "access 1.1.10", seconds(other),
        f"{ratio(other, run):.0f} ×", f"тъждество до {identity:.0e}, разлика {apart:.0e}",
        "тъждество до 1e-6, ≥ 5 ×", judged(identity <= 1e-6, ratio(other, run) >= 5),
    ).say()  # fmt: skip


if __name__ == "__main__":
    graphs()
    beside_spopt()
    country("149 от 265 центъра за 5120 селища", settlements(), centres(), 2, 1024)
    country("149 от 5256 селища", every_settlement(), every_settlement(), 12, 1024)
    cover()
    access()
