"""Writers of the code lists: types of services, target groups, providers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import shown, words
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.core.identifiers import eik_is_valid
from opora.register import policies
from opora.register.models import Organisation, ServiceType, TargetGroup

FACTS = Path(__file__).parent / "facts"
_FLAGS = ("hides_address", "institution", "children")


@transaction.atomic
def load_builtin_types() -> tuple[int, int]:
    """Types and target groups that come with Opora; rows that stand already are left as people edited them.

    Returns how many types and groups were added. Source: ЗСУ art. 14–16, types met in budgets.
    """
    return _load(ServiceType, "service_types.csv"), _load(TargetGroup, "target_groups.csv")


def _load(model: type[ServiceType] | type[TargetGroup], file_name: str) -> int:
    with (FACTS / file_name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = set(model._default_manager.values_list("code", flat=True))
    missing = [
        model(order=number, **_typed(row)) for number, row in enumerate(rows, 1) if row["code"] not in known
    ]
    model._default_manager.bulk_create(missing)  # type: ignore[arg-type]
    return len(missing)


def _typed(row: Mapping[str, str]) -> dict[str, Any]:
    return {key: value == "1" if key in _FLAGS else value for key, value in row.items()}


@transaction.atomic
def save_type(
    actor: Actor, kind: ServiceType, values: Mapping[str, Any], *, seen: str | None = None
) -> ServiceType:
    """Change a type or add a new one (an instance that was not saved); of a page (`seen`) what its reader changed."""
    _save_item(actor, kind, values, "service_type.saved", seen)
    return kind


@transaction.atomic
def save_target_group(
    actor: Actor, group: TargetGroup, values: Mapping[str, Any], *, seen: str | None = None
) -> TargetGroup:
    """Change a target group or add a new one; of a page (`seen`) what its reader changed."""
    _save_item(actor, group, values, "target_group.saved", seen)
    return group


def _save_item(
    actor: Actor, item: ServiceType | TargetGroup, values: Mapping[str, Any], kind: str, seen: str | None
) -> None:
    if not policies.edit_lists(actor):
        raise NotAllowed(_("Списъците се водят от националния администратор."))
    if item.pk:
        type(item)._default_manager.select_for_update().get(pk=item.pk)  # ours until the transaction ends
        item.refresh_from_db()
        now = {field: getattr(item, field) for field in values}
        values = shown.brought(values, now, seen, _("Докато пишехте, някой друг записа промяна."))
    for field, value in values.items():
        setattr(item, field, value)
    item.save()
    audit.record(actor, kind, item.code, details={k: str(v) for k, v in values.items()})


@transaction.atomic
def save_organisation(
    actor: Actor, organisation: Organisation, *, name: str, eik: str = "", kind: str = "private"
) -> Organisation:
    """A provider, new or changed. ActionRefused when the ЕИК is wrong or belongs to another."""
    if eik and not eik_is_valid(eik):
        raise ActionRefused(_("ЕИК %(eik)s не е верен: контролната цифра не съвпада.") % {"eik": eik})
    if eik and Organisation.objects.filter(eik=eik).exclude(pk=organisation.pk).exists():
        raise ActionRefused(_("Вече има организация с ЕИК %(eik)s.") % {"eik": eik})
    organisation.name, organisation.eik, organisation.kind = words.normal(name), eik, kind
    organisation.sort_name = words.sort_key(name)
    organisation.search_text = words.search_text(name, eik)
    organisation.save()
    audit.record(actor, "organisation.saved", organisation.name, details={"eik": eik, "kind": kind})
    return organisation
