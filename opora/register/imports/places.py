"""Which municipality and settlement a row means; what is unclear is said with its candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opora.foundation.core import words
from opora.foundation.territory.models import Municipality, Settlement
from opora.register.imports.findings import ERROR, NOTE, WARNING, Finding
from opora.register.imports.known import Known, cyrillic
from opora.register.imports.sheets import Row
from opora.register.imports.values import digits

Place = tuple[Municipality | None, Settlement | None]
MOST_CANDIDATES = 4


def resolve(row: Row, known: Known, findings: list[Finding]) -> Place:
    """The row's municipality and settlement; None with a finding where they cannot be told."""
    regions = _regions(row, known, findings)
    said = cyrillic(row.text("municipality"))
    if not said:
        return _by_settlement_alone(row, known, regions, findings)
    named = known.municipalities_named(said)
    possible = [m for m in named if not regions or m.region_id in regions]
    if not possible:
        findings.append(_no_municipality(row, known, said, named))
        return None, None
    return _within(row, known, possible, findings)


def _regions(row: Row, known: Known, findings: list[Finding]) -> set[int]:
    said = cyrillic(row.text("region"))
    found = known.regions_named(said) if said else []
    if said and not found:
        findings.append(
            row.finding(ERROR, "region", _("Няма област „%(name)s“. Проверете името.") % {"name": said})
        )
    return {region.pk for region in found}


def _no_municipality(row: Row, known: Known, said: str, named: Sequence[Municipality]) -> Finding:
    several = [part.strip() for part in said.replace(",", ";").split(";") if part.strip()]
    if len(several) > 1:
        return row.finding(ERROR, "municipality", _several(several))
    if named:
        words_ = {"name": said, "region": row.text("region"), "where": _list(m.full_name for m in named)}
        return row.finding(
            ERROR,
            "municipality",
            _("Община %(name)s не е в област %(region)s. Има я тук: %(where)s.") % words_,
        )
    near = [m for m in known.municipalities if words.sound_key(m.name) == words.sound_key(said)]
    return row.finding(ERROR, "municipality", _unknown(_("Няма община „%(name)s“."), said, near))


def _several(names: Sequence[str]) -> str:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        said = _("Община %(name)s стои два пъти в една клетка. Проверете коя друга е имана предвид.")
        return said % {"name": twice[0]} + " " + _("Впишете по една община на ред.")
    return _("Посочени са няколко общини. Впишете по една услуга на ред, всяка с една община.")


def _within(row: Row, known: Known, possible: Sequence[Municipality], findings: list[Finding]) -> Place:
    said, inside = _settlements(row, known, findings)
    fitting = [s for s in inside if s.municipality_id in {m.pk for m in possible}]
    if len(fitting) == 1:
        return fitting[0].municipality, fitting[0]
    if len(possible) > 1:
        findings.append(row.finding(ERROR, "municipality", _ambiguous(row, possible)))
        return None, None
    if fitting:
        findings.append(row.finding(ERROR, "settlement", _candidates(said, fitting)))
        return possible[0], None
    if not said:
        findings.append(row.finding(NOTE, "settlement", _("Населеното място не е посочено.")))
        return possible[0], None
    findings.append(_settlement_not_there(row, known, said, possible[0], inside))
    return (None if findings[-1].level == ERROR else possible[0]), None


def _settlements(row: Row, known: Known, findings: list[Finding]) -> tuple[str, list[Settlement]]:
    said = cyrillic(row.text("settlement"))
    code, mended = digits(said, 5) if said.isdigit() else (said, False)
    found = known.settlement_candidates(code)
    if mended and found:
        message = _("Кодът по ЕКАТТЕ е загубил нули: прочетен е като %(code)s.") % {"code": code}
        findings.append(row.finding(NOTE, "settlement", message))
    return said, found


def _by_settlement_alone(row: Row, known: Known, regions: set[int], findings: list[Finding]) -> Place:
    said, found = _settlements(row, known, findings)
    possible = [s for s in found if not regions or s.municipality.region_id in regions]
    if len(possible) == 1:
        return possible[0].municipality, possible[0]
    key = "municipality" if "municipality" in row.letters else "settlement"
    if possible:
        findings.append(row.finding(ERROR, key, _candidates(said, possible)))
    elif said:
        findings.append(
            row.finding(ERROR, "settlement", _unknown(_("Няма населено място „%(name)s“."), said, []))
        )
    else:
        findings.append(row.finding(ERROR, key, _("Впишете общината на услугата.")))
    return None, None


def _settlement_not_there(
    row: Row, known: Known, said: str, municipality: Municipality, elsewhere: Sequence[Settlement]
) -> Finding:
    if elsewhere:
        facts = {"name": said, "place": municipality.name, "where": _list(s.full_name for s in elsewhere)}
        message = _("%(name)s не е в община %(place)s. Има го тук: %(where)s. Поправете едното от двете.")
        return row.finding(ERROR, "settlement", message % facts)
    if municipality.pk not in known.loaded:
        facts = {"place": municipality.name}
        message = _(
            "Населените места на община %(place)s не са заредени. Услугата се вписва само към общината."
        )
        return row.finding(WARNING, "settlement", message % facts)
    near = Settlement.objects.filter(municipality=municipality).select_related("municipality__region")
    alike = [s for s in near if words.sound_key(s.name) == words.sound_key(said)]
    template = _("Няма населено място „%(name)s“ в тази община.")
    return row.finding(ERROR, "settlement", _unknown(template, said, alike))


def _ambiguous(row: Row, possible: Sequence[Municipality]) -> str:
    facts = {"name": row.text("municipality"), "where": _list(m.full_name for m in possible)}
    return _("Има повече от една община %(name)s: %(where)s. Посочете и областта.") % facts


def _candidates(said: str, found: Sequence[Settlement]) -> str:
    facts = {"name": said, "where": _list(f"{s.full_name} ({s.ekatte})" for s in found)}
    return _("„%(name)s“ може да е: %(where)s. Впишете кода по ЕКАТТЕ.") % facts


def _unknown(template: str, said: str, near: Sequence[Municipality | Settlement]) -> str:
    start = template % {"name": said}
    if near:
        return start + " " + _("Може би: %(where)s.") % {"where": _list(p.full_name for p in near)}
    return start + " " + _("Проверете изписването.")


def _list(names: Iterable[str]) -> str:
    found = list(names)
    return "; ".join(found[:MOST_CANDIDATES]) + (" …" if len(found) > MOST_CANDIDATES else "")
