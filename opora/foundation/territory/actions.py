"""The only writers of the territory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from opora.foundation.audit.actions import Actor, record
from opora.foundation.core.words import sort_key
from opora.foundation.territory import builtin
from opora.foundation.territory.models import (
    Boundary,
    Municipality,
    PopulationFigure,
    Region,
    Settlement,
    Source,
)

BATCH = 400


@dataclass(frozen=True)
class Facts:
    """Checked facts to be kept: for each table the rows by key, only the columns that are known.

    `municipalities` name their region and `settlements` their municipality by code.
    """

    regions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    municipalities: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settlements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    boundaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    population: Mapping[tuple[str, str, Any, str], Mapping[str, Any]] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """How many rows of one table were added, changed, or stood already so."""

    added: int = 0
    changed: int = 0
    same: int = 0


def load_builtin_facts() -> int:
    """Put in the built-in facts that are not there yet; gives how many rows were added.

    What an import has brought since is never touched.
    """
    regions = _points("regions.csv", "code")
    municipalities = _points("municipalities.csv", "code")
    settlements = _points("settlements.csv", "ekatte")
    shapes, source = builtin.outlines()
    boundaries = {
        code: {"level": "region", "geometry": shape, "source": source, "official": False}
        for code, shape in shapes.items()
    }
    facts = Facts(regions, municipalities, settlements, boundaries)
    with transaction.atomic():
        return sum(written.added for written in _keep(facts, change=False).values())


def _points(table: str, key: str) -> dict[str, dict[str, Any]]:
    return {
        row.pop(key): {**row, "lat": float(row["lat"]), "lon": float(row["lon"])}
        for row in builtin.rows(table)
    }


def keep_facts(facts: Facts, *, actor: Actor | None = None) -> dict[str, Written]:
    """Write checked facts in one transaction: new rows, changed columns; nothing is ever deleted.

    Says for each table what was written. Nothing changed, nothing recorded.
    """
    with transaction.atomic():
        written = _keep(facts, change=True)
        changes = {table: w.added + w.changed for table, w in written.items() if w.added + w.changed}
        if changes and actor is not None:
            record(actor, "territory.imported", "територия", details=changes)
    return written


def preview_facts(facts: Facts) -> dict[str, Written]:
    """What `keep_facts` would write, without writing."""
    with transaction.atomic():
        written = _keep(facts, change=True)
        transaction.set_rollback(True)
    return written


def _keep(facts: Facts, *, change: bool) -> dict[str, Written]:
    """Table by table, so that what is pointed at stands before what points at it."""
    written = {"regions": _write(Region, "code", _sorted(facts.regions), change)}
    regions = dict(Region.objects.values_list("code", "pk"))
    municipalities = {
        code: {**row, "region_id": regions[code[:3]]} for code, row in _sorted(facts.municipalities).items()
    }
    written["municipalities"] = _write(Municipality, "code", municipalities, change)
    towns = dict(Municipality.objects.values_list("code", "pk"))
    settlements = {ekatte: _in_municipality(row, towns) for ekatte, row in _sorted(facts.settlements).items()}
    written["settlements"] = _write(Settlement, "ekatte", settlements, change)
    written["boundaries"] = _write(Boundary, "code", facts.boundaries, change)
    written["population"] = _write_population(facts, change=change)
    written["sources"] = _write(Source, "file", facts.sources, change)
    return written


def _sorted(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        key: {**row, "sort_name": sort_key(row["name"])} if "name" in row else dict(row)
        for key, row in rows.items()
    }


def _in_municipality(row: Mapping[str, Any], towns: Mapping[str, int]) -> dict[str, Any]:
    """The row with its municipality by key, where the row names one."""
    columns = {key: value for key, value in row.items() if key != "municipality"}
    return columns | ({"municipality_id": towns[row["municipality"]]} if "municipality" in row else {})


def _write(
    model: type[models.Model], key: str, rows: Mapping[str, Mapping[str, Any]], change: bool
) -> Written:
    """New keys are inserted, known ones updated where a given column differs."""
    if not rows:
        return Written()
    manager = model._default_manager
    known = {getattr(thing, key): thing for thing in manager.all()}
    new = [model(**{key: code}, **row) for code, row in rows.items() if code not in known]
    different = [
        thing for code, row in rows.items() if (thing := known.get(code)) and change and _differs(thing, row)
    ]
    manager.bulk_create(new, batch_size=BATCH)
    if different:
        columns = sorted({column for row in rows.values() for column in row})
        manager.bulk_update(different, columns, batch_size=BATCH // 4)
    return Written(len(new), len(different), len(rows) - len(new) - len(different))


def _differs(thing: models.Model, row: Mapping[str, Any]) -> bool:
    """Put the given values on the thing; true when one of them was another."""
    changed = False
    for column, value in row.items():
        if getattr(thing, column) != value:
            setattr(thing, column, value)
            changed = True
    return changed


def _write_population(facts: Facts, *, change: bool) -> Written:
    if not facts.population:
        return Written()
    known = {(f.code, f.kind, f.as_of, f.source): f for f in PopulationFigure.objects.all()}
    new = [_figure(key, row["value"]) for key, row in facts.population.items() if key not in known]
    different = [
        figure
        for key, row in facts.population.items()
        if (figure := known.get(key)) and change and _differs(figure, row)
    ]
    PopulationFigure.objects.bulk_create(new, batch_size=BATCH)
    PopulationFigure.objects.bulk_update(different, ["value"], batch_size=BATCH)
    return Written(len(new), len(different), len(facts.population) - len(new) - len(different))


def _figure(key: tuple[str, str, Any, str], value: int) -> PopulationFigure:
    code, kind, as_of, source = key
    return PopulationFigure(code=code, kind=kind, as_of=as_of, source=source, value=value)


def changed_rows(written: Iterable[Written]) -> int:
    """Rows added or changed in all."""
    return sum(w.added + w.changed for w in written)
