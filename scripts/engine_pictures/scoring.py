"""The picture of docs/engines/scoring.md: python scripts/engine_pictures/scoring.py"""

from drawing import ACCENT, BRAND, INK, box, line, text, write

from opora.engines.scoring import Weights, award, rank_acceptability, turning
from opora.engines.scoring.award import percent

NAMES = ["Дъга", "Слънце", "Роза", "Надежда", "Изгрев", "Мост", "Бор", "Ела"]
PILLARS = ["съдържание", "взаимодействие", "място в общността"]
MARKS = [
    [92, 84, 41], [55, 70, 95], [74, 80, 72], [81, 60, 55], [66, 69, 70], [49, 77, 63], [62, 44, 58], [35, 52, 66],
]  # fmt: skip
CENTRE, SHARE = [0.4, 0.35, 0.25], 0.5
WORDS = {"robust": "устойчиво", "defensible": "защитимо", "lottery": "според тежестите", "outside": "извън"}
LEFT, TOP, CELL, ROW = 112, 92, 62, 34


def main() -> None:
    """Draw how often each service has each place, and where the first place changes hands."""
    result = rank_acceptability(MARKS, weights=Weights.around(CENTRE, SHARE), observer_error=3)
    proposal = award(result, 3)
    order = sorted(range(len(NAMES)), key=lambda i: -proposal.share[i])
    parts = [
        text(16, 30, "Колко често всяка услуга заема всяко място", size=18, bold=True),
        text(16, 54, f"{result.samples:,} разумни тежести".replace(",", " ") + ", в проценти", size=14),
        *(
            text(LEFT + CELL * (r + 0.5), TOP - 10, str(r + 1), colour="#51605b", anchor="middle")
            for r in range(8)
        ),
        text(LEFT + 8 * CELL + 20, TOP - 10, "сред първите 3", colour="#51605b"),
    ]
    for row, one in enumerate(order):
        parts += _row(row, one, result.ranks[one], proposal)
    parts.append(
        line(
            LEFT + 3 * CELL,
            TOP - 4,
            LEFT + 3 * CELL,
            TOP + ROW * len(NAMES),
            stroke=ACCENT,
            wide=2,
            dash="4 3",
        )
    )
    parts += _strip(TOP + ROW * len(NAMES) + 48)
    write("scoring", 880, TOP + ROW * len(NAMES) + 148, "Места на осем услуги при много тежести", parts)


def _row(row, one, shares, proposal):
    y = TOP + row * ROW
    share = proposal.share[one]
    parts = [text(16, y + 22, f"„{NAMES[one]}“", bold=one in proposal.shortlist)]
    for place, part in enumerate(shares):
        parts.append(box(LEFT + place * CELL, y, CELL - 2, ROW - 2, fill=_tint(part), stroke="#dfe5e2"))
        if part >= 0.005:
            colour = "#ffffff" if part > 0.68 else INK
            parts.append(
                text(
                    LEFT + (place + 0.5) * CELL - 1,
                    y + 21,
                    f"{100 * part:.0f}",
                    colour=colour,
                    anchor="middle",
                    size=13,
                )
            )
    x = LEFT + 8 * CELL + 20
    parts.append(text(x + 44, y + 21, f"{percent(share)} %", anchor="end", bold=True))
    colour = BRAND if share >= 0.5 else "#51605b"
    return [*parts, text(x + 58, y + 21, WORDS[proposal.standing[one]], colour=colour)]


def _tint(share):
    """From white to the brand's green."""
    green = [int(BRAND[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (one - 255) * float(share) ** 0.8):02x}" for one in green)


def _strip(y):
    turns, width = turning(MARKS, CENTRE, 2), 8 * CELL - 2
    parts = [
        text(16, y, "Кой е първи, когато „място в общността“ тежи повече или по-малко", size=15, bold=True),
        text(16, y + 55, "тежест", colour="#51605b"),
    ]
    for s, one in enumerate(turns.first):
        x, end = (LEFT + width * float(w) for w in turns.weights[s : s + 2])
        parts.append(box(x, y + 36, end - x, 30, fill=("#d5e5e0", "#f5e4d6", "#e3e8e6")[s % 3]))
        parts.append(text((x + end) / 2, y + 55, f"„{NAMES[one]}“", anchor="middle"))
        if s:
            words = f"{100 * turns.weights[s]:.1f} %".replace(".", ",")
            parts.append(text(x, y + 84, words, anchor="middle", colour=ACCENT))
    now = LEFT + width * CENTRE[2]
    parts.append(line(now, y + 30, now, y + 66, stroke=INK, wide=2))
    parts.append(text(now, y + 26, f"сега {100 * CENTRE[2]:.0f} %", anchor="middle"))
    return [*parts, text(LEFT, y + 84, "0"), text(LEFT + width, y + 84, "100 %", anchor="end")]


if __name__ == "__main__":
    main()
