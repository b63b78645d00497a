"""The table role × area, for the page „Роли и права“ and for docs/roles.md."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.roles import AREAS, NEEDS_SECOND_FACTOR, ROLES, Permission, permissions

LETTERS = {
    "R": gettext_lazy("чете"),
    "W": gettext_lazy("записва"),
    "A": gettext_lazy("утвърждава"),
    "C": gettext_lazy("дава мнение"),
    "P": gettext_lazy("предлага"),
    "G": gettext_lazy("вижда само обобщени числа"),
}
WHERE = {
    "national": gettext_lazy("в цялата страна"),
    "region": gettext_lazy("в своята област"),
    "municipality": gettext_lazy("в своята община"),
    "own_service": gettext_lazy("в своята услуга"),
    "own": gettext_lazy("за себе си"),
    "own_referrals": gettext_lazy("за хората, които е насочила общината"),
    "own_scores": gettext_lazy("своите оценки"),
    "assigned_cases": gettext_lazy("по възложените случаи"),
    "assigned_sections": gettext_lazy("своите раздели по възложените случаи"),
    "assigned_nominations": gettext_lazy("по възложените номинации"),
    "one_section": gettext_lazy("един раздел на един случай"),
    "open_inspection": gettext_lazy("докато тече проверката"),
    "files_in_charge": gettext_lazy("за досиетата, за които отговаря"),
    "published": gettext_lazy("публикуваното"),
    "public": gettext_lazy("публичната част"),
}


@dataclass(frozen=True)
class Line:
    """One role: its name, whether a second factor is needed, and per area what it may do, in words."""

    role: str
    name: str
    second_factor: bool
    cells: tuple[tuple[str, str], ...]


def table() -> list[Line]:
    """Roles in their order, areas in theirs; an empty cell means nothing is allowed."""
    return [Line(role, str(name), role in NEEDS_SECOND_FACTOR, _cells(role)) for role, name in ROLES.items()]


def markdown() -> str:
    """docs/roles.md: the table with codes, generated; `make docs` or scripts/roles.py writes it."""
    head = ["# Roles and permissions", "", _INTRO, ""]
    columns = "| role | 2nd factor | " + " | ".join(AREAS) + " |"
    rule = "|---|---|" + "---|" * len(AREAS)
    return "\n".join([*head, columns, rule, *(_row(role) for role in ROLES), "", *_legend(), ""])


_INTRO = (
    "Generated from `facts/permissions.csv` and `roles.py` of `opora/foundation/accounts` by "
    "`scripts/write_roles.py`; a test compares. What is out of a role's scope does not exist for it (404)."
)


def _cells(role: str) -> tuple[tuple[str, str], ...]:
    held = ((str(name), permissions().get((role, area))) for area, name in AREAS.items())
    return tuple((name, _words(permission)) for name, permission in held)


def _words(permission: Permission | None) -> str:
    if permission is None:
        return ""
    said = ", ".join(str(LETTERS[letter]) for letter in permission.may)
    return _("%(may)s %(where)s") % {"may": said, "where": WHERE[permission.where]}


def _row(role: str) -> str:
    held = [permissions().get((role, area)) for area in AREAS]
    cells = [f"{one.may} {one.where}" if one else "–" for one in held]
    return f"| `{role}` | {'yes' if role in NEEDS_SECOND_FACTOR else '–'} | " + " | ".join(cells) + " |"


def _legend() -> list[str]:
    return [
        "R read, W write, A approve, C comment, P propose, G only aggregates. The second word says how far:",
        "`national`, the holder's own `region`, `municipality` or `own_service`, or something narrower that",
        "the room itself checks.",
    ]
