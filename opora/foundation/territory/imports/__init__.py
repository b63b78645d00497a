"""Reading the official files of the territory from a folder: read all, check all, keep all or nothing."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.audit.actions import Actor
from opora.foundation.territory.actions import Facts, keep_facts, preview_facts
from opora.foundation.territory.imports import boundaries, checks, nsi, tables
from opora.foundation.territory.imports.gathered import Gathered
from opora.foundation.territory.imports.report import Finding, Report
from opora.foundation.territory.imports.tables import Told
from opora.foundation.territory.models import Municipality, Region, Settlement

__all__ = ["Finding", "Report", "import_territory"]

_GEOMETRY = {"FeatureCollection", "Topology"}


def import_territory(path: str | Path, *, dry_run: bool = False, actor: Actor | None = None) -> Report:
    """Take in what the folder (or single file) holds of EKATTE JSON, CSV tables and boundaries.

    Everything is read and checked first; one error and nothing is written. With `dry_run` the
    report says what would change. A second run of the same folder reports no changes.
    """
    folder = Path(path)
    report = Report(folder.name or str(folder), dry_run)
    gathered = Gathered(report)
    _read(folder, gathered)
    boundaries.choose(gathered)
    checks.complete(gathered)
    if report.ok:
        checks.check(gathered, checks.known())
    if report.ok:
        facts = _facts(gathered)
        report.written = preview_facts(facts) if dry_run else keep_facts(facts, actor=actor)
        report.totals = _totals()
    return report


def _read(folder: Path, gathered: Gathered) -> None:
    """NSI first: what it says of names and membership stands; tables add places and people."""
    files = _files(folder)
    if not files:
        said = _("в папката няма файлове на територията.")
        mend = _("Очакват се ek_obl.json, ek_obst.json, ek_atte.json, таблици CSV, GeoJSON или TopoJSON.")
        gathered.report.error(gathered.report.path, None, said, mend)
    told = tables.told_by(folder) if folder.is_dir() else {}
    for path in files:
        name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
        text = _text(gathered, name, path)
        if text is None:
            continue
        if path.suffix.lower() == ".csv":
            _read_csv(gathered, name, text, told)
        else:
            _read_json(gathered, name, text, told)


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _ORDER]
    return sorted(
        found, key=lambda path: (path.name.lower() not in nsi.COLUMNS, _ORDER[path.suffix.lower()], str(path))
    )


_ORDER = {".csv": 1, ".json": 2, ".geojson": 2, ".topojson": 2}


def _text(gathered: Gathered, name: str, path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        said = _("файлът не е в кодиране UTF-8.")
        gathered.report.error(
            name, None, said, _("Запишете го като UTF-8 (старите файлове са Windows-1251).")
        )
        return None


def _read_csv(gathered: Gathered, name: str, text: str, told: dict[str, Told]) -> None:
    if name.endswith("sources.csv"):
        return
    header, rows = tables.read_rows(text)
    if not tables.is_table(header):
        said = _("липсва колона „code“ или „ekatte“.")
        gathered.report.error(name, None, said, _("Добавете я или извадете файла от папката."))
        return
    if _foreign(rows):
        gathered.report.note(
            name, None, _("кодовете не са на области, общини или населени места; файлът е прескочен.")
        )
        return
    own = told.get(name.rpartition("/")[2]) or told.get("") or Told()
    tables.read_table(gathered, name, header, rows, own)


def _foreign(rows: list[dict[str, str]]) -> bool:
    """Districts of cities (68134-24) and other lists that share the column `code`."""
    values = [row.get("code", "") for row in rows]
    return bool(values) and all("-" in value for value in values)


def _read_json(gathered: Gathered, name: str, text: str, told: dict[str, Told]) -> None:
    try:
        content: Any = json.loads(text)
    except ValueError:
        gathered.report.error(name, None, _("файлът не е правилен JSON."), _("Изтеглете го отново."))
        return
    file = name.rpartition("/")[2]
    base = file.lower()
    if base in nsi.COLUMNS:
        nsi.read_nsi(gathered, name, base, content)
    elif isinstance(content, dict) and content.get("type") in _GEOMETRY:
        boundaries.read_boundaries(gathered, name, content, told.get(file, Told()).source)
    else:
        gathered.report.note(name, None, _("файлът не се използва и е прескочен."))


def _facts(gathered: Gathered) -> Facts:
    people = {code for code, *_rest in gathered.population}
    unknown = people - {*gathered.regions, *gathered.municipalities, *gathered.settlements}
    population = {key: row for key, row in gathered.population.items() if key[0] not in unknown}
    return Facts(
        gathered.regions,
        gathered.municipalities,
        gathered.settlements,
        gathered.boundaries,
        population,
        gathered.sources,
    )


def _totals() -> dict[str, int]:
    return {
        "regions": Region.objects.count(),
        "municipalities": Municipality.objects.count(),
        "settlements": Settlement.objects.count(),
    }
