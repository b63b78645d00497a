"""Choropleth: areas coloured by value, with names and numbers written on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.classes import Classes, classes
from opora.foundation.ui.pictures.geometry import Point, Polygons, Ring, chord, label_point, outlines
from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import (
    HIDDEN_SMALL,
    INK,
    LINE,
    NO_DATA,
    PAPER,
    Fill,
    dotted,
    hatch,
    sequential,
)
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.projection import Projection, fit
from opora.foundation.ui.pictures.svg import el, path_data, text, text_width
from opora.foundation.ui.pictures.values import Hidden, Value, spoken
from opora.foundation.ui.pictures.words import describe


@dataclass(frozen=True)
class Area:
    """An area of a map: stable code, name to read, shape in degrees, value, address to open.

    `label` stands on the map instead of a name that is too long for it.
    """

    code: str
    name: str
    shape: Polygons
    value: Value = None
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class _Scheme:
    """How values become surfaces on one sheet."""

    sheet: Sheet
    steps: Classes | None
    plain: bool = False

    def fill(self, value: Value) -> Fill:
        if self.plain:
            return sequential(5)[0]
        if isinstance(value, Hidden):
            return Fill(f"url(#{self.sheet.key}-{HIDDEN_SMALL})", INK)
        if value is None or self.steps is None:
            return Fill(f"url(#{self.sheet.key}-{NO_DATA})", INK)
        return sequential(len(self.steps))[self.steps.of(value)]

    def words(self, value: Value) -> str:
        return spoken(value, self.steps.decimals if self.steps else None)

    def said(self, area: "Area") -> str:
        return area.name if self.plain else f"{area.name}: {self.words(area.value)}"


def choropleth(
    title: str,
    areas: Sequence[Area],
    *,
    unit: str = "",
    decimals: int | None = None,
    schematic: bool = False,
    frame: Sequence[Polygons] = (),
    source: str = "",
    heading: str = "",
    description: str = "",
    labels: bool = True,
    most: int = 5,
) -> Picture:
    """A map of areas in at most `most` (five) classes; no data is hatched, hidden small numbers are dotted.

    `frame` are outlines drawn thicker on top (regions over their municipalities), `unit` says
    what is counted, `decimals` to how many places values are rounded (by default as the data
    are). Without any value and unit the map only shows where the areas are. `schematic` adds
    „схематични граници“ to the source line. Each area with `href` is a link with its name and
    value for keyboard and screen reader.
    """
    steps = classes([area.value for area in areas], count=most, decimals=decimals)
    plain = not unit and all(area.value is None for area in areas)
    said = unit or _("Стойност")
    told = _names(areas) if plain else describe(title, [(a.name, a.value) for a in areas], said)
    return make_picture(
        lambda sheet: _draw(_Scheme(sheet, steps, plain), areas, frame, unit, labels),
        title=title,
        description=description or told,
        columns=[heading or _("Име")] if plain else [heading or _("Име"), said],
        rows=[[area.name] if plain else [area.name, area.value] for area in areas],
        source=joined(source, _("Схематични граници.") if schematic else ""),
    )


def _names(areas: Sequence[Area]) -> str:
    return ", ".join(area.name for area in areas) + "."


def joined(*sentences: str) -> str:
    """The sentences that are not empty, one after another."""
    return " ".join(sentence for sentence in sentences if sentence)


def _draw(
    scheme: _Scheme, areas: Sequence[Area], frame: Sequence[Polygons], unit: str, labels: bool
) -> Drawing:
    corners = [point for area in areas for ring in outlines(area.shape) for point in ring]
    onto = fit(corners, scheme.sheet.width)
    key = legend(_entries(scheme, areas, unit), scheme.sheet.width, y=onto.height + 8)
    parts = [_defs(scheme.sheet), *(_area(scheme, area, onto) for area in areas)]
    parts += [_outline(shape, onto) for shape in frame]
    height = onto.height + 8 + key.height
    if labels:
        written, small = _labels(scheme, areas, onto)
        named = legend(small, scheme.sheet.width, y=height + 4 if small else height)
        parts += [*written, named.body]
        height += named.height + 4 if small else 0
    parts.append(key.body)
    return Drawing(height, Markup("").join(parts), links=any(area.href for area in areas))


def _area(scheme: _Scheme, area: Area, onto: Projection) -> Markup:
    said = scheme.said(area)
    shape = el(
        "path",
        el("title", said),
        d=path_data(onto.rings(area.shape)),
        fill=scheme.fill(area.value).paint,
        fill_rule="evenodd",
        stroke=LINE,
        stroke_width=0.8,
        stroke_linejoin="round",
        data_code=area.code,
    )
    return el("a", shape, href=area.href, aria_label=said) if area.href else shape


def _outline(shape: Polygons, onto: Projection) -> Markup:
    return el("path", d=path_data(onto.rings(shape)), fill="none", stroke=INK, stroke_width=1.2)


def _labels(scheme: _Scheme, areas: Sequence[Area], onto: Projection) -> tuple[list[Markup], list[Entry]]:
    """Words on every area; one too small for them bears a letter that stands with its name below the map."""
    written: list[Markup] = []
    small: list[Entry] = []
    for area in areas:
        found = _label(scheme, area, onto)
        if not found:
            letter = _letter(len(small))
            found = _lettered(scheme, area, onto, letter)
            small.append(Entry(f"{letter}\u00a0{area.name if area.value is None else scheme.said(area)}"))
        written.append(found)
    return written, small


def _letter(place: int) -> str:
    """„А“, „Б“ …, „АА“: a number would be read as the value."""
    letters = _("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЮЯ")
    return letters[place % len(letters)] * (place // len(letters) + 1)


def _lettered(scheme: _Scheme, area: Area, onto: Projection, letter: str) -> Markup:
    x, y = onto(label_point(area.shape))
    return _lines([letter], x, y, 9.5 if scheme.sheet.narrow else 10.5, scheme.fill(area.value))


def _label(scheme: _Scheme, area: Area, onto: Projection) -> Markup:
    """Name and number where both fit into the area, smaller if need be; else the name; else nothing."""
    place = onto(label_point(area.shape))
    rings = onto.rings(area.shape)
    ink, value = scheme.fill(area.value), scheme.words(area.value)
    small, large = (9.5, 11.0) if scheme.sheet.narrow else (10.5, 12.5)
    name = area.label or area.name
    full, split = ([name], name.split()) if scheme.plain else ([name, value], [*name.split(), value])
    for lines, size in ((full, large), (full, small), (split, small), ([name], small)):
        x, room = _room(place, rings, size * 0.55 * len(lines))
        if max(text_width(line, size) for line in lines) <= room + 2:
            return _lines(lines, x, place[1], size, ink)
    return Markup("")


def _room(place: Point, rings: Sequence[Ring], reach: float) -> tuple[float, float]:
    """Middle and width of the strip of the area at this height, `reach` pixels up and down."""
    left, right = chord(place, rings)
    for y in (place[1] - reach, place[1] + reach):
        start, end = chord((place[0], y), rings)
        left, right = max(left, start), min(right, end)
    return (left + right) / 2, right - left


def _lines(lines: list[str], x: float, y: float, size: float, ink: Fill) -> Markup:
    top = y + size * (0.35 - 0.58 * (len(lines) - 1))
    drawn = [
        text(line, x, top + i * size * 1.15, size=size, fill=ink.ink, anchor="middle")
        for i, line in enumerate(lines)
    ]
    # The words lie on the link; the pointer goes through them, readers have the area's own name.
    return el("g", *_plates(lines, x, top, size, ink), *drawn, pointer_events="none", aria_hidden="true")


def _plates(lines: list[str], x: float, top: float, size: float, ink: Fill) -> list[Markup]:
    """White paper under words on a hatched area, where they could not be read."""
    if not ink.paint.startswith("url"):
        return []
    wide = max(text_width(line, size) for line in lines) + 6
    height = size * 1.15 * len(lines) + 2
    return [el("rect", x=x - wide / 2, y=top - size, width=wide, height=height, fill=PAPER, rx="2")]


def _entries(scheme: _Scheme, areas: Sequence[Area], unit: str) -> list[Entry]:
    found: list[Entry] = [Entry(unit + ":")] if unit else []
    if scheme.steps:
        fills = sequential(len(scheme.steps))
        found += [Entry(label, fill.paint) for label, fill in zip(scheme.steps.labels(), fills, strict=True)]
    if not scheme.plain and any(area.value is None for area in areas):
        found.append(Entry(_("няма данни"), scheme.fill(None).paint))
    if any(isinstance(area.value, Hidden) for area in areas):
        found.append(Entry(_("малко число, скрито"), scheme.fill(Hidden.SMALL).paint))
    return found


def _defs(sheet: Sheet) -> Markup:
    return el("defs", hatch(f"{sheet.key}-{NO_DATA}"), dotted(f"{sheet.key}-{HIDDEN_SMALL}"))
