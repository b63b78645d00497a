"""Small multiples: one small line chart per item, all on the same scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.axis import Scale, scale
from opora.foundation.ui.pictures.palette import BRAND, LINE, MUTED
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, path_data, shorten, text
from opora.foundation.ui.pictures.values import Value, decimals_of, numbers, spoken
from opora.foundation.ui.pictures.words import describe

CHART = 84.0
PANEL = CHART + 56.0


@dataclass(frozen=True)
class Panel:
    """One small chart: a value for each of the shared moments."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Expected:
    """A scale around what was expected: from `low` to `high`, what is 0 drawn across and named, more than it with „+“."""

    low: float
    high: float
    name: str


@dataclass(frozen=True)
class _Frame:
    """Where one panel stands, and its scales."""

    x: float
    y: float
    across: tuple[float, ...]
    up: Scale
    decimals: int
    signed: bool


def small_lines(
    title: str,
    panels: Sequence[Panel],
    moments: Sequence[str],
    *,
    unit: str = "",
    source: str = "",
    heading: str = "",
    description: str = "",
    expected: Expected | None = None,
) -> Picture:
    """A line per panel over the same moments and on the same scale, from zero or around what was `expected`.

    First and last known values are written; a moment without data breaks the line. The table
    has a column per moment. Raises ValueError when a panel has another number of values.
    """
    for panel in panels:
        if len(panel.values) != len(moments):
            raise ValueError(f"{panel.label}: {len(panel.values)} values for {len(moments)} moments")
    last = [(panel.label, panel.values[-1] if panel.values else None) for panel in panels]
    said = ", ".join(part for part in (unit, moments[-1] if moments else "") if part)
    return make_picture(
        lambda sheet: _draw(sheet, panels, moments, expected),
        title=title,
        description=description or describe(title, last, said),
        columns=[heading or _("Име"), *moments],
        rows=[[panel.label, *panel.values] for panel in panels],
        source=source,
    )


def _draw(
    sheet: Sheet, panels: Sequence[Panel], moments: Sequence[str], expected: Expected | None
) -> Drawing:
    columns = 1 if sheet.narrow else 3
    width = (sheet.width - 32 * (columns - 1)) / columns
    values = [value for panel in panels for value in panel.values]
    places = decimals_of(values)
    parts: list[Markup] = []
    for i, panel in enumerate(panels):
        x, y = (i % columns) * (width + 32), (i // columns) * PANEL
        up = _up(values, y + 30 + CHART, y + 36, expected)
        frame = _Frame(x, y, _positions(x, width, len(moments)), up, places, expected is not None)
        if expected:
            parts.append(_across(frame, expected, width))
        parts.append(_panel(frame, panel, moments, width))
    rows = -(-len(panels) // columns)
    return Drawing(rows * PANEL, Markup("").join(parts))


def _up(values: Sequence[Value], start: float, end: float, expected: Expected | None) -> Scale:
    if expected:
        return Scale((expected.low, expected.high), start, end)
    return scale(numbers(values), start, end, parts=2)


def _across(frame: _Frame, expected: Expected, width: float) -> Markup:
    y = frame.up(0)
    line = el(
        "path", d=f"M{frame.x:.1f} {y:.1f}h{width:.1f}", stroke=LINE, fill="none", stroke_dasharray="4 3"
    )
    return line + text(expected.name, frame.x, y - 5, size=12, fill=MUTED)


def _positions(x: float, width: float, count: int) -> tuple[float, ...]:
    inner = width - 56
    return tuple(x + 28 + inner * i / max(count - 1, 1) for i in range(count))


def _panel(frame: _Frame, panel: Panel, moments: Sequence[str], width: float) -> Markup:
    bottom = frame.up.start
    parts = [
        text(shorten(panel.label, width), frame.x, frame.y + 16, bold=True),
        el("path", d=f"M{frame.x:.1f} {bottom:.1f}h{width:.1f}", stroke=LINE, fill="none"),
        _line(frame, panel.values),
        _ends(frame, panel.values),
    ]
    if moments:
        parts.append(text(moments[0], frame.x, bottom + 16, size=12, fill=MUTED))
    if len(moments) > 1:
        parts.append(text(moments[-1], frame.x + width, bottom + 16, size=12, fill=MUTED, anchor="end"))
    return Markup("").join(parts)


def _line(frame: _Frame, values: Sequence[Value]) -> Markup:
    runs = _runs(frame, values)
    path = el("path", d=path_data(runs, closed=False), stroke=BRAND, stroke_width=2.0, fill="none")
    return path + Markup("").join(el("circle", cx=x, cy=y, r=3, fill=BRAND) for run in runs for x, y in run)


def _runs(frame: _Frame, values: Sequence[Value]) -> list[list[tuple[float, float]]]:
    """Stretches of moments with data."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in zip(frame.across, values, strict=True):
        if isinstance(value, int | float):
            runs[-1].append((x, frame.up(value)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _ends(frame: _Frame, values: Sequence[Value]) -> Markup:
    known = [i for i, value in enumerate(values) if isinstance(value, int | float)]
    if not known:
        return text(
            _("няма данни"),
            frame.across[0] if frame.across else frame.x,
            frame.up.start - 8,
            size=12,
            fill=MUTED,
        )
    marks = [_number(frame, values[known[-1]], known[-1], bold=True)]
    if len(known) > 1:
        marks.append(_number(frame, values[known[0]], known[0], bold=False))
    return Markup("").join(marks)


def _number(frame: _Frame, value: Value, index: int, *, bold: bool) -> Markup:
    number = sum(numbers([value]))
    words = ("+" if frame.signed and number > 0 else "") + spoken(value, frame.decimals)
    y = frame.up(number) - 8
    return text(words, frame.across[index], y, size=12, anchor="middle", bold=bold)
