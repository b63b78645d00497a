"""Draw docs/engines/matching.svg: one child's shortlist, what each family's points are lost on. Real output of rank().

PYTHONPATH=. python scripts/engine_pictures/matching.py
"""

from drawing import ACCENT, BRAND, INK, LINE, box, line, text, write

from opora.engines.common.reasons import number, say
from opora.engines.matching import Child, Criteria, Family, Fit, Need, rank

LEFT, WIDE, TOP, STEP = 120, 400, 96, 66
WORDS = {"need": "нужди", "age": "възраст", "distance": "път", "stand": "отношение"}
CRITERIA = Criteria(
    names={"rehabilitation": "рехабилитация", "speech": "логопед", "contact": "контакти с баба"}
)


def example() -> list[Fit]:
    """A girl of eight from Lovech with three needs, and five families."""
    child = Child(
        "К-014", ages=(8.0,), placement="long", place=(43.137, 24.714),
        needs=(Need("speech", must=True), Need("rehabilitation"), Need("school")), circumstances={"contact": True},
    )  # fmt: skip
    every = {"speech": True, "rehabilitation": True, "school": True}
    known = {
        "approved": True,
        "free": 1,
        "placements": {"long"},
        "ages": (5, 12),
        "stands": {"contact": "acceptable"},
    }
    rows = {
        "Ловеч": {"place": (43.137, 24.714), "covers": every | {"rehabilitation": False}, "nearest": {"rehabilitation": 24},
                  "stands": {"rehabilitation": "acceptable"}},
        "Троян": {"place": (42.886, 24.716), "covers": every},
        "Плевен": {"place": (43.417, 24.607), "covers": every, "ages": (3, 7)},
        "Тетевен": {"place": (42.916, 24.258), "covers": every, "stands": {"contact": "uncertain"}, "ages": (2, 6)},
        "Луковит": {"place": (43.207, 24.163), "covers": every | {"speech": False}, "stands": {"speech": "acceptable",
                    "contact": "acceptable"}},
    }  # fmt: skip
    return rank(child, [Family(name, **{**known, **facts}) for name, facts in rows.items()], CRITERIA, 5)


def row(index: int, fit: Fit) -> list[str]:
    """One family: what is left of 100 points, what the rest was lost on, and the sentence that matters most."""
    y, near = TOP + index * STEP, fit.standing == "near"
    colour, end = LINE if near else BRAND, WIDE * fit.score / 100
    lost = [
        f"{WORDS[code]} {number(points)}"
        for code, points in sorted(fit.parts.items(), key=lambda p: p[1])
        if points < 0
    ]
    told = fit.hard_unmet[:1] or [one for one in fit.against if one.values["points"] < 0][:1]
    place = "не отговаря на условие" if near else f"място {fit.place}"
    return [
        text(LEFT - 14, y + 15, fit.family, size=15, anchor="end", bold=True),
        box(LEFT, y, WIDE, 20, stroke=LINE, wide=0.7),
        box(LEFT, y, end, 20, fill=colour, stroke=colour),
        text(LEFT + 8, y + 15, number(fit.score), size=13, colour="#ffffff", bold=True),
        text(LEFT + WIDE + 14, y + 15, place, size=13, colour=ACCENT if near else INK),
        text(
            LEFT,
            y + 38,
            " ".join(map(say, told)) or say(fit.for_[0]),
            size=12,
            colour=ACCENT if near else INK,
        ),
        text(LEFT + WIDE + 14, y + 38, ", ".join(lost), size=12, colour=ACCENT),
    ]


def drawn(fits: list[Fit]) -> list[str]:
    """The whole picture."""
    head = [
        text(20, 34, "Семейства за едно дете и за какво губят точки", size=18, bold=True),
        text(
            20,
            56,
            "Първо тези, които отговарят на всички задължителни условия. Решава човек.",
            size=13,
            colour=LINE,
        ),
        text(LEFT, TOP - 14, "0", size=11, colour=LINE),
        text(LEFT + WIDE, TOP - 14, "100 точки", size=11, colour=LINE, anchor="end"),
        line(LEFT, TOP - 9, LEFT + WIDE, TOP - 9, wide=0.7),
    ]
    return head + [part for index, fit in enumerate(fits) for part in row(index, fit)]


if __name__ == "__main__":
    found = example()
    write("matching", 800, TOP + len(found) * STEP, "Семейства за едно дете", drawn(found))
