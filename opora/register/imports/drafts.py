"""One row of the sheet `services` as values of a service, with remarks on its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from opora.foundation.core import clock, words
from opora.register.imports import places, values
from opora.register.imports.findings import ERROR, NOTE, WARNING, Finding
from opora.register.imports.known import Known, cyrillic, key
from opora.register.imports.layout import HIDDEN_ADDRESS
from opora.register.imports.providers import Provider, Providers
from opora.register.imports.sheets import Row
from opora.register.models import Service, ServiceType, TargetGroup
from opora.register.paths import RESERVED_CODES

_CODE = re.compile(r"^[\w.\-]{1,40}$")
_LONGEST = {"name": 200, "address": 250, "managed_with": 200, "complex": 200, "head": 120, "phone": 60}
_CHECKED_LETTERS = ("code", "name", "organisation", "type", "settlement", "municipality", "complex", "head")
_PLAIN = ("name", "address", "managed_with", "complex", "head", "phone")


@dataclass
class Draft:
    """What a row asks for. `values` holds only what its columns say, by column key, ready to be written."""

    row: Row
    code: str
    existing: Service | None = None
    provider: Provider | None = None
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        """Something must be mended before it can be taken."""
        return any(finding.level == ERROR for finding in self.findings)

    @property
    def name(self) -> str:
        """As the row says, else as it stands."""
        return self.values.get("name") or (self.existing.name if self.existing else "")


def draft(row: Row, known: Known, providers: Providers) -> Draft:
    """Read every cell of the row."""
    made = Draft(row, _code(row.text("code")))
    made.existing = _standing(row, known, made)
    for step in (_identity, _letters, _texts, _figures, _days, _type_and_groups, _email):
        step(made, known)
    _place(made, known)
    made.provider = providers.resolve(row, made.findings)
    return made


def _code(text: str) -> str:
    return cyrillic(text)


def _standing(row: Row, known: Known, made: Draft) -> Service | None:
    by_id = _quiet_number(row.cells.get("id", ""))
    if by_id is not None:
        found = known.by_pk.get(by_id)
        if found is None:
            message = _("Записът с този номер не е във Вашия регистър. Изтрийте номера, за да е нова услуга.")
            made.findings.append(row.finding(ERROR, "id", message))
        return found
    return known.services.get(made.code)


def _quiet_number(cell: Any) -> int | None:
    try:
        return values.number(cell)
    except values.UnreadableError:
        return -1


def _identity(made: Draft, known: Known) -> None:
    row, standing = made.row, made.existing
    if not made.code:
        made.findings.append(row.finding(ERROR, "code", _("Впишете код на услугата, например LOV-001.")))
    elif not _CODE.match(made.code):
        message = _("Кодът може да има букви, цифри, точка, тире и долна черта, до 40 знака.")
        made.findings.append(row.finding(ERROR, "code", message))
    elif made.code in RESERVED_CODES or (
        made.code in known.taken and (standing is None or standing.code != made.code)
    ):
        made.findings.append(row.finding(ERROR, "code", _("Този код е зает. Изберете друг.")))
    if not row.text("name") and "name" in row.cells:
        made.findings.append(row.finding(ERROR, "name", _("Впишете името на услугата.")))
    made.values["code"] = made.code


def _letters(made: Draft, known: Known) -> None:
    for name in _CHECKED_LETTERS:
        text = made.row.text(name)
        if text and words.mixed_alphabet(text):
            message = _(
                "В „%(text)s“ има латински и български букви в една дума. Напишете я на едната азбука."
            )
            made.findings.append(made.row.finding(WARNING, name, message % {"text": text}))


def _texts(made: Draft, known: Known) -> None:
    for name in _PLAIN:
        if name in made.row.cells and not (name == "address" and made.row.text(name) == HIDDEN_ADDRESS):
            text = made.row.text(name)
            made.values[name] = text[: _LONGEST[name]]
            if len(text) > _LONGEST[name]:
                message = _("Текстът е по-дълъг от %(n)s знака. Съкратете го.") % {"n": _LONGEST[name]}
                made.findings.append(made.row.finding(ERROR, name, message))


def _figures(made: Draft, known: Known) -> None:
    for name in Service.FIGURES:
        _take(made, name, values.number)
    _compare(
        made,
        "occupied",
        "capacity",
        _("Заетите места (%(a)s) са повече от местата (%(b)s). Записва се така."),
    )
    _compare(made, "funded", "capacity", _("Финансираните места (%(a)s) са повече от местата (%(b)s)."))


def _compare(made: Draft, more: str, less: str, message: str) -> None:
    a, b = made.values.get(more), made.values.get(less)
    if a is not None and b is not None and a > b:
        made.findings.append(made.row.finding(WARNING, more, message % {"a": a, "b": b}))


def _take(made: Draft, name: str, read: Callable[[Any], Any]) -> None:
    if name not in made.row.cells:
        return
    try:
        made.values[name] = read(made.row.cells[name])
    except values.UnreadableError as problem:
        made.findings.append(made.row.finding(ERROR, name, str(problem)))


def _days(made: Draft, known: Known) -> None:
    for name in ("delegated_since", "opened_on", "closed_on"):
        _take(made, name, lambda cell, name=name: _day(made, name, cell))  # type: ignore[misc]
    opened, closed = made.values.get("opened_on"), made.values.get("closed_on")
    if opened and closed and closed < opened:
        message = _("Услугата е закрита преди да е открита. Проверете двете дати.")
        made.findings.append(made.row.finding(ERROR, "closed_on", message))
    for name in ("delegated_since", "opened_on"):
        day = made.values.get(name)
        if day and day > clock.today():
            made.findings.append(made.row.finding(WARNING, name, _("Датата е в бъдещето. Проверете я.")))


def _day(made: Draft, name: str, cell: Any) -> dt.date | None:
    day, assumed = values.date(cell, year_only=name == "delegated_since")
    if assumed:
        made.findings.append(made.row.finding(NOTE, name, assumed))
    return day


def _type_and_groups(made: Draft, known: Known) -> None:
    said = made.row.text("type")
    found = known.types.get(key(cyrillic(said)), []) if said else []
    if len(found) == 1:
        made.values["type"] = found[0]
    elif "type" in made.row.cells:
        made.findings.append(made.row.finding(ERROR, "type", _type_advice(said, found, known)))
    if "target_groups" in made.row.cells:
        made.values["target_groups"] = _groups(made, known)


def _type_advice(said: str, found: list[ServiceType], known: Known) -> str:
    if not said:
        return _("Впишете вида на услугата, например ЦОП.")
    wanted = key(cyrillic(said))
    near = found or [k for name, kinds in known.types.items() if name.startswith(wanted[:4]) for k in kinds]
    names = list(dict.fromkeys(f"{kind.short} ({kind.code})" for kind in near))[:4]
    start = _("Типът „%(name)s“ не е в списъка.") % {"name": said}
    return (
        start
        + " "
        + (_("Може би: %(where)s.") % {"where": "; ".join(names)} if names else _("Проверете го."))
    )


def _groups(made: Draft, known: Known) -> list[TargetGroup]:
    found: dict[int, TargetGroup] = {}
    for part in values.listed(made.row.cells["target_groups"]):
        group = known.groups.get(key(cyrillic(part)))
        if group:
            found[group.pk] = group
        else:
            message = _("Няма целева група „%(name)s“. Вижте списъка и разделяйте с „;“.") % {"name": part}
            made.findings.append(made.row.finding(ERROR, "target_groups", message))
    return list(found.values())


def _email(made: Draft, known: Known) -> None:
    if "email" not in made.row.cells:
        return
    made.values["email"] = made.row.text("email")
    try:
        if made.values["email"]:
            validate_email(made.values["email"])
    except ValidationError:
        made.findings.append(made.row.finding(ERROR, "email", _("Проверете електронната поща.")))


def _place(made: Draft, known: Known) -> None:
    municipality, settlement = places.resolve(made.row, known, made.findings)
    if municipality:
        made.values["municipality"] = municipality
        if "settlement" in made.row.cells:
            made.values["settlement"] = settlement
