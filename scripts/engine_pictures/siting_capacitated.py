"""The picture of docs/engines/siting-capacitated.md: python scripts/engine_pictures/siting_capacitated.py"""

from __future__ import annotations

import numpy as np
from drawing import ACCENT, BRAND, INK, LINE, box, line, text, write

from opora.engines.common.reasons import number
from opora.engines.siting.capacity import Capacitated, capacitated

WIDTH, HEIGHT, SIDE, TOP, LEFT, BETWEEN = 880, 500, 390, 76, 28, 44
SEED, CUSTOMERS, PLACES = 7, 44, 9


def instance() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """People in a made-up region, places that could open, the need of each, places for people in each."""
    draw = np.random.default_rng(SEED)
    people = draw.normal((0.45, 0.5), (0.3, 0.26), (CUSTOMERS, 2)).clip(0.03, 0.97)
    grid = np.array([(x, y) for x in (0.18, 0.5, 0.82) for y in (0.18, 0.5, 0.82)])
    return (
        people,
        grid + draw.uniform(-0.07, 0.07, (PLACES, 2)),
        draw.integers(1, 5, CUSTOMERS),
        np.full(PLACES, 24),
    )


def at(point: np.ndarray, left: float) -> tuple[float, float]:
    return left + float(point[0]) * SIDE, TOP + float(point[1]) * SIDE


def panel(left: float, title: str, found: Capacitated, room: np.ndarray | None) -> list[str]:
    people, sites, need, _ = instance()
    cheapest = [int(found.open[np.hypot(*(sites[found.open] - p).T).argmin()]) for p in people]
    parts = [text(left, 34, title, size=17, bold=True)]
    parts.append(
        text(
            left,
            56,
            f"отворени {len(found.open)}, общо {number(round(sum_km(found)))} човекокилометра",
            size=14,
            colour=INK,
        )
    )
    parts.append(box(left, TOP, SIDE, SIDE, fill="none"))
    for point, where, best in zip(people, found.serves, cheapest, strict=True):
        colour, wide = (LINE, 1) if where == best else (ACCENT, 2)
        parts.append(line(*at(point, left), *at(sites[where], left), stroke=colour, wide=wide))
    for point, size in zip(people, need, strict=True):
        x, y = at(point, left)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.6 + size:.1f}" fill="{LINE}"/>')
    for j in range(PLACES):
        parts += place(at(sites[j], left), j in found.open, found.load[j], None if room is None else room[j])
    return parts


def sum_km(found: Capacitated) -> float:
    people, sites, need, _ = instance()
    return float((need * np.hypot(*(people - sites[found.serves]).T)).sum() * 100)


def place(spot: tuple[float, float], opened: bool, load: float, room: float | None) -> list[str]:
    x, y = spot
    if not opened:
        return [box(x - 5, y - 5, 10, 10, stroke=BRAND)]
    words = f"{load:.0f}" if room is None else f"{load:.0f} от {room:.0f}"
    halo = f'<g stroke="#ffffff" stroke-width="5" stroke-linejoin="round">{label(x, y, words)}</g>'
    return [box(x - 7, y - 7, 14, 14, fill=BRAND, stroke="#ffffff", wide=1.5), halo, label(x, y, words)]


def label(x: float, y: float, words: str) -> str:
    return text(x, y - 13, words, size=14, colour=BRAND, anchor="middle", bold=True)


def main() -> None:
    people, sites, need, room = instance()
    far = np.hypot(*(people[:, None] - sites[None]).transpose(2, 0, 1)) * 100 * need[:, None]
    opening = np.full(PLACES, 400.0)
    free = capacitated(far, need, np.full(PLACES, np.inf), opening)
    tight = capacitated(far, need, room, opening)
    assert free.proven
    assert tight.proven
    second = LEFT + SIDE + BETWEEN
    parts = panel(LEFT, "Без граница на капацитета", free, None) + panel(
        second, "По 24 във всяко място", tight, room
    )
    foot = TOP + SIDE + 24
    parts += [
        box(LEFT, foot - 10, 10, 10, stroke=BRAND),
        text(LEFT + 18, foot, "не се отваря", size=13),
        line(second, foot - 4, second + 26, foot - 4, stroke=ACCENT, wide=2),
        text(second + 34, foot, "най-близкото отворено място е пълно", size=13),
    ]
    print(
        write(
            "siting-capacitated",
            WIDTH,
            HEIGHT,
            "Откриване на места без граница и с граница на капацитета",
            parts,
        )
    )


if __name__ == "__main__":
    main()
