"""Points on a map: a circle per place, its surface in proportion to the value."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.geometry import Point, Polygons, outlines
from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.maps import joined
from opora.foundation.ui.pictures.palette import BRAND, INK, LINE, PAPER, SEQUENTIAL
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.projection import Projection, fit
from opora.foundation.ui.pictures.svg import el, path_data, text, text_width
from opora.foundation.ui.pictures.values import Value, decimals_of, numbers, round_step, spoken
from opora.foundation.ui.pictures.words import describe

SMALLEST = 2.5
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """A place on a map: name, (lon, lat), value that gives its size, address to open, mark of its own."""

    name: str
    at: Point
    value: Value = None
    href: str = ""
    important: bool = False


@dataclass(frozen=True)
class _Sizes:
    """How values become radii in pixels on one sheet."""

    largest: float
    radius: float
    decimals: int

    def of(self, value: Value) -> float:
        known = sum(numbers([value]))
        return max(SMALLEST, self.radius * math.sqrt(known / self.largest)) if self.largest else SMALLEST


def points_map(
    title: str,
    places: Sequence[Place],
    *,
    background: Sequence[Polygons] = (),
    frame: Sequence[Polygons] = (),
    unit: str = "",
    schematic: bool = False,
    source: str = "",
    heading: str = "",
    description: str = "",
) -> Picture:
    """Circles over `background` areas; the largest and the `important` places carry their names.

    Names that would cover another name or mark are left out; every place has its name and
    value as hover text, in the table and, with `href`, as a link. `frame` is drawn thicker.
    """
    said = unit or _("Стойност")
    return make_picture(
        lambda sheet: _draw(sheet, places, background, frame, unit),
        title=title,
        description=description or describe(title, [(p.name, p.value) for p in places], said),
        columns=[heading or _("Населено място"), said],
        rows=[[place.name, place.value] for place in places],
        source=joined(source, _("Схематични граници.") if schematic else ""),
    )


def _draw(
    sheet: Sheet,
    places: Sequence[Place],
    background: Sequence[Polygons],
    frame: Sequence[Polygons],
    unit: str,
) -> Drawing:
    shapes = [*background, *frame]
    corners = [point for shape in shapes for ring in outlines(shape) for point in ring]
    onto = fit([*corners, *(place.at for place in places)], sheet.width, margin=12)
    sizes = _sizes(sheet, places)
    ordered = sorted(places, key=lambda place: -sizes.of(place.value))
    key = legend(_entries(places, sizes, unit), sheet.width, y=onto.height + 8)
    parts = [_land(shape, onto, SEQUENTIAL[0], LINE, 0.8) for shape in background]
    parts += [_land(shape, onto, "none", INK, 1.2) for shape in frame]
    parts += [_mark(place, onto, sizes) for place in ordered]
    parts += [*_names(sheet, ordered, onto, sizes), key.body]
    links = any(place.href for place in places)
    return Drawing(onto.height + 8 + key.height, Markup("").join(parts), links=links)


def _sizes(sheet: Sheet, places: Sequence[Place]) -> _Sizes:
    values = [place.value for place in places]
    most = max(numbers(values), default=0.0)
    return _Sizes(most, 14.0 if sheet.narrow else 22.0, decimals_of(values))


def _land(shape: Polygons, onto: Projection, fill: str, stroke: str, width: float) -> Markup:
    d = path_data(onto.rings(shape))
    return el("path", d=d, fill=fill, fill_rule="evenodd", stroke=stroke, stroke_width=width)


def _mark(place: Place, onto: Projection, sizes: _Sizes) -> Markup:
    x, y = onto(place.at)
    said = place.name if place.value is None else f"{place.name}: {spoken(place.value, sizes.decimals)}"
    hollow = place.value is None and sizes.largest > 0
    circle = el(
        "circle",
        el("title", said),
        cx=x,
        cy=y,
        r=sizes.of(place.value),
        fill=PAPER if hollow else BRAND,
        fill_opacity="0.75",
        stroke=LINE if hollow else PAPER,
        stroke_width=0.8,
    )
    if not place.href:
        return circle
    return el("a", circle, href=place.href, aria_label=said)


def _names(sheet: Sheet, ordered: Sequence[Place], onto: Projection, sizes: _Sizes) -> list[Markup]:
    """Names from the most important down, each where it covers nothing; at most about forty."""
    wanted = sorted(ordered, key=lambda place: not place.important)[: 16 if sheet.narrow else 40]
    taken = [_box(onto(place.at), sizes.of(place.value)) for place in ordered]
    drawn: list[Markup] = []
    for place in wanted:
        spot = _spot(place, onto(place.at), sizes.of(place.value), sheet, taken)
        if spot:
            taken.append(spot)
            drawn.append(text(place.name, spot[0], spot[3] - 3, size=_letters(sheet), bold=place.important))
    return [el("g", *drawn, pointer_events="none", aria_hidden="true")] if drawn else []


def _box(at: Point, radius: float) -> Box:
    reach = radius * 0.8
    return at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach


def _spot(place: Place, at: Point, radius: float, sheet: Sheet, taken: Sequence[Box]) -> Box | None:
    own = _box(at, radius)
    for box in _spots(place.name, at, radius, _letters(sheet), bold=place.important):
        free = all(other == own or not _touch(box, other) for other in taken)
        if free and box[0] >= 0 and box[2] <= sheet.width:
            return box
    return None


def _letters(sheet: Sheet) -> float:
    return 11.0 if sheet.narrow else 12.0


def _spots(name: str, at: Point, radius: float, size: float, *, bold: bool) -> Iterable[Box]:
    """Right, left, above and below the mark."""
    (x, y), wide, high, gap = at, text_width(name, size, bold=bold), size + 3, radius + 3
    yield x + gap, y - high / 2, x + gap + wide, y + high / 2
    yield x - gap - wide, y - high / 2, x - gap, y + high / 2
    yield x - wide / 2, y - gap - high, x + wide / 2, y - gap
    yield x - wide / 2, y + gap, x + wide / 2, y + gap + high


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _entries(places: Sequence[Place], sizes: _Sizes, unit: str) -> list[Entry]:
    """Up to three round sizes, small to large, and what a hollow circle means."""
    found: list[Entry] = []
    if sizes.largest > 0:
        sizes_shown = _round_sizes(sizes)
        found = [Entry(unit + ":")] if unit and sizes_shown else []
        for value in sizes_shown:
            mark = el("circle", cx=0, cy=0, r=min(sizes.of(value), 10.0), fill=BRAND, fill_opacity="0.75")
            found.append(Entry(spoken(value, sizes.decimals), mark=mark))
        if any(place.value is None for place in places):
            hollow = el("circle", cx=0, cy=0, r=SMALLEST, fill=PAPER, stroke=LINE)
            found.append(Entry(_("няма данни"), mark=hollow))
    return found


def _round_sizes(sizes: _Sizes) -> list[float]:
    """Round values whose circles still fit a line of the legend."""
    top = sizes.largest * min(1.0, (10.0 / sizes.radius) ** 2)
    rounded = [round_step(top * share, 1) for share in (0.04, 0.2, 0.9)]
    return sorted({value for value in rounded if sizes.of(value) <= 10.5 and value >= 10**-sizes.decimals})
