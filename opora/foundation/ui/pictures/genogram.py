"""Genogram: a family of several generations. □ man, ○ woman, ◇ other, double outline the child, × deceased, / parted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from opora.foundation.ui.pictures.genogram_layout import LEADING, NAME, NOTE, Layout, layout
from opora.foundation.ui.pictures.kin import Family, Kin, Pair, family
from opora.foundation.ui.pictures.kin_homes import Point
from opora.foundation.ui.pictures.kin_place import Line
from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import INK, MUTED, PAPER
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, number, path_data, text


def genogram(
    title: str, people: Sequence[Kin], pairs: Iterable[Pair] = (), *, description: str = "", source: str = ""
) -> Picture:
    """The family as a picture with its people as rows. ValueError when somebody stands above their own parent."""
    drawn = family(people, pairs)
    return make_picture(
        lambda sheet: _draw(sheet, drawn),
        title=title,
        description=description or _described(drawn),
        columns=[_("Име"), _("Кой е"), _("Живее с детето")],
        rows=[[one.name, ", ".join(one.lines), _("да") if one.home else ""] for one in people],
        source=source,
    )


def _described(drawn: Family) -> str:
    count = len(drawn.people)
    said = [ngettext("{n} човек.", "{n} души.", count).format(n=count)]
    homes = [one.name for one in drawn.people.values() if one.home and not one.centre]
    if homes:
        said.append(_("С детето живеят: {names}.").format(names=", ".join(homes)))
    apart = [pair for pair in drawn.pairs if pair.apart]
    for pair in apart:
        names = {"one": drawn.people[pair.one].name, "other": drawn.people[pair.other].name}
        said.append(_("{one} и {other} са разделени.").format(**names))
    dead = [one.name for one in drawn.people.values() if one.dead]
    return " ".join([*said, *([_("Починали: {names}.").format(names=", ".join(dead))] if dead else [])])


def _draw(sheet: Sheet, drawn: Family) -> Drawing:
    made = layout(drawn, sheet.width)
    scale = sheet.width / made.width
    body = Markup("").join(
        [
            *(_home(points) for points in made.homes),
            *(_line(line) for line in made.lines),
            text(_("Други близки хора"), 0, made.heading, size=14, bold=True) if made.heading else Markup(""),
            *(_person(drawn.people[key], at, made.size) for key, at in made.symbols.items()),
            *(_said(made, key) for key in made.words),
        ]
    )
    if scale < 1:
        body = el("g", body, transform=f"scale({number(scale)})")
    key = legend(_legend(drawn), sheet.width, y=made.height * scale + 12)
    return Drawing(made.height * scale + 12 + key.height, body + key.body)


def _said(made: Layout, key: str) -> Markup:
    (x, y), lines = made.words[key]
    anchor = "middle" if abs(x - made.symbols[key][0]) < 1 else "start"
    return Markup("").join(
        text(line, x, y + LEADING * place, size=NAME if place == 0 else NOTE, anchor=anchor, bold=place == 0)
        for place, line in enumerate(lines)
    )


def _home(points: Sequence[Point]) -> Markup:
    return el(
        "path", d=path_data([points]), fill="none", stroke=MUTED, stroke_width=1.5, stroke_dasharray="6 4"
    )


def _line(line: Line) -> Markup:
    drawn = el("path", d=path_data([line.points], closed=False), fill="none", stroke=INK, stroke_width=1.5)
    return drawn + (_slash(line.points) if line.apart else Markup(""))


def _slash(points: Sequence[Point]) -> Markup:
    """Across the longest piece of the line, a quarter from its beginning, where no child's line comes down."""
    (x0, y0), (x1, y1) = max(itertools.pairwise(points), key=lambda ends: _far(*ends))
    x, y = x0 + (x1 - x0) / 4, y0 + (y1 - y0) / 4
    return el(
        "path", d=path_data([[(x - 5, y + 8), (x + 5, y - 8)]], closed=False), stroke=INK, stroke_width=2.0
    )


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _person(one: Kin, at: Point, size: float) -> Markup:
    shape = _SHAPES.get(one.sex, _diamond)
    drawn = [shape(at, size / 2)]
    if one.centre:
        drawn.append(shape(at, size / 2 - 4))
    if one.dead:
        (x, y), r = at, size / 2 - 3
        strokes = [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]]
        drawn.append(el("path", d=path_data(strokes, closed=False), stroke=INK, stroke_width=1.5))
    return el("g", *drawn, class_="kin")


def _square(at: Point, r: float) -> Markup:
    return el(
        "rect", x=at[0] - r, y=at[1] - r, width=2 * r, height=2 * r, fill=PAPER, stroke=INK, stroke_width=2.0
    )


def _circle(at: Point, r: float) -> Markup:
    return el("circle", cx=at[0], cy=at[1], r=r, fill=PAPER, stroke=INK, stroke_width=2.0)


def _diamond(at: Point, r: float) -> Markup:
    x, y = at
    points = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
    return el("path", d=path_data([points]), fill=PAPER, stroke=INK, stroke_width=2.0)


_SHAPES: dict[str, Callable[[Point, float], Markup]] = {"m": _square, "f": _circle}


def _legend(drawn: Family) -> list[Entry]:
    """Only what stands in the picture is explained."""
    people = drawn.people.values()
    mark = _person(
        Kin("", "", centre=True, sex=next((one.sex for one in people if one.centre), "")), (0, 0), 17
    )
    line = el("path", d="M-9 0H9", stroke=INK, stroke_width=1.5)
    dashes = el(
        "path", d="M-9 -6H9V6H-9Z", fill="none", stroke=MUTED, stroke_width=1.5, stroke_dasharray="4 3"
    )
    told = [
        (any(one.sex == "m" for one in people), _("мъж"), _square((0, 0), 8)),
        (any(one.sex == "f" for one in people), _("жена"), _circle((0, 0), 8)),
        (any(one.sex not in _SHAPES for one in people), _("друго или не е посочено"), _diamond((0, 0), 9)),
        (any(one.centre for one in people), _("за кого е досието"), mark),
        (any(one.dead for one in people), _("починал човек"), _person(Kin("", "", "m", dead=True), (0, 0), 16)),
        (any(pair.apart for pair in drawn.pairs), _("разделени"), line + _slash([(-4.0, 0.0), (12.0, 0.0)])),
        (any(one.home for one in people), _("живеят заедно"), dashes),
    ]  # fmt: skip
    return [Entry(words, mark=drawn_mark) for there, words, drawn_mark in told if there]
