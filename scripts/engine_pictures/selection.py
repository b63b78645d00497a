"""The picture of docs/engines/selection.md: python scripts/engine_pictures/selection.py"""

from __future__ import annotations

import numpy as np
from drawing import ACCENT, BRAND, INK, LINE, line, text, write

from opora.engines.selection import certificate, select

REGIONS = [
    "Благоевград", "Бургас", "Варна", "Велико Търново", "Видин", "Враца", "Габрово", "Добрич", "Кърджали",
    "Кюстендил", "Ловеч", "Монтана", "Пазарджик", "Перник", "Плевен", "Пловдив", "Разград", "Русе", "Силистра",
    "Сливен", "Смолян", "София", "София (столица)", "Стара Загора", "Търговище", "Хасково", "Шумен", "Ямбол",
]  # fmt: skip
LARGE = ["Бургас", "Пловдив", "София (столица)", "Варна"]
PEOPLE, PLACES, SEED = 318, 84, 9
LEFT, RIGHT, TOP, ROW, WIDTH = 136, 800, 84, 19, 880
BOTTOM = TOP + ROW * (len(REGIONS) - 1) + 14
LOW, HIGH = 30, 100
DOTS = {
    "points": f'r="4" fill="{BRAND}"',
    "quota": f'r="4" fill="{ACCENT}"',
    "lot": f'r="4" fill="{BRAND}" stroke="{INK}" stroke-width="2"',
    "tied": f'r="3.6" fill="#fff" stroke="{INK}" stroke-width="2"',
    "": f'r="2.6" fill="none" stroke="{LINE}"',
}


def instance():
    """Made-up employees: two at least from a region, more from the larger ones, points in halves."""
    random = np.random.default_rng(SEED)
    share = np.array([3.0 if name in LARGE else 1.0 for name in REGIONS])
    drawn = random.choice(len(REGIONS), PEOPLE - 2 * len(REGIONS), p=share / share.sum())
    region = np.concatenate([np.arange(len(REGIONS)).repeat(2), drawn])
    body = random.random(PEOPLE) < 0.35
    points = np.clip(np.round(random.normal(64, 11, PEOPLE) * 2) / 2, LOW, HIGH)
    quotas = [(np.flatnonzero(region == one).tolist(), 2, 5) for one in range(len(REGIONS))]
    quotas += [(np.flatnonzero(body == one).tolist(), 34, None) for one in (False, True)]
    return points, region, quotas


def across(points: float) -> float:
    return LEFT + (points - LOW) / (HIGH - LOW) * (RIGHT - LEFT)


def dot(x: float, y: float, kind: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" {DOTS[kind]}/>'


def kinds(points, quotas):
    """The answer, and of each person how to draw them."""
    asked = {"places": PLACES, "quotas": quotas, "seed": SEED}
    done = select(points, **asked)
    tied = set(certificate(points, **asked).tied.tolist())
    return done, [basis or ("tied" if i in tied else "") for i, basis in enumerate(done.basis)]


def rows(region, chosen) -> list[str]:
    parts = [text(WIDTH - 10, TOP - 22, "избрани (2–5)", size=13, colour=LINE, anchor="end")]
    for row, name in enumerate(REGIONS):
        y = TOP + ROW * row
        parts += [
            line(LEFT, y, RIGHT, y, wide=0.4),
            text(LEFT - 10, y + 4, name, size=13, anchor="end"),
            text(
                WIDTH - 10, y + 4, str(int((region[chosen] == row).sum())), size=13, anchor="end", bold=True
            ),
        ]
    for mark in range(LOW, HIGH + 1, 10):
        label = f"{mark} точки" if mark == LOW else str(mark)
        parts.append(text(across(mark), BOTTOM + 16, label, size=13, colour=LINE, anchor="middle"))
    return parts


def dots(points, region, ranking, kind) -> list[str]:
    """Everybody, the chosen on top; equal points of a region a little above and below one another."""
    met: dict[tuple[int, float], int] = {}
    parts = []
    for one in reversed(ranking.tolist()):
        key = (int(region[one]), float(points[one]))
        met[key] = met.get(key, -1) + 1
        lift = (0, -5, 5)[met[key] % 3]
        parts.append((kind[one] != "", dot(across(points[one]), TOP + ROW * region[one] + lift, kind[one])))
    return [part for _, part in sorted(parts, key=lambda part: part[0])]


def legend(kind) -> list[str]:
    words = {
        "points": "по точки", "quota": "по квота", "lot": "по жребий", "tied": "равни, неизтеглени", "": "неизбрани",
    }  # fmt: skip
    parts, x = [], LEFT
    for each, word in words.items():
        label = f"{kind.count(each)} {word}"
        parts += [dot(x, BOTTOM + 42, each), text(x + 10, BOTTOM + 46, label, size=13)]
        x += 46 + len(label) * 7
    return parts


def main() -> None:
    points, region, quotas = instance()
    done, kind = kinds(points, quotas)
    cut = across(done.cut)
    title = f"{PEOPLE} кандидати, {PLACES} места, 28 области, две институции"
    parts = [
        text(16, 28, title, size=18, bold=True),
        *rows(region, done.chosen),
        line(cut, TOP - 14, cut, BOTTOM, stroke=INK, dash="3 3"),
        text(cut, TOP - 22, f"последен по точки: {done.cut:g}".replace(".", ","), size=13, anchor="middle"),
        *dots(points, region, done.ranking, kind),
        *legend(kind),
    ]
    print(write("selection", WIDTH, BOTTOM + 64, title, parts))


if __name__ == "__main__":
    main()
