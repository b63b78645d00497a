"""The picture of docs/engines/attainment.md: python scripts/engine_pictures/attainment.py"""

from __future__ import annotations

import math

from drawing import ACCENT, BRAND, INK, LINE, line, text, write

from opora.engines.attainment import outcome

GOALS = [
    ("пътува сам до училище", 3, -1, 1),
    ("има приятел, с когото излиза", 2, -2, 0),
    ("обажда се на баба си", 1, -2, -1),
    ("приготвя си закуска", 1, -1, -1),
    ("спи спокойно", 1, -2, None),
]
LEFT, STEP, TOP, ROW, WIDTH = 330, 84, 100, 40, 880
STATES = {"achieved": "постигната", "partly": "частично", "not": "още не", "unmeasured": "не е измерена"}


def across(level: float) -> float:
    return LEFT + (level + 2) * STEP


def frame(bottom: int) -> list[str]:
    parts = [
        text(
            across(level),
            TOP - 20,
            f"{level:+d}".replace("-", "−").replace("+0", "0"),
            size=13,
            anchor="middle",
        )
        for level in range(-2, 3)
    ]
    parts += [line(across(level), TOP - 12, across(level), bottom, wide=0.5) for level in (-2, -1, 1, 2)]
    parts += [
        line(across(0), TOP - 12, across(0), bottom, stroke=INK, dash="3 3"),
        text(across(0), TOP - 38, "очаквано", size=13, anchor="middle"),
        text(LEFT - 80, TOP - 20, "тежест", size=13, colour=LINE, anchor="end"),
    ]
    return parts


def row(place: int, goal: tuple[str, int, int, int | None], state: str) -> list[str]:
    name, weight, before, after = goal
    y = TOP + ROW * place + 12
    colour = {"achieved": BRAND, "partly": BRAND, "not": ACCENT}.get(state, LINE)
    parts = [
        text(16, y + 5, name),
        text(LEFT - 80, y + 5, str(weight), colour=LINE, anchor="end"),
        text(across(2) + 28, y + 5, STATES[state], colour=colour),
        f'<circle cx="{across(before):.1f}" cy="{y}" r="5.5" fill="#fff" stroke="{LINE}" stroke-width="1.6"/>',
    ]
    if after is None:
        return parts
    if after != before:
        parts.append(line(across(before) + 7, y, across(after) - 9, y, stroke=colour, wide=2))
    full = colour if state != "partly" else "#fff"
    dot = (
        f'<circle cx="{across(after):.1f}" cy="{y}" r="6" fill="{full}" stroke="{colour}" stroke-width="2"/>'
    )
    return [*parts, dot]


def main() -> None:
    """Draw one person's goals at the start and now; made up."""
    names, weights, before, after = zip(*GOALS, strict=True)
    found = outcome([math.nan if x is None else x for x in after], before, names=names, weights=weights)
    bottom = TOP + ROW * len(GOALS)
    title = "Целите на едно дете: в началото и след шест месеца"
    parts = [text(16, 28, title, size=18, bold=True), *frame(bottom)]
    for place, (goal, state) in enumerate(zip(GOALS, found.state, strict=True)):
        parts += row(place, goal, state)
    t, was = (f"{value:.1f}".replace(".", ",") for value in (found.t, found.t_before))
    words = (
        f"Постигнати {len(found.achieved)} от {len(GOALS) - len(found.unmeasured)} измерени цели. "
        f"Обща оценка {t} (в началото {was}; очаквана 50). „{found.unmeasured[0]}“ не влиза."
    )
    parts += [
        text(16, bottom + 32, words),
        f'<circle cx="22" cy="{bottom + 56}" r="5.5" fill="#fff" stroke="{LINE}" stroke-width="1.6"/>',
        text(34, bottom + 60, "в началото", size=13),
        f'<circle cx="138" cy="{bottom + 56}" r="6" fill="{BRAND}"/>',
        text(150, bottom + 60, "сега", size=13),
    ]
    print(write("attainment", WIDTH, bottom + 78, title, parts))


if __name__ == "__main__":
    main()
