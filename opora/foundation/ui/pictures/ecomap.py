"""Ecomap: a person in the middle of a ring of people and agencies; how each tie holds and to whom it gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from markupsafe import Markup

from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import INK, PAPER
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.ring import LEADING, SIZE, Box, Point, centre_of, ring, words_of
from opora.foundation.ui.pictures.svg import el, path_data, shorten, text, wrap

STRONG, WEAK, TENSE, UNKNOWN = "strong", "weak", "tense", ""
TO, FROM, BOTH = "to", "from", "both"


@dataclass(frozen=True)
class Tie:
    """Somebody around the person. `strength`: strong, weak, tense or unknown; `gives`: to them, from them, both, unknown."""

    name: str
    strength: str = UNKNOWN
    gives: str = ""
    note: str = ""
    agency: bool = False


def ecomap(title: str, name: str, ties: Sequence[Tie], *, description: str = "", source: str = "") -> Picture:
    """Everybody around `name`, with the same as rows."""
    return make_picture(
        lambda sheet: _draw(sheet, name, ties),
        title=title,
        description=description or _described(ties),
        columns=[_("Човек или място"), _("Връзка"), _("Посока"), _("Бележка")],
        rows=[[tie.name, strengths()[tie.strength], directions()[tie.gives], tie.note] for tie in ties],
        source=source,
    )


def strengths() -> dict[str, str]:
    """The kinds of tie in words."""
    return {
        STRONG: pgettext("връзка", "силна"),
        WEAK: pgettext("връзка", "слаба"),
        TENSE: pgettext("връзка", "напрегната"),
        UNKNOWN: _("не е отбелязана"),
    }


def directions() -> dict[str, str]:
    """Who gives to whom."""
    return {TO: _("към тях"), FROM: _("от тях"), BOTH: _("в двете посоки"), "": ""}


def _described(ties: Sequence[Tie]) -> str:
    said = [ngettext("{n} връзка.", "{n} връзки.", len(ties)).format(n=len(ties))]
    for code, label in ((STRONG, _("Силни")), (WEAK, _("Слаби")), (TENSE, _("Напрегнати"))):
        names = [tie.name for tie in ties if tie.strength == code]
        if names:
            said.append(f"{label}: {', '.join(names)}.")
    return " ".join(said)


def _draw(sheet: Sheet, name: str, ties: Sequence[Tie]) -> Drawing:
    made = ring(name, [tie.name for tie in ties], sheet.width)
    body = Markup("").join(
        [
            *(_tie(made.line(i), tie) for i, tie in enumerate(ties)),
            *(_around_one(box, tie) for box, tie in zip(made.boxes, ties, strict=True)),
            _person(made.middle, name),
        ]
    )
    key = legend(_legend(ties), sheet.width, y=made.height + 14)
    return Drawing(made.height + 14 + key.height, body + key.body)


def _person(box: Box, name: str) -> Markup:
    (x, y), r = centre_of(box), (box[2] - box[0]) / 2
    circle = [
        el("circle", cx=x, cy=y, r=r - by, fill=PAPER, stroke=INK, stroke_width=2.0) for by in (0.0, 4.0)
    ]
    lines = [shorten(line, 2 * r - 18, 14) for line in wrap(name, 84, 14)[:3]]
    return Markup("").join([*circle, *_lines(lines, x, y, 14, bold=True)])


def _around_one(box: Box, tie: Tie) -> Markup:
    """A person has round corners, an agency straight ones."""
    x, y = centre_of(box)
    wide, tall = box[2] - box[0], box[3] - box[1]
    frame = el(
        "rect", x=box[0], y=box[1], width=wide, height=tall, rx=1.0 if tie.agency else 12.0,
        fill=PAPER, stroke=INK, stroke_width=1.5,
    )  # fmt: skip
    return Markup("").join([frame, *_lines(words_of(tie.name, wide), x, y, SIZE)])


def _lines(lines: Sequence[str], x: float, y: float, size: float, *, bold: bool = False) -> list[Markup]:
    top = y - LEADING * (len(lines) - 1) / 2 + size * 0.35
    return [
        text(line, x, top + LEADING * i, size=size, anchor="middle", bold=bold)
        for i, line in enumerate(lines)
    ]


def _tie(ends: tuple[Point, Point], tie: Tie) -> Markup:
    """Strong is thick, weak is dashed, tense is a saw; who gives is told by an arrow."""
    drawn = [_stroke(ends, tie.strength)]
    if tie.gives in (TO, BOTH):
        drawn.append(_arrow(*ends))
    if tie.gives in (FROM, BOTH):
        drawn.append(_arrow(ends[1], ends[0]))
    return Markup("").join(drawn)


def _stroke(ends: tuple[Point, Point], strength: str) -> Markup:
    points = _saw(*ends) if strength == TENSE else list(ends)
    thick = {STRONG: 4.5, WEAK: 1.5, TENSE: 1.5}.get(strength, 1.0)
    dashes = {WEAK: "7 5", UNKNOWN: "1 4"}.get(strength)
    return el(
        "path",
        d=path_data([points], closed=False),
        fill="none",
        stroke=INK,
        stroke_width=thick,
        stroke_dasharray=dashes,
    )


def _saw(one: Point, other: Point) -> list[Point]:
    (x0, y0), (x1, y1) = one, other
    far = math.hypot(x1 - x0, y1 - y0)
    count = max(int(far // 7), 2)
    side_x, side_y = (-(y1 - y0) / far * 5, (x1 - x0) / far * 5) if far else (0.0, 0.0)
    teeth = [(i / count, (1 if i % 2 else -1) if 1 < i < count - 1 else 0) for i in range(count + 1)]
    return [(x0 + (x1 - x0) * at + side_x * up, y0 + (y1 - y0) * at + side_y * up) for at, up in teeth]


def _arrow(start: Point, end: Point) -> Markup:
    (x0, y0), (x, y) = start, end
    far = math.hypot(x - x0, y - y0) or 1.0
    run, rise = (x - x0) / far, (y - y0) / far
    back = [(x - 13 * run - side * 6 * rise, y - 13 * rise + side * 6 * run) for side in (1, -1)]
    return el("path", d=path_data([[end, *back]]), fill=INK)


_SAMPLE = el("path", d="M-10 0L-6 -4L-2 4L2 -4L6 4L10 0", fill="none", stroke=INK, stroke_width=1.5)


def _legend(ties: Sequence[Tie]) -> list[Entry]:
    """Only what stands in the picture is explained."""
    there = {tie.strength for tie in ties}
    flat = ((-10.0, 0.0), (10.0, 0.0))
    entries = [
        Entry(
            _("{kind} връзка").format(kind=words) if code else words,
            mark=_SAMPLE if code == TENSE else _stroke(flat, code),
        )
        for code, words in strengths().items()
        if code in there
    ]
    if any(tie.gives for tie in ties):
        entries.append(Entry(_("стрелката сочи кой получава"), mark=_stroke(flat, WEAK) + _arrow(*flat)))
    shapes = [(True, 0.0, _("място или организация")), (False, 6.0, _("човек"))]
    for agency, rx, words in shapes:
        if any(tie.agency is agency for tie in ties):
            mark = el(
                "rect",
                x=-9.0,
                y=-6.0,
                width=18.0,
                height=12.0,
                rx=rx,
                fill=PAPER,
                stroke=INK,
                stroke_width=1.5,
            )
            entries.append(Entry(words, mark=mark))
    return entries
