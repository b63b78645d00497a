"""The picture of docs/engines/siting.md: python scripts/engine_pictures/siting.py (needs ../shared/geo)"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from drawing import ACCENT, BRAND, LINE, line, text, write

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.engines.measuring import SHARED
from bench.engines.recipes import centres, kilometres
from opora.engines.common.reasons import number
from opora.engines.siting import p_median, spread

WIDTH, HEIGHT, TOP, LEFT, WIDE = 880, 650, 92, 50, 772
COUNT, NAMED = 28, 9


def names() -> list[str]:
    """Names of the municipal centres in the order of the recipe."""
    with (SHARED / "geo" / "bg_settlements.csv").open(encoding="utf-8", newline="") as stream:
        called = {row["ekatte"]: row["name_bg"] for row in csv.DictReader(stream)}
    with (SHARED / "geo" / "bg_municipalities.csv").open(encoding="utf-8", newline="") as stream:
        return [called[row["center_ekatte"]] for row in csv.DictReader(stream) if row["pop_current"]]


def dot(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" stroke="#ffffff" stroke-width="1"/>'


def main() -> None:
    places = centres()
    far = kilometres(places, places)
    found = p_median(far, places.people, COUNT)
    assert found.proven
    measured = spread(far, places.people, found.serves)
    wide = np.cos(np.radians(places.lat.mean()))
    scale = WIDE / (np.ptp(places.lon) * wide)
    xs = LEFT + (places.lon - places.lon.min()) * wide * scale
    ys = TOP + (places.lat.max() - places.lat) * scale
    own = far[np.arange(len(far)), found.serves]
    parts = [
        text(LEFT, 34, f"{COUNT} от 265 общински центъра, избрани доказано най-добре", size=17, bold=True),
        text(
            LEFT,
            58,
            f"средно {number(measured.mean)} км; 95 от 100 души са до {number(measured.p95)} км; "
            f"най-далеч {number(measured.worst)} км",
        ),
    ]
    for i, site in enumerate(found.serves):
        over = own[i] > measured.p95
        parts.append(
            line(
                *(round(float(one), 1) for one in (xs[i], ys[i], xs[site], ys[site])),
                stroke=ACCENT if over else LINE,
                wide=1.6 if over else 0.8,
            )
        )
    parts += [dot(xs[i], ys[i], 2.2, LINE) for i in range(len(xs)) if i not in found.open]
    served = [places.people[found.serves == site].sum() for site in found.open]
    parts += [
        dot(xs[s], ys[s], 3 + (n / 1e5) ** 0.5 * 3.2, BRAND) for s, n in zip(found.open, served, strict=True)
    ]
    called = names()
    labelled: list[tuple[float, float]] = []
    for rank in np.argsort(served)[::-1][:NAMED]:
        site = found.open[rank]
        if any(abs(xs[site] - x) < 110 and abs(ys[site] - y) < 24 for x, y in labelled):
            continue
        labelled.append((xs[site], ys[site]))
        y = float(ys[site]) - 9 - (served[rank] / 1e5) ** 0.5 * 3.2
        words = text(
            float(round(xs[site], 1)), round(y, 1), called[site], colour=BRAND, anchor="middle", bold=True
        )
        parts += [f'<g stroke="#ffffff" stroke-width="4" stroke-linejoin="round">{words}</g>', words]
    foot = HEIGHT - 18
    parts += [
        dot(LEFT + 7, foot - 5, 7, BRAND),
        text(LEFT + 22, foot, "отворено място, по-голямо за повече хора", size=13),
        line(420, foot - 5, 446, foot - 5, stroke=ACCENT, wide=1.6),
        text(454, foot, f"по-далеч от {number(measured.p95)} км", size=13),
    ]
    print(
        write("siting", WIDTH, HEIGHT, "Къде да се отворят 28 места, за да пътуват хората най-малко", parts)
    )


if __name__ == "__main__":
    main()
