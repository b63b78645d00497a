"""The EKATTE files of the National Statistical Institute (ek_obl, ek_obst, ek_atte, JSON).

The last element of each file is no row but the date stamp: „Дата и час на изготвяне на
справката“ and „Данните са актуални към“. It is shown and kept as the day of the data.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.core.words import mixed_alphabet, normal
from opora.foundation.territory.imports import codes
from opora.foundation.territory.imports.gathered import Gathered, Row

PREPARED = "Дата и час на изготвяне на справката"
AS_OF = "Данните са актуални към"
COLUMNS = {
    "ek_obl.json": ("oblast", "ekatte", "name", "name_en", "nuts3"),
    "ek_obst.json": ("obshtina", "ekatte", "name", "name_en", "nuts3"),
    "ek_atte.json": ("ekatte", "t_v_m", "name", "name_en", "obshtina"),
}


def read_nsi(gathered: Gathered, file: str, name: str, rows: Any) -> None:
    """Take in one of the three files; errors go to the report."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        gathered.report.error(
            file, None, _("файлът не е списък от редове."), _("Изтеглете го отново от НСИ.")
        )
        return
    data = _without_stamp(gathered, file, rows)
    if not _has_columns(gathered, file, name, data):
        return
    take = _TAKERS[name]
    for number, row in enumerate(data, start=1):
        take(gathered, file, number, row)
    gathered.report.files.append(
        _("{file}: {n} реда").format(file=file, n=len(data)) + _dated(gathered, file)
    )


def is_stamp(row: Row) -> bool:
    """Is this the date stamp and not a place?"""
    return any(key in row for key in (PREPARED, AS_OF))


def _without_stamp(gathered: Gathered, file: str, rows: list[Row]) -> list[Row]:
    data = [row for row in rows if not is_stamp(row)]
    for stamp in (row for row in rows if is_stamp(row)):
        gathered.sources[file.rpartition("/")[2]] = {
            "as_of": day(str(stamp.get(AS_OF, ""))),
            "prepared": str(stamp.get(PREPARED, ""))[:40],
        }
    return data


def _dated(gathered: Gathered, file: str) -> str:
    as_of = gathered.sources.get(file.rpartition("/")[2], {}).get("as_of")
    return _("; данните са към {day:%d.%m.%Y}").format(day=as_of) if as_of else ""


def day(text: str) -> dt.date | None:
    """The date in „08/05/2024“, „08.05.2024“ or „2024-05-08“, if there is a real one."""
    if found := re.search(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, number = found.groups()
    elif found := re.search(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        number, month, year = found.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(number))
    except ValueError:
        return None


def _has_columns(gathered: Gathered, file: str, name: str, rows: list[Row]) -> bool:
    for number, row in enumerate(rows, start=1):
        missing = [column for column in COLUMNS[name] if column not in row]
        if missing:
            said = _("липсва колона {columns}.").format(
                columns=", ".join(f"„{column}“" for column in missing)
            )
            gathered.report.error(file, number, said, _("Изтеглете файла отново от НСИ и не го променяйте."))
            return False
    if not rows:
        gathered.report.error(file, None, _("файлът е празен."), _("Изтеглете го отново от НСИ."))
    return bool(rows)


def _names(gathered: Gathered, file: str, number: int, row: Row) -> Row:
    name, latin = normal(str(row["name"])), normal(str(row["name_en"]))
    if mixed_alphabet(name) or mixed_alphabet(latin):
        said = _("в „{name}“ са смесени латински и български букви.").format(name=f"{name} / {latin}")
        gathered.report.note(file, number, said, _("Внесено е както е във файла."))
    return {"name": name, "name_en": latin}


def _region(gathered: Gathered, file: str, number: int, row: Row) -> None:
    code = codes.checked(row["oblast"], "region", gathered.report, file, number)
    seat = codes.checked(row["ekatte"], "settlement", gathered.report, file, number)
    if code and seat:
        facts = {**_names(gathered, file, number, row), "nuts3": row["nuts3"], "seat_ekatte": seat}
        gathered.put(gathered.regions, code, facts, file, number)


def _municipality(gathered: Gathered, file: str, number: int, row: Row) -> None:
    code = codes.checked(row["obshtina"], "municipality", gathered.report, file, number)
    seat = codes.checked(row["ekatte"], "settlement", gathered.report, file, number)
    if code and seat:
        facts = {**_names(gathered, file, number, row), "nuts3": row["nuts3"], "seat_ekatte": seat}
        gathered.put(gathered.municipalities, code, facts, file, number)


def _settlement(gathered: Gathered, file: str, number: int, row: Row) -> None:
    ekatte = codes.checked(row["ekatte"], "settlement", gathered.report, file, number)
    municipality = codes.checked(row["obshtina"], "municipality", gathered.report, file, number)
    kind = str(row["t_v_m"])
    if kind not in codes.KINDS:
        said = _("видът „{kind}“ не е гр., с. или ман.").format(kind=kind)
        gathered.report.error(file, number, said, _("Поправете колона „t_v_m“."))
    if ekatte and municipality:
        facts = {**_names(gathered, file, number, row), "kind": kind, "municipality": municipality}
        gathered.put(gathered.settlements, ekatte, facts, file, number)


_TAKERS: dict[str, Callable[[Gathered, str, int, Row], None]] = {
    "ek_obl.json": _region,
    "ek_obst.json": _municipality,
    "ek_atte.json": _settlement,
}
