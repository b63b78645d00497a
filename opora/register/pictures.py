"""Maps of the list of services."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.territory import queries as territory
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Area, Picture, choropleth
from opora.register.lists import Option

Address = Callable[[str], str]


def services_map(
    regions: Sequence[Option], municipalities: Sequence[Option], region: str, address: Address, as_of: str
) -> Picture | None:
    """Services by municipality of one region, or by region where several are shown; None without places.

    `region` is the code chosen in the filters; `address(code)` leads to the list of one area.
    """
    only = one_region(regions, region)
    if only:
        return _of_region(only, municipalities, address, as_of)
    return _of_country(regions, address, as_of) if regions else None


def one_region(regions: Sequence[Option], region: str) -> str:
    """Code of the only region shown, or nothing: the map of the whole country has a page of its own."""
    return region or (regions[0].value if len(regions) == 1 else "")


def _of_region(code: str, municipalities: Sequence[Option], address: Address, as_of: str) -> Picture | None:
    shapes = territory.municipality_shapes(code)
    counts = {option.value: option for option in municipalities}
    names = {m.code: m.said_name for m in territory.municipalities_of(code)} if shapes.areas else {}
    areas = _areas(shapes.areas, names, counts, address)
    return _map(
        areas,
        _headline(areas, _without_municipalities),
        _("Община"),
        shapes.schematic,
        _sources(shapes.source, as_of),
    )


def _of_country(regions: Sequence[Option], address: Address, as_of: str) -> Picture | None:
    shapes = territory.region_shapes()
    names = {region.code: region.said_name for region in territory.regions()}
    areas = _areas(shapes.areas, names, {option.value: option for option in regions}, address)
    return _map(
        areas,
        _headline(areas, _without_regions),
        _("Област"),
        shapes.schematic,
        _sources(shapes.source, as_of),
    )


def _areas(shapes: object, names: dict[str, str], counts: dict[str, Option], address: Address) -> list[Area]:
    assert hasattr(shapes, "items")
    return [
        Area(
            code, names.get(code, code), shape, _count(counts, code), address(code) if code in counts else ""
        )
        for code, shape in shapes.items()
    ]


def _count(counts: dict[str, Option], code: str) -> float:
    return float(counts[code].count) if code in counts else 0.0


def _map(areas: list[Area], title: str, heading: str, schematic: bool, source: str) -> Picture | None:
    if not areas:
        return None
    return choropleth(
        title,
        areas,
        unit=_("услуги"),
        decimals=0,
        schematic=schematic,
        source=source,
        heading=heading,
    )


def _headline(areas: Sequence[Area], without_any: Callable[[int], str]) -> str:
    if not areas:
        return ""
    values = {area.name: int(area.value) for area in areas if isinstance(area.value, int | float)}
    name = max(values, key=lambda key: values[key])
    without = sum(not value for value in values.values())
    most = _("Най-много услуги има %(name)s: %(n)s") % {"name": name, "n": formats.number(values[name])}
    return f"{most}; {without_any(without)}" if without else most


def _without_municipalities(n: int) -> str:
    return ngettext("%(n)s община е без услуга", "%(n)s общини са без услуга", n) % {"n": n}


def _without_regions(n: int) -> str:
    return ngettext("%(n)s област е без услуга", "%(n)s области са без услуга", n) % {"n": n}


def _sources(boundaries: str, as_of: str) -> str:
    lines = [_("Регистър на услугите, към %(day)s.") % {"day": as_of}]
    if boundaries:
        lines.append(_("Граници: %(source)s.") % {"source": boundaries})
    return " ".join(lines)
