"""Pictures of this room: who learnt from whom, practices on the map, values before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import BRAND, CATEGORIES, MUTED, shape
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, shorten, text, text_width
from opora.improvement.practice.layout import Spot, lay_out
from opora.improvement.practice.names import brief

STEP, LINE, LETTER = 58.0, 46.0, 8.2


@dataclass(frozen=True)
class Node:
    """A service: key, name, where it is; `value` is written beside it when the reader may see it."""

    key: str
    name: str
    where: str = ""
    href: str = ""
    value: str = ""
    origin: bool = False


@dataclass(frozen=True)
class Learnt:
    """One service learnt a practice from another; `state` and `day` in words."""

    teacher: str
    learner: str
    practice: str
    state: str = ""
    day: str = ""


def network(title: str, nodes: Sequence[Node], ties: Sequence[Learnt], *, source: str = "") -> Picture:
    """Arrows from who taught to who learnt, by columns; the same as rows in the table beside."""
    names = {node.key: node for node in nodes}
    return make_picture(
        lambda sheet: _draw(sheet, nodes, ties),
        title=title,
        description=_describe(nodes, ties),
        columns=[_("От кого"), _("Кой се е научил"), _("Практика"), _("Състояние"), _("От")],
        rows=[
            [_said(names[tie.teacher]), _said(names[tie.learner]), tie.practice, tie.state, tie.day]
            for tie in ties
        ],
        source=source,
    )


def _said(node: Node) -> str:
    return f"{node.name} ({node.value})" if node.value else node.name


def _describe(nodes: Sequence[Node], ties: Sequence[Learnt]) -> str:
    return ngettext("%(n)s услуга се е научила от друга.", "%(n)s пъти услуга се е научила от друга.", len(ties)) % {
        "n": len(ties)
    } + " " + _("Услуги в картината: %(n)s.") % {"n": len(nodes)}  # fmt: skip


def _draw(sheet: Sheet, nodes: Sequence[Node], ties: Sequence[Learnt]) -> Drawing:
    practices = list(dict.fromkeys(tie.practice for tie in ties))
    colours = {name: CATEGORIES[i] for i, name in enumerate(practices)} if 1 < len(practices) <= 6 else {}
    key = legend([Entry(name, mark=_stroke(colour)) for name, colour in colours.items()], sheet.width)
    spots = lay_out([node.key for node in nodes], [(tie.teacher, tie.learner) for tie in ties])
    places, height = _places(sheet, spots, key.height + 24)
    room = _room(sheet, spots)
    ends = {node.key: _end(node, places[node.key], room) for node in nodes}
    drawn = [_arrow(sheet, places, ends, tie, colours.get(tie.practice, BRAND)) for tie in ties]
    drawn += [_mark(node, places[node.key], room) for node in nodes]
    body = Markup("").join([_head(sheet, colours), key.body, *drawn])
    return Drawing(height, body, links=any(node.href for node in nodes))


def _stroke(colour: str) -> Markup:
    return el("path", d="M-7 0h14", stroke=colour, stroke_width=3.0)


def _head(sheet: Sheet, colours: dict[str, str]) -> Markup:
    """A small arrow head in each colour used."""
    heads = [
        el(
            "marker", el("path", d="M0 0L8 4L0 8Z", fill=colour), id=f"{sheet.key}-{colour.lstrip('#')}",
            markerWidth=8, markerHeight=8, refX=8, refY=4, orient="auto", markerUnits="userSpaceOnUse",
        )
        for colour in dict.fromkeys([BRAND, *colours.values()])
    ]  # fmt: skip
    return el("defs", *heads)


Places = dict[str, tuple[float, float]]


def _room(sheet: Sheet, spots: dict[str, Spot]) -> float:
    """Width for words beside a mark."""
    columns = max((spot.column for spot in spots.values()), default=0) + 1
    return sheet.width - 40 - 12 * (columns - 1) if sheet.narrow else (sheet.width - 20) / columns - 46


def _places(sheet: Sheet, spots: dict[str, Spot], top: float) -> tuple[Places, float]:
    """Columns side by side; on a telephone one below the other, each a little to the right."""
    if sheet.narrow:
        order = sorted(spots, key=lambda name: (spots[name].column, spots[name].row))
        found = {name: (24.0 + 12 * spots[name].column, top + LINE * i) for i, name in enumerate(order)}
        return found, top + LINE * len(order)
    columns = max((spot.column for spot in spots.values()), default=0) + 1
    most = max((spot.of for spot in spots.values()), default=1)
    wide = (sheet.width - 20) / columns
    found = {
        name: (12 + wide * spot.column, top + STEP * (spot.row + (most - spot.of) / 2))
        for name, spot in spots.items()
    }
    return found, top + STEP * most


def _end(node: Node, at: tuple[float, float], room: float) -> float:
    """Where the words beside a mark end, so that arrows begin after them."""
    wide = max(text_width(_short(node, room), bold=node.origin), text_width(_below(node), 12))
    return at[0] + 16 + min(room, wide)


def _short(node: Node, room: float) -> str:
    """The name as it fits, its end kept: towns and quoted names tell services apart."""
    return brief(node.name, max(12, int(room / LETTER)))


def _below(node: Node) -> str:
    return f"{node.value} · {node.where}" if node.value else node.where


def _arrow(sheet: Sheet, places: Places, ends: dict[str, float], tie: Learnt, colour: str) -> Markup:
    (x1, y1), (x2, y2) = places[tie.teacher], places[tie.learner]
    if sheet.narrow:
        bend = min(x1, x2) - 8 - min(12.0, abs(y2 - y1) / 12)
        d = f"M{x1 - 6:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2 - 8:.1f} {y2:.1f}"
    elif x2 > x1:
        begin = min(ends[tie.teacher], x2 - 30)
        bend = (x2 - begin) / 2
        d = f"M{begin:.1f} {y1:.1f}C{begin + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2 - 9:.1f} {y2:.1f}"
    else:
        d = f"M{x1:.1f} {y1 - 8:.1f}C{x1:.1f} {y1 - 34:.1f} {x2:.1f} {y2 - 34:.1f} {x2:.1f} {y2 - 9:.1f}"
    said = el("title", f"{tie.practice}: {tie.state}" if tie.state else tie.practice)
    marker = f"url(#{sheet.key}-{colour.lstrip('#')})"
    return el("path", said, d=d, fill="none", stroke=colour, stroke_width=1.6, marker_end=marker)


def _mark(node: Node, at: tuple[float, float], room: float) -> Markup:
    x, y = at
    drawn = shape(2 if node.origin else 0, x, y, size=6, fill=BRAND)
    words = [
        text(_short(node, room), x + 12, y - 1, bold=node.origin),
        text(shorten(_below(node), room, 12), x + 12, y + 14, size=12, fill=MUTED),
    ]
    body = Markup("").join([el("title", f"{node.name}, {node.where}"), drawn, *words])
    return el("a", body, href=node.href) if node.href else el("g", body)
