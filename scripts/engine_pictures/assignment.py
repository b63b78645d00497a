"""The picture of docs/engines/assignment.md: PYTHONPATH=. python scripts/engine_pictures/assignment.py"""

from __future__ import annotations

import numpy as np
from drawing import ACCENT, BRAND, INK, LINE, line, text, write

from opora.engines.assignment import assign, burden

SEED, GROUPS, PLACES = 12, 44, (14, 13, 13, 13, 12)
SIDE, LEFT, RIGHT, TOP = 360, 30, 470, 52
WIDTH, HEIGHT = 860, 540


def made() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Origins and homes in a square of 100 km, more people in one corner; groups of one to three."""
    chance = np.random.default_rng(SEED)
    homes = np.array([[18, 24], [52, 16], [84, 38], [36, 72], [76, 82]], dtype=float)
    near = chance.normal(28, 14, (GROUPS // 2, 2))
    far = chance.uniform(2, 98, (GROUPS - GROUPS // 2, 2))
    size = chance.choice([1, 2, 3], GROUPS, p=[0.68, 0.22, 0.1])
    return chance.permutation(np.clip(np.vstack([near, far]), 2, 98)), homes, size


def by_arrival(cost: np.ndarray, size: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Each takes the nearest home that still has room."""
    room, home = capacity.astype(float).copy(), np.full(len(size), -1)
    for group in range(len(size)):
        fits = room >= size[group]
        if fits.any():
            home[group] = int(np.where(fits, cost[group], np.inf).argmin())
            room[home[group]] -= size[group]
    return home


def panel(  # noqa: PLR0917 - one picture, its parts
    left: float, title: str, home: np.ndarray, origins: np.ndarray, homes: np.ndarray, size: np.ndarray
) -> list[str]:
    km = np.linalg.norm(origins[:, None] - homes[None], axis=2)
    seen = burden(home, km, size)
    far = {group for group in range(len(size)) if home[group] >= 0 and km[group, home[group]] > 45}
    at = lambda spot: (left + spot[0] * SIDE / 100, TOP + spot[1] * SIDE / 100)  # noqa: E731
    parts = [text(left, 40, title, size=17, bold=True)]
    for group, spot in enumerate(origins):
        x, y = at(spot)
        colour = ACCENT if group in far or home[group] < 0 else BRAND
        if home[group] >= 0:
            there = at(homes[home[group]])
            parts.append(
                line(x, y, *there, stroke=ACCENT if group in far else LINE, wide=1.4 if group in far else 0.8)
            )
        fill = "#ffffff" if home[group] < 0 else colour
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{2.2 + 1.2 * size[group]:g}" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'
        )
    for number, spot in enumerate(homes):
        x, y = at(spot)
        used = int(size[home == number].sum())
        parts.append(
            f'<rect x="{x - 15:g}" y="{y - 15:g}" width="30" height="30" fill="#ffffff" stroke="{INK}" stroke-width="1.4"/>'
        )
        parts.append(text(x, y + 5, str(used), size=14, anchor="middle", bold=True))
    words = f"средно {seen.mean:.1f} км, най-далеч {seen.most:.0f} км".replace(".", ",")
    without = f"без място: {seen.without:.0f} души"
    parts.append(text(left, TOP + SIDE + 38, words, size=15))
    parts.append(text(left, TOP + SIDE + 60, without, size=15, colour=ACCENT if seen.without else INK))
    return parts


def main() -> None:
    origins, homes, size = made()
    capacity = np.array(PLACES)
    km = np.linalg.norm(origins[:, None] - homes[None], axis=2)
    cost = size[:, None] * km
    plan = assign(cost, size, capacity, gap=0)
    parts = panel(LEFT, "По реда на идване", by_arrival(cost, size, capacity), origins, homes, size)
    parts += panel(RIGHT, "Предложението на системата", plan.home, origins, homes, size)
    notes = (
        f"{size.sum()} души в {GROUPS} групи, {capacity.sum()} места. Кръг: група, по-голям за повече хора; празен: без място.",
        "Квадрат: дом и колко души има. Кафяво: над 45 км.",
    )
    parts += [text(LEFT, HEIGHT - 34 + 19 * at, note, size=13, colour=LINE) for at, note in enumerate(notes)]
    print(
        write("assignment", WIDTH, HEIGHT, "Едни и същи хора и домове, разпределени по два начина", parts),
        plan.proven,
    )


if __name__ == "__main__":
    main()
