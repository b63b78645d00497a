"""CSV tables: settlement points, seats of regions and municipalities, population.

A table is known by its columns: `ekatte` makes it one of settlements, `code` one of regions or
municipalities. All other columns are optional: `type, name_bg, name_en, municipality, region,
nuts3, center_ekatte, lat, lon, center_lat, center_lon, area_km2, postal_code`, and population:
`pop_current`, `pop_permanent` (registered people, ГРАО), `pop_census`, `pop_estimate` (НСИ).
The day and source of population stand in columns `pop_as_of` and `pop_source`, in a table
`sources.csv` (`file, source, as_of`), or in a text beside the data that says „ГРАО 15.06.2026“.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.core.words import normal
from opora.foundation.territory.imports import codes
from opora.foundation.territory.imports.gathered import Gathered, Row
from opora.foundation.territory.imports.nsi import AS_OF, PREPARED, day

POPULATION = {
    "pop_current": ("registered_current", "ГРАО"),
    "pop_permanent": ("registered_permanent", "ГРАО"),
    "pop_census": ("census", "НСИ"),
    "pop_estimate": ("estimate", "НСИ"),
}
_TEXT = {"name_bg": "name", "name_en": "name_en", "nuts3": "nuts3", "center_ekatte": "seat_ekatte"}
_NUMBERS = {"lat": "lat", "lon": "lon", "center_lat": "lat", "center_lon": "lon", "area_km2": "area_km2"}
_EDGES = {"lat": (41.0, 44.5), "lon": (22.0, 29.0), "area_km2": (1.0, 3000.0)}


@dataclass(frozen=True)
class Told:
    """Day and source of the population of one table, as far as they are told outside it."""

    as_of: dt.date | None = None
    source: str = ""


def read_rows(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a CSV with comma or semicolon."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
    return list(reader.fieldnames or ()), rows


def read_table(
    gathered: Gathered, file: str, header: list[str], rows: list[dict[str, str]], told: Told
) -> None:
    """Take in one table; errors go to the report."""
    if not _has_pairs(gathered, file, header):
        return
    key = "ekatte" if "ekatte" in header else "code"
    data = _without_stamp(gathered, file, key, rows)
    before = len(gathered.population)
    for number, row in enumerate(data, start=1):
        _take(gathered, file, number, row, key)
        _people(gathered, file, number, row, told)
    if any(column in header for column in POPULATION) and len(gathered.population) == before:
        said = _("за населението не е казано към коя дата е; тези колони не са внесени.")
        gathered.report.note(file, None, said, _("Добавете колона „pop_as_of“ или файл sources.csv."))
    gathered.report.files.append(_("{file}: {n} реда").format(file=file, n=len(data)))


def _has_pairs(gathered: Gathered, file: str, header: list[str]) -> bool:
    """A latitude without a longitude, or the reverse, is a column that got lost."""
    for pair in (("lat", "lon"), ("center_lat", "center_lon")):
        missing = [column for column in pair if column not in header]
        if len(missing) == 1:
            said = _("липсва колона „{column}“.").format(column=missing[0])
            gathered.report.error(file, None, said, _("Добавете я: координатите са две."))
            return False
    return True


def _without_stamp(
    gathered: Gathered, file: str, key: str, rows: list[dict[str, str]]
) -> list[dict[str, str]]:
    """The rows without a date stamp at the end; it is kept as the day of the data."""
    stamp = rows[-1] if rows and _is_stamp(rows[-1]) else None
    if stamp is None:
        return rows
    as_of = day(" ".join(stamp.values()))
    gathered.sources[file.rpartition("/")[2]] = {"as_of": as_of, "prepared": ""}
    gathered.report.note(
        file, len(rows), _("последният ред е дата на справката, а не място; не е внесен като място.")
    )
    return rows[:-1]


def _is_stamp(row: Mapping[str, str]) -> bool:
    words = " ".join(row.values())
    return PREPARED in words or AS_OF in words


def _take(gathered: Gathered, file: str, number: int, row: dict[str, str], key: str) -> None:
    level = "settlement" if key == "ekatte" else _place_level(row[key])
    code = codes.checked(row[key], level, gathered.report, file, number)
    facts = _facts(gathered, file, number, row)
    if code is None:
        return
    if level == "settlement":
        facts |= _settlement(row)
        gathered.put(gathered.settlements, code, facts, file, number)
    else:
        table = gathered.regions if level == "region" else gathered.municipalities
        gathered.put(table, code, facts, file, number)


def _place_level(code: str) -> str:
    return "region" if codes.level_of(code.strip()) == "region" else "municipality"


def _facts(gathered: Gathered, file: str, number: int, row: dict[str, str]) -> Row:
    facts: Row = {ours: normal(row[column]) for column, ours in _TEXT.items() if row.get(column)}
    for column, ours in _NUMBERS.items():
        if row.get(column):
            value = _number(gathered, file, number, column, row[column])
            if value is not None:
                facts[ours] = value
    return facts


def _settlement(row: dict[str, str]) -> Row:
    columns = {"type": "kind", "municipality": "municipality", "postal_code": "postal_code"}
    return {ours: row[column].strip() for column, ours in columns.items() if row.get(column)}


def _number(gathered: Gathered, file: str, number: int, column: str, text: str) -> float | None:
    low, high = _EDGES[_NUMBERS[column]]
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if low <= value <= high:
        return value
    said = _("в „{column}“ стои „{text}“, а се очаква число от {low} до {high}.")
    gathered.report.error(
        file, number, said.format(column=column, text=text, low=low, high=high), _("Поправете стойността.")
    )
    return None


def _people(gathered: Gathered, file: str, number: int, row: dict[str, str], told: Told) -> None:
    code = row.get("ekatte", row.get("code", "")).strip()
    as_of = day(row.get("pop_as_of", "")) or told.as_of
    for column, (kind, source) in POPULATION.items():
        text = row.get(column, "").replace(" ", "").replace("\u00a0", "")
        if not text or as_of is None:
            continue
        if not text.isdigit():
            said = _("в „{column}“ стои „{text}“, а се очаква цяло число.").format(column=column, text=text)
            mend = _("Поправете стойността или оставете клетката празна.")
            gathered.report.error(file, number, said, mend)
            continue
        key = (code, kind, as_of, row.get("pop_source", "").strip() or told.source or source)
        gathered.population[key] = {"value": int(text)}


def told_by(folder: Path) -> dict[str, Told]:
    """What `sources.csv` says, by file name; under "" what a text beside the data says of ГРАО's day."""
    found: dict[str, Told] = {}
    for path in sorted(folder.rglob("*.md")) + sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if match := re.search(r"(?:ГРАО|GRAO)[^\n\d]{0,40}(\d{1,2}\.\d{1,2}\.\d{4})", text):
            found[""] = Told(day(match[1]))
    for path in sorted(folder.rglob("sources.csv")):
        _header, rows = read_rows(path.read_text(encoding="utf-8-sig"))
        for row in rows:
            found[row.get("file", "")] = Told(day(row.get("as_of", "")), row.get("source", "").strip())
    return found


def is_table(header: list[Any]) -> bool:
    """Do these columns make a table of the territory?"""
    return "ekatte" in header or "code" in header
