"""The sheet `posts`: staff of services by profession."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opora.register.imports import values
from opora.register.imports.findings import ERROR, WARNING, Finding
from opora.register.imports.known import cyrillic, key
from opora.register.imports.sheets import Row
from opora.register.staff import Staff

MOST_POSTS = 1_000


def read(rows: Iterable[Row], codes: Collection[str], findings: list[Finding]) -> dict[str, list[Staff]]:
    """Service code → its whole staff list, for the services the sheet mentions."""
    lists: dict[str, dict[str, Staff]] = {}
    for row in rows:
        code = cyrillic(row.text("service"))
        if code not in codes:
            message = _("Няма услуга с код „%(code)s“ нито в листа „services“, нито в регистъра.")
            findings.append(row.finding(ERROR, "service", message % {"code": code}))
            continue
        one = _staff(row, findings)
        if one and key(one.profession) in lists.setdefault(code, {}):
            message = _("„%(name)s“ стои два пъти за тази услуга. Съберете ги в един ред.")
            findings.append(row.finding(ERROR, "profession", message % {"name": one.profession}))
        elif one:
            lists[code][key(one.profession)] = one
    return {code: list(staff.values()) for code, staff in lists.items()}


def _staff(row: Row, findings: list[Finding]) -> Staff | None:
    profession = row.text("profession")[:120]
    if not profession:
        findings.append(row.finding(ERROR, "profession", _("Впишете длъжността.")))
        return None
    posts, filled = _number(row, "posts", findings), _number(row, "filled", findings)
    if posts is None or filled is None:
        return None
    if filled > posts:
        message = _("Заетите щатни места (%(a)s) са повече от щата (%(b)s). Проверете ги.")
        findings.append(row.finding(WARNING, "filled", message % {"a": _short(filled), "b": _short(posts)}))
    return Staff(profession, posts, filled)


def _number(row: Row, name: str, findings: list[Finding]) -> Decimal | None:
    cell: Any = row.cells.get(name, "")
    try:
        value = values.decimal(cell)
        if value is not None and value > MOST_POSTS:
            raise values.UnreadableError(
                _("Числото %(cell)s е твърде голямо. Проверете го.") % {"cell": cell}
            )
        if value is None and name == "posts":
            raise values.UnreadableError(_("Впишете броя на щатните места."))
        return (value or Decimal()).quantize(Decimal("0.01"))
    except values.UnreadableError as problem:
        findings.append(row.finding(ERROR, name, str(problem)))
        return None


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
