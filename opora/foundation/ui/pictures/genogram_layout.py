"""Where everything of a genogram stands on a paper of some width, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opora.foundation.ui.pictures.kin import Family, Kin
from opora.foundation.ui.pictures.kin_homes import Point, Sizes
from opora.foundation.ui.pictures.kin_place import Line, Placed, placed
from opora.foundation.ui.pictures.svg import shorten, text_width, wrap

NAME, NOTE, LEADING = 13.0, 12.0, 15.0
UPRIGHT = Sizes(cell=118, band=104, symbol=36)
SQUEEZE = 1.15
"""An upright drawing this much wider than the paper is made smaller; a wider one is laid on its side."""
ROOM = 46.0
"""Height of a line of people who are not in the tree."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Layout:
    """What will be drawn, in pixels of a paper `width` wide: a box for each symbol with its words, lines, outlines."""

    width: float
    height: float
    symbols: dict[str, Point]
    words: dict[str, tuple[Point, tuple[str, ...]]]
    lines: tuple[Line, ...]
    homes: tuple[tuple[Point, ...], ...]
    size: float
    heading: float | None

    def boxes(self) -> dict[str, list[Box]]:
        """The places taken by each person: symbol and words."""
        half = self.size / 2
        found = {key: [(x - half, y - half, x + half, y + half)] for key, (x, y) in self.symbols.items()}
        for key, ((x, y), lines) in self.words.items():
            upright = abs(x - self.symbols[key][0]) < 1
            for place, line in enumerate(lines):
                wide = text_width(line, NAME if place == 0 else NOTE)
                left = x - wide / 2 if upright else x
                found[key].append((left, y - 11 + LEADING * place, left + wide, y + 3 + LEADING * place))
        return found


def layout(drawn: Family, width: float) -> Layout:
    """Upright where it fits the paper, else on its side; people outside the tree in rows below."""
    tree = placed(drawn, UPRIGHT)
    if tree.length <= width * SQUEEZE:
        return _with_loose(drawn, _upright(drawn, tree, width))
    deep = max(width, len(drawn.rows) * 118.0)
    return _with_loose(drawn, _lying(drawn, *_on_its_side(drawn, deep), deep))


def _on_its_side(drawn: Family, deep: float) -> tuple[Placed, Sizes]:
    """The bands as wide as the paper allows beside the tracks between them."""
    sizes = Sizes(cell=62, band=0, symbol=28, gutter=14, gap=22)
    tracks = placed(drawn, sizes).depth
    sizes = replace(sizes, band=(deep - tracks) / max(len(drawn.rows), 1))
    return placed(drawn, sizes), sizes


def _upright(drawn: Family, tree: Placed, width: float) -> Layout:
    whole = max(width, tree.length)
    shift, half = (whole - tree.length) / 2, UPRIGHT.symbol / 2
    symbols = {key: (a + shift, d) for key, (a, d) in tree.at.items()}
    words = {
        key: ((x, y + half + 15), _words(drawn.people[key], UPRIGHT.cell - 4))
        for key, (x, y) in symbols.items()
    }
    lines = tuple(Line(one.of, tuple((a + shift, d) for a, d in one.points), one.apart) for one in tree.lines)
    homes = tuple(tuple((a + shift, d) for a, d in home) for home in tree.homes)
    return Layout(whole, tree.depth, symbols, words, lines, homes, UPRIGHT.symbol, None)


def _lying(drawn: Family, tree: Placed, sizes: Sizes, width: float) -> Layout:
    whole = max(width, tree.depth)
    symbols = {key: (d, a) for key, (a, d) in tree.at.items()}
    room = sizes.band - sizes.symbol - 8
    words = {}
    for key, (x, y) in symbols.items():
        said = _words(drawn.people[key], room)
        words[key] = ((x + sizes.symbol / 2 + 6, y + 4 - LEADING * (len(said) - 1) / 2), said)
    lines = tuple(Line(one.of, tuple((d, a) for a, d in one.points), one.apart) for one in tree.lines)
    homes = tuple(tuple((d, a) for a, d in home) for home in tree.homes)
    return Layout(whole, tree.length + 4, symbols, words, lines, homes, sizes.symbol, None)


def _words(one: Kin, room: float) -> tuple[str, ...]:
    """The name in at most two lines, then at most two lines more."""
    name = wrap(one.name, room, NAME)
    name = [*name[:1], " ".join(name[1:])] if len(name) > 1 else name
    notes = [line for said in one.lines for line in wrap(said, room, NOTE)]
    notes = [*notes[:1], " ".join(notes[1:])] if len(notes) > 2 else notes
    return (*(shorten(line, room, NAME) for line in name), *(shorten(line, room, NOTE) for line in notes))


def _with_loose(drawn: Family, made: Layout) -> Layout:
    """People without a tie of blood or marriage stand below, as many in a line as fit."""
    if not drawn.loose:
        return made
    columns = max(1, int(made.width // 230))
    wide, top = made.width / columns, made.height + 42
    symbols, words = dict(made.symbols), dict(made.words)
    for place, key in enumerate(drawn.loose):
        x, y = wide * (place % columns) + made.size / 2 + 8, top + (ROOM + 22) * (place // columns) + ROOM / 2
        said = _words(drawn.people[key], wide - made.size - 28)
        symbols[key] = (x, y)
        words[key] = ((x + made.size / 2 + 6, y + 4 - LEADING * (len(said) - 1) / 2), said)
    height = top + (ROOM + 22) * (1 + (len(drawn.loose) - 1) // columns)
    return Layout(made.width, height, symbols, words, made.lines, made.homes, made.size, top - 18)
