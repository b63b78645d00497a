"""Accept a workbook: one transaction, all of it or nothing, the same file once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.register import actions, code_lists, queries
from opora.register.imports.differences import current
from opora.register.imports.drafts import Draft
from opora.register.imports.plan import ADDED, CHANGED, Item, Plan
from opora.register.imports.providers import Provider
from opora.register.models import Organisation, RegisterImport, Service

_PLAIN = (
    *("code", "name", "type", "municipality", "settlement", "address"),
    *("delegated_since", "opened_on", "closed_on", "head", "phone", "email"),
)


def apply(actor: Actor, plan: Plan) -> RegisterImport:
    """Write everything the plan says and remember the file.

    A file that was accepted before changes nothing; its first acceptance is returned. ActionRefused while there are
    errors, or when somebody wrote the same services at the same moment.
    """
    if plan.errors:
        raise ActionRefused(_("Файлът още не може да се внесе. Поправете отбелязаните клетки."))
    try:
        return _apply(actor, plan)
    except IntegrityError:
        raise ActionRefused(_("Докато внасяхте, някой друг записа същото. Отворете файла отново.")) from None


@transaction.atomic
def _apply(actor: Actor, plan: Plan) -> RegisterImport:
    before = plan.before or queries.applied_import(plan.digest)
    if before:
        return before
    providers: dict[str, Organisation] = {}
    for item in plan.of(ADDED) + plan.of(CHANGED):
        _write(actor, item, plan, providers)
    done = RegisterImport.objects.create(
        digest=plan.digest,
        file_name=plan.file_name[:200],
        uploaded_by_id=actor.user_id,
        applied_at=clock.now(),
        applied_by=actor.name,
        counts=plan.counts,
    )
    audit.record(actor, "register.imported", plan.digest, details={"file": plan.file_name} | plan.counts)
    return done


def _write(actor: Actor, item: Item, plan: Plan, providers: dict[str, Organisation]) -> None:
    values = _values(item.draft, _organisation(actor, item, plan, providers))
    source = _("внос на файл „%(name)s“") % {"name": plan.file_name}
    if item.draft.existing is None:
        service = _add(actor, item.draft, values, source[:200])
    else:
        service = _change(actor, item, values, source[:200])
    if item.staff is not None and "posts" in item.changed_keys:
        actions.set_posts(actor, service, item.staff)


def _add(actor: Actor, made: Draft, values: dict[str, Any], source: str) -> Service:
    groups = values.pop("target_groups", ())
    figures = {kind: n for kind in Service.FIGURES if (n := made.values.get(kind)) is not None}
    return actions.register_service(actor, groups=groups, figures=figures, source=source, **values)


def _change(actor: Actor, item: Item, values: Mapping[str, Any], source: str) -> Service:
    service = item.draft.existing
    assert service is not None
    figures = {kind: item.draft.values[kind] for kind in Service.FIGURES if kind in item.changed_keys}
    if item.changed_keys - {"posts", *figures}:
        service = actions.change_service(actor, service, values, version=service.version)
    if figures:
        service = actions.record_figures(actor, service, figures, as_of=clock.today(), source=source)
    return service


def _values(made: Draft, organisation: Organisation) -> dict[str, Any]:
    values = {key: made.values[key] for key in (*_PLAIN, "target_groups") if key in made.values}
    values["organisation"] = organisation
    names = {key: made.values.get(key, _standing(made, key)) for key in ("complex", "managed_with")}
    values["complex"] = actions.named_complex(organisation, names["complex"])
    values["management"] = actions.named_management(organisation, names["managed_with"])
    return values


def _standing(made: Draft, key: str) -> str:
    return current(made.existing, key) if made.existing else ""


def _organisation(actor: Actor, item: Item, plan: Plan, made: dict[str, Organisation]) -> Organisation:
    provider = item.draft.provider
    if provider is None:
        assert item.draft.existing is not None
        return item.draft.existing.organisation
    final = plan.providers.final(provider) if plan.providers else provider
    if final.name not in made:
        made[final.name] = _saved(actor, final)
    return made[final.name]


def _saved(actor: Actor, provider: Provider) -> Organisation:
    if provider.pk is None:
        new = Organisation()
        return code_lists.save_organisation(
            actor, new, name=provider.name, eik=provider.eik, kind=provider.kind
        )
    standing = Organisation.objects.get(pk=provider.pk)
    if provider.fills_eik:
        kind = standing.kind
        code_lists.save_organisation(actor, standing, name=standing.name, eik=provider.eik, kind=kind)
    return standing
