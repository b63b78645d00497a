"""Horizontal bars: one value, several side by side, or parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.legend import Entry, Legend, legend
from opora.foundation.ui.pictures.palette import BRAND, INK, LINE, MUTED, category, dotted, hatch
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, shorten, text, text_width, wrap
from opora.foundation.ui.pictures.values import Value, decimals_of, numbers, spoken
from opora.foundation.ui.pictures.words import describe

LABEL_SIZE = 14.0
VALUE_SIZE = 14.0


@dataclass(frozen=True)
class Bar:
    """One line of the chart: what it is about, a value per series (≥ 0), an address to open."""

    label: str
    values: tuple[Value, ...]
    href: str = ""


@dataclass(frozen=True)
class _Plan:
    """Measures of one chart on one sheet, in pixels."""

    sheet: Sheet
    left: float
    right: float
    top: float
    thick: float
    gap: float
    scale: float
    decimals: int

    def width(self, value: float) -> float:
        return value * self.scale


def bars(
    title: str,
    items: Sequence[Bar],
    *,
    series: Sequence[str] = ("",),
    stacked: bool = False,
    unit: str = "",
    source: str = "",
    heading: str = "",
    description: str = "",
) -> Picture:
    """A bar per item and series, values written at the end; `stacked` lays the series in one bar.

    `title` is the message, `heading` names the first column of the table („Община“), `unit`
    the values („места“). Values are ≥ 0, `None` (no data) or `Hidden.SMALL`. At most six
    series. Raises ValueError otherwise.
    """
    _check(items, series)
    names = [name or unit or _("Стойност") for name in series]
    return make_picture(
        lambda sheet: _draw(sheet, items, series, stacked),
        title=title,
        description=description or describe(title, [(i.label, i.values[0]) for i in items], names[0]),
        columns=[heading or _("Име"), *names],
        rows=[[item.label, *item.values] for item in items],
        source=source,
    )


def _check(items: Sequence[Bar], series: Sequence[str]) -> None:
    category(len(series) - 1)
    for item in items:
        if len(item.values) != len(series):
            raise ValueError(f"{item.label}: {len(item.values)} values for {len(series)} series")
        if any(value < 0 for value in numbers(item.values)):
            raise ValueError(f"{item.label}: a bar cannot be shorter than nothing")


def _draw(sheet: Sheet, items: Sequence[Bar], series: Sequence[str], stacked: bool) -> Drawing:
    key = _legend(sheet, series)
    plan = _plan(sheet, items, stacked, key.height)
    parts = [_defs(sheet, len(series)), key.body]
    y = plan.top
    for item in items:
        body, height = _item(plan, item, y, stacked)
        parts.append(el("a", body, href=item.href) if item.href else body)
        y += height + plan.gap
    parts.append(_baseline(plan, y - plan.gap))
    return Drawing(y, Markup("").join(parts), links=any(item.href for item in items))


def _legend(sheet: Sheet, series: Sequence[str]) -> Legend:
    entries = [Entry(name, _paint(sheet, i, len(series))) for i, name in enumerate(series) if name]
    return legend(entries, sheet.width)


def _plan(sheet: Sheet, items: Sequence[Bar], stacked: bool, legend_height: float) -> _Plan:
    decimals = decimals_of([value for item in items for value in item.values])
    longest = max((text_width(item.label, LABEL_SIZE) for item in items), default=0)
    left = 0.0 if sheet.narrow else min(longest * 1.08 + 12, 260.0)
    top_value = max((_length(item, stacked) for item in items), default=0) or 1.0
    words = max((text_width(_ending(item, stacked, decimals), VALUE_SIZE) for item in items), default=0)
    right = words + 10
    thick = 20.0 if stacked or _single(items) else 14.0
    return _Plan(
        sheet=sheet,
        left=left,
        right=right,
        top=legend_height + (10 if legend_height else 2),
        thick=thick,
        gap=12.0 if sheet.narrow or not _single(items) else 8.0,
        scale=(sheet.width - left - right) / top_value,
        decimals=decimals,
    )


def _single(items: Sequence[Bar]) -> bool:
    return all(len(item.values) == 1 for item in items)


def _length(item: Bar, stacked: bool) -> float:
    known = numbers(item.values) or [0.0]
    return sum(known) if stacked else max(known)


def _ending(item: Bar, stacked: bool, decimals: int) -> str:
    if stacked and numbers(item.values):
        return spoken(sum(numbers(item.values)), decimals)
    return max((spoken(value, decimals) for value in item.values), key=len, default="")


def _item(plan: _Plan, item: Bar, y: float, stacked: bool) -> tuple[Markup, float]:
    lines = 1 if stacked else len(item.values)
    height = lines * (plan.thick + 2) - 2
    label, shift = _label(plan, item.label, y, height)
    drawn = _stack(plan, item, y + shift) if stacked else _side_by_side(plan, item, y + shift)
    return el("title", _hover(plan, item)) + label + drawn if item.href else label + drawn, shift + height


def _hover(plan: _Plan, item: Bar) -> str:
    return f"{item.label}: {', '.join(spoken(value, plan.decimals) for value in item.values)}"


def _label(plan: _Plan, words: str, y: float, height: float) -> tuple[Markup, float]:
    if plan.sheet.narrow:
        return text(shorten(words, plan.sheet.width, LABEL_SIZE), 0, y + 14, size=LABEL_SIZE), 20.0
    lines = wrap(words, plan.left - 12, LABEL_SIZE)
    if len(lines) * 17 > height + 6:
        lines = [shorten(words, plan.left - 12, LABEL_SIZE)]
    first = y + height / 2 + 5 - 8.5 * (len(lines) - 1)
    drawn = [
        text(line, plan.left - 8, first + 17 * i, size=LABEL_SIZE, anchor="end")
        for i, line in enumerate(lines)
    ]
    return Markup("").join(drawn), 0.0


def _side_by_side(plan: _Plan, item: Bar, y: float) -> Markup:
    parts: list[Markup] = []
    for i, value in enumerate(item.values):
        top = y + i * (plan.thick + 2)
        width = plan.width(sum(numbers([value])))
        parts.append(_rect(plan, i, len(item.values), (plan.left, top), width))
        parts.append(_number(plan, value, plan.left + width + 6, top + plan.thick / 2 + 5))
    return Markup("").join(parts)


def _stack(plan: _Plan, item: Bar, y: float) -> Markup:
    parts: list[Markup] = []
    x = plan.left
    for i, value in enumerate(item.values):
        width = plan.width(sum(numbers([value])))
        parts.append(_rect(plan, i, len(item.values), (x, y), width))
        x += width
    end = spoken(sum(numbers(item.values)), plan.decimals) if numbers(item.values) else spoken(item.values[0])
    parts.append(text(end, x + 6, y + plan.thick / 2 + 5, size=VALUE_SIZE, bold=True))
    return Markup("").join(parts)


def _number(plan: _Plan, value: Value, x: float, y: float) -> Markup:
    known = isinstance(value, int | float)
    return text(spoken(value, plan.decimals), x, y, size=VALUE_SIZE, fill=INK if known else MUTED)


def _rect(plan: _Plan, index: int, count: int, at: tuple[float, float], width: float) -> Markup:
    if width <= 0:
        return Markup("")
    edge = None if count == 1 else category(index)
    return el(
        "rect",
        x=at[0],
        y=at[1],
        width=width,
        height=plan.thick,
        fill=_paint(plan.sheet, index, count),
        stroke=edge,
    )


def _baseline(plan: _Plan, bottom: float) -> Markup:
    return el("path", d=f"M{plan.left:.1f} {plan.top - 2:.1f}V{bottom + 2:.1f}", stroke=LINE, fill="none")


def _paint(sheet: Sheet, index: int, count: int) -> str:
    """Solid, hatched, dotted in turn: series are told apart without colour."""
    if count == 1:
        return BRAND
    return f"url(#{sheet.key}-h{index})" if index % 3 else category(index)


def _defs(sheet: Sheet, count: int) -> Markup:
    if count == 1:
        return Markup("")
    return el("defs", *(_pattern(f"{sheet.key}-h{i}", i) for i in range(1, count) if i % 3))


def _pattern(identifier: str, index: int) -> Markup:
    if index % 3 == 1:
        return hatch(identifier, colour=category(index), gap=5)
    return dotted(identifier, colour=category(index), gap=4)
