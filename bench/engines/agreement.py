"""Alpha beside the package krippendorff (GPL, an oracle): the same values, and 1,000 bootstraps.

`python -m bench.engines.agreement store` writes again what the tests of the engine compare with.
"""

import sys

import numpy as np

from bench.engines.measuring import Row, judged, ours, peer, ratio, seconds
from opora.engines.agreement import ac2, alpha, interval
from opora.engines.agreement.tests import make

ENVIRONMENT = "agreement"
ASKED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}


def oracle():
    """What the package gives for the 500 tables of the tests."""
    tables = make.tables()
    shape = np.max([table.shape for table in tables], axis=0)
    padded = np.full((len(tables), *shape), np.nan)
    for place, table in enumerate(tables):
        padded[place, : table.shape[0], : table.shape[1]] = table
    return peer(ENVIRONMENT, "krippendorff_alpha", {"tables": padded, "levels": make.LEVELS})


def mine():
    return [[alpha(table, level) for level in make.LEVELS] for table in make.tables()]


def published():
    got = {level: alpha(make.KRIPPENDORFF, level) for level in make.LEVELS}
    steady = [ac2(make.KRIPPENDORFF, kind) for kind in ("identity", "quadratic", "ordinal")]
    Row(
        "agreement", "Krippendorff 4 × 12, four levels", " ".join(f"{got[level]:.3f}" for level in make.LEVELS),
        "published", " ".join(f"{value:.3f}" for value in ASKED.values()), bound="3 digits", asked="equal",
        met=judged(*(round(got[level], 3) == ASKED[level] for level in make.LEVELS)),
    ).say()  # fmt: skip
    Row(
        "agreement", "the same table: AC1, AC2 quadratic, ordinal", " ".join(f"{value:.5f}" for value in steady),
        "irrCAC, stored", "0.77544 0.91400 0.89894", bound="5 digits", asked="equal",
        met=judged([round(value, 5) for value in steady] == [0.77544, 0.914, 0.89894]),
    ).say()  # fmt: skip


def compared():
    run, theirs = ours(mine, warm=lambda: alpha(make.KRIPPENDORFF)), oracle()
    a, b = np.array(run.answer, float), np.array(theirs.answer, float)
    worst = float(np.nanmax(np.abs(a - b)))
    same = bool((np.isnan(a) == np.isnan(b)).all())
    Row(
        "agreement", "500 random tables with gaps × 4 levels", seconds(run), "krippendorff 0.9.0", seconds(theirs),
        f"{ratio(theirs, run):.1f}", f"largest difference {worst:.0e}", "≤ 1e-9", judged(worst <= 1e-9, same),
    ).say()  # fmt: skip


def single():
    """One alpha of a survey, told per call."""
    marks, times = make.visits(), 100
    run = ours(lambda: [alpha(marks) for _ in range(times)], warm=lambda: alpha(marks))
    theirs = peer(ENVIRONMENT, "krippendorff_alpha", {"tables": [marks] * times, "levels": ["ordinal"]})
    off = abs(run.answer[0] - theirs.answer[0][0])
    Row(
        "agreement", "one ordinal alpha, 1,200 units × 5", f"{run.cpu / times * 1000:.2f} ms", "krippendorff 0.9.0",
        f"{theirs.cpu / times * 1000:.2f} ms", f"{ratio(theirs, run):.1f}", f"difference {off:.0e}", "≤ 1e-9",
        judged(off <= 1e-9),
    ).say()  # fmt: skip


def bootstrap():
    marks = make.visits()
    run = ours(
        lambda: interval(marks, "ordinal", 1000), warm=lambda: interval(make.KRIPPENDORFF, "ordinal", 10)
    )
    theirs = peer(ENVIRONMENT, "krippendorff_bootstrap", {"marks": marks, "draws": 1000})
    off = float(np.abs(np.subtract(run.answer, theirs.answer)).max())
    Row(
        "agreement", "1,000 bootstraps, 1,200 units × 5", seconds(run), "krippendorff 0.9.0, looped", seconds(theirs),
        f"{ratio(theirs, run):.0f}", f"limits differ by {off:.4f} (chance)", "≤ 0.1 s", judged(run.cpu <= 0.1, off < 0.01),
    ).say()  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] == ["store"]:
        make.store(oracle().answer)
    else:
        published()
        compared()
        single()
        bootstrap()
