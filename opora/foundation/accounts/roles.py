"""Roles and what each may do in each area: the table of facts/permissions.csv as values.

Permissions: R read, W write, A approve, C comment, P propose, G only aggregates. `where` tells how far: the
whole country, the holder's own place (region, municipality, own service), or something narrower that the room
itself knows.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

ROLES = {
    "national_admin": _("Национален администратор (АСП)"),
    "ministry_viewer": _("Наблюдател от министерството"),
    "quality_inspector": _("Инспектор по качеството"),
    "regional_coordinator": _("Областен координатор"),
    "municipality_expert": _("Общински експерт"),
    "service_manager": _("Ръководител на услуга"),
    "case_manager": _("Водещ на случай"),
    "specialist": _("Специалист в услуга"),
    "external_specialist": _("Външен специалист"),
    "evaluator": _("Оценител на добри практики"),
    "dpo_auditor": _("Длъжностно лице по защита на данните"),
    "public": _("Гражданин"),
}
AREAS = {
    "service_register": _("Регистър на услугите"),
    "surveys_visits": _("Анкети и посещения"),
    "planning": _("Планиране"),
    "case_files": _("Досиета"),
    "quality": _("Качество"),
    "good_practice": _("Добри практики"),
    "training_supervision": _("Обучение и супервизия"),
    "fostering": _("Приемна грижа"),
    "audit_log": _("Дневник на достъпа"),
}
OWN_PLACE = frozenset({"region", "municipality", "own_service"})
SEES_FILES = frozenset(
    {
        "municipality_expert",
        "service_manager",
        "case_manager",
        "specialist",
        "dpo_auditor",
        "quality_inspector",
    }
)
NEEDS_SECOND_FACTOR = SEES_FILES | {"national_admin"}


@dataclass(frozen=True)
class Permission:
    """What one role may do in one area: letters and how far."""

    may: str
    where: str


@functools.cache
def permissions() -> Mapping[tuple[str, str], Permission]:
    """(role, area) → permission; a pair that is missing means nothing is allowed."""
    with (Path(__file__).parent / "facts" / "permissions.csv").open(encoding="utf-8") as file:
        return {(r["role"], r["area"]): Permission(r["may"], r["where"]) for r in csv.DictReader(file)}
