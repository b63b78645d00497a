"""What is odd between rows: codes and names that repeat, a municipality named twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _

from opora.foundation.core import words
from opora.foundation.territory.models import Municipality
from opora.register.imports.drafts import Draft
from opora.register.imports.findings import ERROR, WARNING
from opora.register.imports.known import Known, key


def mark(drafts: Sequence[Draft], known: Known) -> None:
    """Add findings to the rows concerned."""
    _same_code(drafts)
    _same_service(drafts, known)
    _repeated_municipality(drafts)
    for draft in drafts:
        _names_another_place(draft, known)


def _same_code(drafts: Sequence[Draft]) -> None:
    first: dict[str, Draft] = {}
    for draft in drafts:
        before = first.setdefault(draft.code, draft)
        if draft.code and before is not draft:
            message = _("Кодът %(code)s стои и на ред %(row)s. Всяка услуга има свой код.")
            facts = {"code": draft.code, "row": before.row.number}
            draft.findings.append(draft.row.finding(ERROR, "code", message % facts))


def _same_service(drafts: Sequence[Draft], known: Known) -> None:
    """By the sound of the name in one municipality; rows that both stand already were looked at before."""
    heard: dict[Hashable, tuple[str, str, str, bool]] = {}
    for service in known.services.values():
        place = (words.sound_key(service.name), service.municipality_id)
        heard.setdefault(place, (service.code, service.name, "", True))
    for draft in drafts:
        municipality = draft.values.get("municipality")
        if not municipality or not draft.name:
            continue
        place = (words.sound_key(draft.name), municipality.pk)
        code, name, row, standing = heard.setdefault(
            place, (draft.code, draft.name, str(draft.row.number), False)
        )
        if code != draft.code and not (standing and draft.existing):
            draft.findings.append(draft.row.finding(WARNING, "name", _double(draft, code, name, row)))


def _double(draft: Draft, code: str, name: str, row: str) -> str:
    facts = {"name": name, "code": code, "row": row}
    if key(draft.name) == key(name) and row:
        said = _("Същото име в същата община стои на ред %(row)s с код %(code)s.")
        return f"{said % facts} " + _("Ако е една услуга, оставете един ред.")
    if key(draft.name) == key(name):
        said = _("В регистъра вече има %(name)s в същата община с код %(code)s.")
        return f"{said % facts} " + _("Ако е тя, впишете този код.")
    if row:
        said = _("Името звучи като %(name)s на ред %(row)s.")
    else:
        said = _("Името звучи като %(name)s (код %(code)s) в регистъра.")
    return f"{said % facts} " + _("Проверете дали не е една и съща услуга.")


def _repeated_municipality(drafts: Sequence[Draft]) -> None:
    """„Благоевград, Сандански, Петрич и Благоевград“: one of a list comes twice, the others once."""
    by_kind: dict[Hashable, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if "type" in draft.values and "municipality" in draft.values:
            by_kind[draft.values["type"].pk, _plain(draft.name)].append(draft)
    for alike in by_kind.values():
        counts = Counter(d.values["municipality"].pk for d in alike)
        twice = [pk for pk, n in counts.items() if n > 1]
        if len(counts) >= 3 and len(twice) == 1 and counts[twice[0]] == 2:
            _say_repeated([d for d in alike if d.values["municipality"].pk == twice[0]])


def _plain(name: str) -> str:
    """The name without places and numbers, so that „ЦНСТ Петрич“ and „ЦНСТ 2 Благоевград“ are alike."""
    first = words.tokens(re.sub(r"[\d№]+", " ", name))
    return first[0] if first else ""


def _say_repeated(pair: Sequence[Draft]) -> None:
    first, second = pair
    if first.existing and second.existing:
        return
    facts = {"name": second.values["municipality"].name, "row": first.row.number}
    message = _(
        "Община %(name)s вече стои на ред %(row)s за същия тип услуга, а другите общини са по веднъж."
    )
    advice = _("Проверете дали не е имана предвид друга община.")
    second.findings.append(second.row.finding(WARNING, "municipality", message % facts + " " + advice))


def _names_another_place(draft: Draft, known: Known) -> None:
    municipality: Municipality | None = draft.values.get("municipality")
    if municipality is None or draft.existing:
        return
    said = f" {key(draft.name)} "
    if f" {key(municipality.name)} " in said:
        return
    for other in known.municipalities:
        near = other.region_id == municipality.region_id and other.pk != municipality.pk
        if near and f" {key(other.name)} " in said:
            facts = {"name": other.name, "place": municipality.name}
            message = _("Името споменава %(name)s, а общината е %(place)s. Проверете коя е вярната.")
            draft.findings.append(draft.row.finding(WARNING, "municipality", message % facts))
            return
