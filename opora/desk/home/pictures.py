"""The country on the first page: where services stand in the register."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.territory import queries as territory
from opora.foundation.territory.pictures import address
from opora.foundation.ui.pictures import Area, Picture, choropleth

# The capital and the region around it bear one name.
_SHORT = {"SOF": "София", "SFO": "София обл."}


def country(services: Mapping[str, int]) -> Picture | None:
    """Regions by operating services; regions without any are hatched. None before the territory is there."""
    shapes, regions = territory.region_shapes(), list(territory.regions())
    areas = [
        Area(
            r.code,
            r.full_name,
            shapes.areas[r.code],
            services.get(r.code),
            address(r.code),
            _SHORT.get(r.code, r.name),
        )
        for r in regions
        if r.code in shapes.areas
    ]
    if not areas:
        return None
    living = sum(1 for area in areas if area.value)
    title = ngettext("В регистъра е %(n)s област", "В регистъра са %(n)s области", living) % {"n": living}
    source = _("Граници: {source}.").format(source=shapes.source) if shapes.source else ""
    # Two or three regions are told apart by their number, not by shades of it.
    most = 5 if living > 5 else 1
    return choropleth(
        title, areas, unit=_("действащи услуги"), decimals=0, heading=_("Област"), source=source, most=most
    )
