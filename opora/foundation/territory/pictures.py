"""Maps of the territory's own pages."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.foundation.territory import queries
from opora.foundation.territory.models import Municipality, Region, Settlement, in_language
from opora.foundation.territory.queries import Population, Shapes
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Area, Picture, Place, choropleth, points_map


def address(code: str) -> str:
    """Where the page of a region or municipality is."""
    return reverse("territory_place", args=[code])


def source_line(population: Population, shapes: Shapes) -> str:
    """„Регистрирани по настоящ адрес, ГРАО, 15.06.2026. Граници: …“."""
    lines = [_("Граници: {source}.").format(source=shapes.source)] if shapes.source else []
    if population:
        figures = f"{population.label}, {population.source}, {formats.date(population.as_of)}."
        lines.insert(0, figures[0].upper() + figures[1:])
    return " ".join(lines)


def country_map(regions: Sequence[Region], population: Population) -> Picture:
    """The 28 regions by registered people, or by municipalities where no figures were imported."""
    shapes = queries.region_shapes()
    counts = {region.code: float(getattr(region, "municipality_count", 0)) for region in regions}
    values, unit = _values(population, counts, _("общини"))
    areas = [
        Area(
            r.code,
            r.full_name,
            shapes.areas[r.code],
            values.get(r.code),
            address(r.code),
            in_language(r.name, r.name_en),
        )
        for r in regions
        if r.code in shapes.areas
    ]
    return choropleth(
        _headline(areas, unit, _("Областите на България")),
        areas,
        unit=unit,
        heading=_("Област"),
        source=source_line(population, shapes),
    )


def region_map(region: Region, municipalities: Sequence[Municipality], population: Population) -> Picture:
    """The municipalities of a region by registered people, by settlements, or only where they are."""
    shapes = queries.municipality_shapes(region.code, municipalities)
    counts = {m.code: float(getattr(m, "settlement_count", 0)) for m in municipalities}
    known = counts if all(counts.values()) else {}
    values, unit = _values(population, known, _("населени места"))
    areas = [
        Area(m.code, m.said_name, shapes.areas[m.code], values.get(m.code), address(m.code))
        for m in municipalities
        if m.code in shapes.areas
    ]
    outline = queries.region_shapes([region.code]).areas.get(region.code)
    return choropleth(
        _headline(areas, unit, _("Общините в {region}").format(region=region.full_name)),
        areas,
        unit=unit,
        frame=[outline] if outline and shapes.schematic else [],
        schematic=shapes.schematic,
        heading=_("Община"),
        source=source_line(population, shapes),
    )


def municipality_map(
    municipality: Municipality, settlements: Sequence[Settlement], population: Population
) -> Picture:
    """Settlements of a municipality as points sized by their people."""
    shapes = queries.municipality_shapes(municipality.region.code)
    own = shapes.areas.get(municipality.code)
    places = [
        Place(s.said_name, (s.lon, s.lat), population.values.get(s.ekatte), important=s.kind == "гр.")
        for s in settlements
        if s.lat is not None and s.lon is not None
    ]
    return points_map(
        _("Населените места в {municipality}").format(municipality=municipality.full_name),
        places,
        background=[own] if own else [],
        unit=population.label,
        schematic=shapes.schematic,
        source=source_line(population, shapes),
    )


def _values(
    population: Population, counts: Mapping[str, float], counted: str
) -> tuple[Mapping[str, float], str]:
    if population:
        return {code: float(value) for code, value in population.values.items()}, population.label
    return counts, counted if counts else ""


def _headline(areas: Sequence[Area], unit: str, otherwise: str) -> str:
    """The message: where most is; without values, what the map shows."""
    known = [(area.value, area.name) for area in areas if isinstance(area.value, int | float)]
    if not known or not unit:
        return otherwise
    value, name = max(known)
    return _("Най-много {unit}: {name}, {value}").format(unit=unit, name=name, value=formats.number(value))
