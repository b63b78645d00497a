"""Pages of the territory: country, region, municipality."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from opora.foundation.territory import pictures, queries
from opora.foundation.territory.models import Municipality, Region
from opora.foundation.territory.policies import open_to_all


@open_to_all
def country(request: HttpRequest) -> HttpResponse:
    """All regions: map and table."""
    regions = list(queries.regions())
    population = queries.population([region.code for region in regions])
    counts = [getattr(region, "municipality_count", 0) for region in regions]
    shown = {
        "regions": regions,
        "population": population,
        "totals": [None, None, sum(counts), population.total([region.code for region in regions])],
        "map": pictures.country_map(regions, population),
    }
    return render(request, "territory/country.html", shown)


@open_to_all
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A region (LOV) or a municipality (LOV18)."""
    region = queries.region(code)
    if region:
        return _region(request, region)
    municipality = queries.municipality(code)
    if municipality:
        return _municipality(request, municipality)
    raise Http404


def _region(request: HttpRequest, region: Region) -> HttpResponse:
    municipalities = list(queries.municipalities_of(region.code))
    population = queries.population([m.code for m in municipalities])
    drawn = pictures.region_map(region, municipalities, population)
    counts = [getattr(m, "settlement_count", 0) for m in municipalities]
    shown = {
        "region": region,
        "municipalities": municipalities,
        "population": population,
        "totals": [None, None, sum(counts) or None, population.total([m.code for m in municipalities])],
        "map": drawn,
    }
    return render(request, "territory/region.html", shown)


def _municipality(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    settlements = list(queries.settlements_of(municipality.code))
    population = queries.population([s.ekatte for s in settlements])
    drawn = pictures.municipality_map(municipality, settlements, population) if settlements else None
    own = queries.population([municipality.code])
    shown = {
        "municipality": municipality,
        "settlements": settlements,
        "population": population,
        "own": own,
        "map": drawn,
    }
    return render(request, "territory/municipality.html", shown)
