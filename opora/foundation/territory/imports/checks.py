"""Do the gathered rows hold together, and with what is known already?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.foundation.territory.imports import codes
from opora.foundation.territory.imports.gathered import Gathered, Row
from opora.foundation.territory.models import Municipality, Region, Settlement

_NEEDED = {
    "regions": ("name", "name_en", "nuts3", "seat_ekatte", "lat", "lon"),
    "municipalities": ("name", "name_en", "nuts3", "seat_ekatte", "lat", "lon"),
    "settlements": ("name", "name_en", "kind", "municipality"),
}


@dataclass(frozen=True)
class Known:
    """Codes that stand in the database before the import."""

    regions: frozenset[str]
    municipalities: frozenset[str]
    settlements: frozenset[str]


def known() -> Known:
    """Read the codes that are there."""
    return Known(
        frozenset(Region.objects.values_list("code", flat=True)),
        frozenset(Municipality.objects.values_list("code", flat=True)),
        frozenset(Settlement.objects.values_list("ekatte", flat=True)),
    )


def complete(gathered: Gathered) -> None:
    """Give seats the place of their settlement where no table gave one."""
    for table in (gathered.regions, gathered.municipalities):
        for row in table.values():
            seat = gathered.settlements.get(row.get("seat_ekatte", ""), {})
            if "lat" not in row and "lat" in seat:
                row |= {"lat": seat["lat"], "lon": seat["lon"]}


def check(gathered: Gathered, before: Known) -> None:
    """Errors for rows that lack something or point nowhere; notes for codes no file names."""
    _check_needed(gathered, "regions", gathered.regions, before.regions)
    _check_needed(gathered, "municipalities", gathered.municipalities, before.municipalities)
    _check_needed(gathered, "settlements", gathered.settlements, before.settlements)
    _check_parents(gathered, before)
    _check_known(gathered, before)
    _check_forgotten(gathered, before)


def _check_needed(gathered: Gathered, name: str, rows: Mapping[str, Row], there: frozenset[str]) -> None:
    for code, row in rows.items():
        missing = [column for column in _NEEDED[name] if column not in row]
        if missing and code not in there:
            said = _("{code} е ново, а за него няма {columns}.").format(code=code, columns=", ".join(missing))
            mend = _("Добавете в папката файл с тези данни.")
            gathered.report.error(*gathered.origin[code], said, mend)


def _check_parents(gathered: Gathered, before: Known) -> None:
    regions = before.regions | gathered.regions.keys()
    municipalities = before.municipalities | gathered.municipalities.keys()
    for code in gathered.municipalities:
        if code[:3] not in regions:
            _unknown(gathered, code, _("няма област с код „{code}“.").format(code=code[:3]))
    for ekatte, row in gathered.settlements.items():
        parent = row.get("municipality")
        if parent is not None and parent not in municipalities:
            _unknown(gathered, ekatte, _("няма община с код „{code}“.").format(code=parent))
        if row.get("kind", codes.KINDS[0]) not in codes.KINDS:
            _unknown(gathered, ekatte, _("видът „{kind}“ не е гр., с. или ман.").format(kind=row["kind"]))


def _unknown(gathered: Gathered, code: str, said: str) -> None:
    finding = (*gathered.origin[code], f"{code}: {said}", _("Поправете реда."))
    if all(error.what != finding[2] for error in gathered.report.errors):
        gathered.report.error(*finding)


def _check_known(gathered: Gathered, before: Known) -> None:
    """Boundaries and population of places nobody knows."""
    places = before.regions | before.municipalities | gathered.regions.keys() | gathered.municipalities.keys()
    for code in gathered.boundaries:
        if code not in places:
            said = _("{code}: граница на място, което не е познато.").format(code=code)
            gathered.report.error(*gathered.origin[f"boundary {code}"], said, _("Поправете кода."))


def _check_forgotten(gathered: Gathered, before: Known) -> None:
    """Nothing is ever dropped: places known before and absent from the files are named."""
    pairs = (
        (gathered.regions, before.regions),
        (gathered.municipalities, before.municipalities),
        (gathered.settlements, before.settlements),
    )
    for rows, there in pairs:
        forgotten = sorted(there - rows.keys())
        if rows and forgotten:
            said = _("във файловете липсват познати кодове: {codes}.").format(codes=", ".join(forgotten[:30]))
            gathered.report.note(gathered.report.path, None, said, _("Запазени са, както са били."))
