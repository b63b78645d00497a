"""The picture of docs/engines/agreement.md: python scripts/engine_pictures/agreement.py"""

from __future__ import annotations

import numpy as np
from drawing import ACCENT, BRAND, INK, LINE, line, text, write

from opora.engines.agreement import report

# name, spread of the truth, error of the observers, units marked by both
INDICATORS = [
    ("План за всеки потребител", 1.1, 0.25, 60),
    ("Участие на семейството", 1.0, 0.42, 60),
    ("Връзка с училището", 0.9, 0.5, 60),
    ("Достъпна среда", 1.0, 0.5, 9),
    ("Място в общността", 0.7, 0.8, 60),
    ("Безопасност на сградата", 0.0, 0.24, 60),
]
LEFT, RIGHT, TOP, ROW, WIDTH, HEIGHT = 206, 606, 92, 38, 880, 384
LOW, HIGH = -0.2, 1.0
WORDS = {
    "reliable": "надеждно",
    "tentative": "предварително",
    "unreliable": "ненадеждно",
    "unknown": "виж Гует",
}


def marks(spread: float, error: float, units: int, seed: int) -> np.ndarray:
    """Two observers, marks of 0–4; made up."""
    chance = np.random.default_rng(seed)
    truth = (2 if spread else 4) + chance.normal(0, spread, units)
    return np.clip(np.rint(truth + chance.normal(0, error, (2, units))), 0, 4)


def across(value: float) -> float:
    return LEFT + (max(value, LOW) - LOW) / (HIGH - LOW) * (RIGHT - LEFT)


def written(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")


def frame() -> list[str]:
    bottom = TOP + ROW * len(INDICATORS) - 8
    parts = [
        text(across(limit), TOP - 22, words, size=13, anchor="middle")
        for limit, words in ((0.667, "0,667"), (0.8, "0,800"))
    ]
    parts += [
        line(across(limit), TOP - 14, across(limit), bottom, stroke=INK, dash="3 3") for limit in (0.667, 0.8)
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(
            text(
                across(tick),
                bottom + 18,
                f"{tick:g}".replace(".", ","),
                size=13,
                colour=LINE,
                anchor="middle",
            )
        )
    parts.append(line(LEFT, bottom, RIGHT, bottom))
    return parts


def row(place: int, name: str, found) -> list[str]:
    y = TOP + ROW * place + 8
    colour = ACCENT if found.verdict == "unreliable" else BRAND
    parts = [text(LEFT - 16, y + 5, name, anchor="end"), line(LEFT, y, RIGHT, y, wide=0.4)]
    if not np.isnan(found.low):
        parts.append(line(across(found.low), y, across(found.high), y, stroke=colour, wide=3))
    parts.append(f'<circle cx="{across(found.alpha):.1f}" cy="{y}" r="5.5" fill="{colour}"/>')
    at = across(found.ac2)
    parts.append(f'<path d="M{at:.1f} {y - 6}l6 6-6 6-6-6z" fill="#fff" stroke="{INK}" stroke-width="1.6"/>')
    doubt = "" if found.firm or found.verdict == "unknown" else ", несигурно"
    words = f"{written(found.alpha)}  {WORDS[found.verdict]}{doubt}"
    if not found.enough:
        words += f" ({found.double} двойни)"
    return [*parts, text(RIGHT + 18, y + 5, words, size=13)]


def main() -> None:
    """Draw alpha with its limits and AC2 of six indicators."""
    title = "Съгласие на двама наблюдатели по шест показателя"
    parts = [text(16, 28, title, size=18, bold=True), *frame()]
    for place, (name, spread, error, units) in enumerate(INDICATORS):
        parts += row(place, name, report(marks(spread, error, units, 21 + place), categories=range(5)))
    y = HEIGHT - 16
    parts += [
        f'<circle cx="{LEFT + 6}" cy="{y - 4}" r="5.5" fill="{BRAND}"/>',
        line(LEFT - 8, y - 4, LEFT + 20, y - 4, stroke=BRAND, wide=3),
        text(LEFT + 28, y, "алфа, 95 % от повторенията", size=13),
        f'<path d="M{LEFT + 236} {y - 10}l6 6-6 6-6-6z" fill="#fff" stroke="{INK}" stroke-width="1.6"/>',
        text(LEFT + 250, y, "показател на Гует", size=13),
    ]
    print(write("agreement", WIDTH, HEIGHT, title, parts))


if __name__ == "__main__":
    main()
