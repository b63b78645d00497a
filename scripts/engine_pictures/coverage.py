"""The picture of docs/engines/coverage.md: python scripts/engine_pictures/coverage.py"""

from __future__ import annotations

import numpy as np
from drawing import ACCENT, BRAND, INK, LINE, box, line, text, write

from opora.engines.common.reasons import number
from opora.engines.coverage import team
from opora.engines.coverage.tests import make

LEFT, RIGHT, TOP, ROW, WIDTH, HEIGHT = 120, 700, 96, 46, 880, 430


def sums() -> tuple[list[tuple[str, float, float]], list[str]]:
    """Municipality, hours needed, hours missing; and the sentences under the picture."""
    case = make.lovech()
    done = team(**case)
    need, places = np.asarray(case["need"].hours), np.array(case["need"].places)
    rows = [
        (place, float(need[places == place].sum()), float(done.uncovered[places == place].sum()))
        for place in dict.fromkeys(places.tolist())
    ]
    words = [str(one) for one in done.why]
    return rows, [words[0], next(one for one in words if one.startswith("Още един"))]


def main() -> None:
    rows, words = sums()
    wide = (RIGHT - LEFT) / max(need for _, need, _ in rows)
    parts = [
        text(20, 34, "Нужни часове за 12 седмици и какво остава непокрито", size=18, bold=True),
        box(20, 52, 12, 12, fill=BRAND, stroke="none"),
        text(38, 63, "покрити часове", size=13),
        box(160, 52, 12, 12, fill=ACCENT, stroke="none"),
        text(178, 63, "непокрити часове", size=13),
    ]
    for n, (place, need, missing) in enumerate(rows):
        y, met = TOP + n * ROW, (need - missing) * wide
        parts += [
            text(LEFT - 12, y + 19, place, anchor="end"),
            box(LEFT, y, met, 26, fill=BRAND, stroke="none"),
            box(LEFT + met, y, missing * wide, 26, fill=ACCENT, stroke="none"),
            text(
                LEFT + need * wide + 8,
                y + 19,
                f"липсват {number(round(missing))} от {number(round(need))}",
                size=13,
            ),
        ]
    bottom = TOP + len(rows) * ROW
    parts += [
        line(LEFT, TOP - 8, LEFT, bottom - 8, stroke=INK),
        line(20, bottom + 8, WIDTH - 20, bottom + 8, stroke=LINE),
    ]
    parts += [text(20, bottom + 36 + 24 * n, one) for n, one in enumerate(words)]
    write("coverage", WIDTH, HEIGHT, "Ловеч: нужни и непокрити часове по общини", parts)


if __name__ == "__main__":
    main()
