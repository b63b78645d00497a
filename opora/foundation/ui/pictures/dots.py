"""Dot plot: where each item stands on one scale, several marks a line, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.axis import Scale, grid, scale
from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import BRAND, LINE, MUTED, category, shape
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, shorten, text, text_width
from opora.foundation.ui.pictures.values import Cell, Value, decimals_of, numbers, spoken
from opora.foundation.ui.pictures.words import describe


@dataclass(frozen=True)
class Dots:
    """One line: a value per series; `spread` is the interval (low, high) of the first one."""

    label: str
    values: tuple[Value, ...]
    spread: tuple[float, float] | None = None
    href: str = ""


def dots(
    title: str,
    items: Sequence[Dots],
    *,
    series: Sequence[str] = ("",),
    unit: str = "",
    limits: tuple[float, float] | None = None,
    source: str = "",
    heading: str = "",
    description: str = "",
) -> Picture:
    """A mark per value on one scale, of `limits` when given, else from zero to the largest.

    Series differ by colour and shape (at most six). An interval is drawn as a thin line and
    stands in the table as two columns.
    """
    category(len(series) - 1)
    names = [name or unit or _("Стойност") for name in series]
    spreads = any(item.spread for item in items)
    return make_picture(
        lambda sheet: _draw(sheet, items, series, limits),
        title=title,
        description=description or describe(title, [(i.label, i.values[0]) for i in items], names[0]),
        columns=[heading or _("Име"), *names, *([_("Най-малко"), _("Най-много")] if spreads else [])],
        rows=[_row(item, spreads) for item in items],
        source=source,
    )


def _row(item: Dots, spreads: bool) -> list[Cell]:
    ends: tuple[Cell, ...] = item.spread or (None, None)
    return [item.label, *item.values, *(ends if spreads else ())]


def _draw(
    sheet: Sheet, items: Sequence[Dots], series: Sequence[str], limits: tuple[float, float] | None
) -> Drawing:
    many = len(series) > 1
    key = legend(
        [Entry(name, mark=_mark(i, 0, 0, many)) for i, name in enumerate(series) if name], sheet.width
    )
    top = key.height + 8
    left = _left(sheet, items)
    step = 40.0 if sheet.narrow else 26.0
    along = _scale(items, limits, left + 8, sheet.width - 44, 4 if sheet.narrow else 6)
    bottom = top + step * len(items)
    places = decimals_of([value for item in items for value in item.values])
    lines = [_line(sheet, item, along, (left, top + step * i), places) for i, item in enumerate(items)]
    body = Markup("").join([key.body, grid(along, top, bottom), *lines])
    return Drawing(bottom + 22, body, links=any(item.href for item in items))


def _left(sheet: Sheet, items: Sequence[Dots]) -> float:
    if sheet.narrow:
        return 0.0
    return min(1.06 * max((text_width(item.label) for item in items), default=0) + 12, 260.0)


def _scale(
    items: Sequence[Dots], limits: tuple[float, float] | None, start: float, end: float, parts: int
) -> Scale:
    if limits:
        return scale(limits, start, end, parts=parts, zero=False)
    values = [value for item in items for value in (*numbers(item.values), *(item.spread or ()))]
    return scale(values, start, end, parts=parts)


def _line(sheet: Sheet, item: Dots, along: Scale, at: tuple[float, float], places: int) -> Markup:
    left, y = at
    middle = y + (27 if sheet.narrow else 13)
    words = shorten(item.label, sheet.width if sheet.narrow else (left - 12) / 1.06)
    start = (0.0, y + 14) if sheet.narrow else (left - 8, middle + 5)
    label = text(words, *start, anchor="start" if sheet.narrow else "end")
    drawn = [label, _spread(item, middle, along)]
    many = len(item.values) > 1
    for i, value in reversed(list(enumerate(item.values))):
        if isinstance(value, int | float):
            drawn.append(_mark(i, along(value), middle, many))
    drawn.append(_end(item, middle, along, places))
    body = Markup("").join(drawn)
    return el("a", body, href=item.href) if item.href else body


def _mark(index: int, x: float, y: float, many: bool) -> Markup:
    return shape(index, x, y, fill=None if many else BRAND)


def _spread(item: Dots, y: float, along: Scale) -> Markup:
    if not item.spread:
        return Markup("")
    low, high = (along(end) for end in item.spread)
    ends = f"M{low:.1f} {y - 4:.1f}v8M{high:.1f} {y - 4:.1f}v8M{low:.1f} {y:.1f}H{high:.1f}"
    return el("path", d=ends, stroke=LINE, stroke_width=1.5, fill="none")


def _end(item: Dots, y: float, along: Scale, places: int) -> Markup:
    """The number itself, beside a single mark; what is not known, in place of it."""
    known = [*numbers(item.values), *(item.spread or ())]
    if not numbers(item.values):
        return text(spoken(item.values[0]), along.start, y + 5, size=13, fill=MUTED)
    if len(item.values) > 1:
        return Markup("")
    return text(spoken(item.values[0], places), along(max(known)) + 10, y + 5, size=13)
