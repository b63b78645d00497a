"""The picture of docs/engines/norms.md: python scripts/engine_pictures/norms.py"""

from __future__ import annotations

from drawing import ACCENT, BRAND, INK, LINE, SURFACE, box, line, text, write

from opora.engines.norms import Group, Indicator, Norm, Rule, RuleSet, places

# Registered population (ГРАО) beside made-up numbers of children.
TOWNS = [
    ("LOV18", "Ловеч", 42670, 515),
    ("LOV34", "Троян", 28682, 412),
    ("LOV02", "Априлци", 2728, 31),
    ("LOV33", "Тетевен", 18827, 346),
    ("LOV38", "Ябланица", 6047, 118),
    ("LOV36", "Угърчин", 5989, None),
    ("LOV19", "Луковит", 18149, 391),
    ("LOV17", "Летница", 4463, 96),
]
RULES = RuleSet(
    (
        Norm(
            "day_care",
            "children",
            Rule("coefficient", 2.5, "percent", "НПСУ, глава II", text="дял за дневна грижа"),
            minimum=Rule("minimum", 6000, "persons", "НПСУ, глава II", text="праг за споделяне"),
        ),
    ),
    (Group(("LOV34", "LOV02"), "LOV34"), Group(("LOV33", "LOV38", "LOV36"), "LOV33")),
)
LEFT, SCALE, TOP, ROW, WIDTH = 190, 26, 92, 36, 880


def figures() -> list[Indicator]:
    rows = [(code, "population", people) for code, _, people, _ in TOWNS]
    rows += [(code, "children", children) for code, _, _, children in TOWNS]
    return [Indicator(*row, source="измислени") for row in rows]


def row(place: int, name: str, one) -> list[str]:
    y = TOP + ROW * place
    parts = [text(LEFT - 14, y + 17, name, anchor="end")]
    if one.need is None:
        return [
            *parts,
            text(LEFT + 6, y + 17, "броят на децата липсва: местата не са известни", colour=ACCENT),
        ]
    need = f"{one.need:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    parts.append(box(LEFT, y + 3, one.need * SCALE, 20, fill=SURFACE, stroke=BRAND))
    end = max(one.need, one.places or 0) * SCALE + LEFT
    if one.places is None:
        words = f"нужда {need}; общината споделя, общо поне {one.at_least}"
        return [*parts, text(end + 12, y + 17, words, colour=ACCENT)]
    parts.append(
        line(LEFT + one.places * SCALE, y - 1, LEFT + one.places * SCALE, y + 27, stroke=BRAND, wide=3)
    )
    words = f"нужда {need} → {one.places} {'място' if one.places == 1 else 'места'}"
    if one.shared:
        words += f" от общо {one.whole}"
    elif any(reason.kind == "change" for reason in one.why):
        words += "; под прага, а с кого споделя, не е посочено"
    return [*parts, text(end + 12, y + 17, words)]


def bracket(first: int, last: int) -> list[str]:
    top, bottom = TOP + ROW * first + 2, TOP + ROW * last + 24
    return [
        line(96, top, 96, bottom, stroke=INK, wide=1.5),
        line(96, top, 104, top, stroke=INK, wide=1.5),
        line(96, bottom, 104, bottom, stroke=INK, wide=1.5),
    ]


def main() -> None:
    """Draw need and places of eight municipalities, two groups of which share."""
    lines = {one.municipality: one for one in places(RULES, figures())}
    title = "Места за дневна грижа: 2,5 на сто от децата, под 6000 жители се споделя"
    parts = [
        text(16, 28, title, size=18, bold=True),
        text(16, 56, "Децата и нормите са измислени. Непроверени норми.", size=13, colour=LINE),
    ]
    for place, (code, name, _, _) in enumerate(TOWNS):
        parts += row(place, name, lines[code])
    for group, words in (((1, 2), "Троян"), ((3, 5), "Тетевен")):
        parts += bracket(*group)
        middle = TOP + ROW * (group[0] + group[1]) / 2
        parts += [
            text(88, middle + 10, "споделят,", size=13, anchor="end"),
            text(88, middle + 26, f"в {words}", size=13, anchor="end"),
        ]
    bottom = TOP + ROW * len(TOWNS) + 20
    parts += [
        box(LEFT, bottom - 12, 40, 14, fill=SURFACE, stroke=BRAND), text(LEFT + 50, bottom, "нужда", size=13),
        line(LEFT + 130, bottom - 16, LEFT + 130, bottom + 4, stroke=BRAND, wide=3), text(LEFT + 140, bottom, "места", size=13),
    ]  # fmt: skip
    print(write("norms", WIDTH, bottom + 26, title, parts))


if __name__ == "__main__":
    main()
