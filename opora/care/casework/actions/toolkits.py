"""Taking, importing, changing and exporting toolkits."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_toolkits, queries_toolkits
from opora.care.casework.actions.toolkit_updates import offer_update
from opora.care.casework.actions.toolkit_versions import keep_version
from opora.care.casework.models import Toolkit, ToolkitOrigin, ToolkitUpdate, ToolkitVersion
from opora.care.casework.toolkits import rewording
from opora.care.casework.toolkits.package import BrokenPackage, Package, checked, pack, unpack
from opora.care.casework.toolkits.shipped import shipped
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.models import Service


@transaction.atomic
def take_toolkit(actor: Actor, service: Service, code: str) -> Toolkit:
    """One that came with Opora, as it is. NotAllowed, ActionRefused; KeyError for a code that there is not."""
    return _keep(actor, service, shipped()[code])


@transaction.atomic
def import_toolkit(actor: Actor, service: Service, content: bytes) -> Toolkit | ToolkitUpdate:
    """One that another service exported, kept as it came and its way with it; one that the service has already waits
    beside its own. NotAllowed, ActionRefused.
    """
    _may(actor, service)
    try:
        package = unpack(content)
    except BrokenPackage as broken:
        raise ActionRefused(str(broken)) from broken
    kept = service.toolkits.filter(code=package.code).first()
    return _keep(actor, service, package) if kept is None else offer_update(actor, kept, package)


@transaction.atomic
def receive_toolkit(actor: Actor, service: Service, package: Package) -> Toolkit:
    """One that another service shares inside Opora; kept as it is and its way with it. NotAllowed, ActionRefused.

    Who may give it is asked by who calls. A service with another toolkit of the same code keeps both.
    """
    _may(actor, service)
    if service.toolkits.filter(versions__sha256=package.sha256).exists():
        raise ActionRefused(_("Този инструментариум вече е при Вас, със същото съдържание."))
    return _keep(actor, service, _beside(service, package))


def _beside(service: Service, package: Package) -> Package:
    """The package under a code of its own, named after its service, where the code is taken."""
    taken = set(service.toolkits.values_list("code", flat=True))
    if package.code not in taken:
        return package
    free = next(
        code for code in (f"{package.code[:50]}-{n}" for n in itertools.count(2)) if code not in taken
    )
    return replace(package, code=free, title=f"{package.title} ({package.organisation})"[:200])


@transaction.atomic
def change_toolkit(
    actor: Actor, toolkit: Toolkit, parts: Mapping[str, bytes], *, change: str
) -> ToolkitVersion:
    """A new version with these parts replaced; what is filled by older versions stays. NotAllowed, ActionRefused."""
    kept = Toolkit.objects.select_for_update(of=("self",)).select_related("service").get(pk=toolkit.pk)
    _may(actor, kept.service)
    if not change.strip():
        raise ActionRefused(_("Напишете какво променяте. Бележката остава при версията."))
    last = queries_toolkits.version_of(kept)
    package = queries_toolkits.package_of(last).with_parts(parts)
    try:
        package = checked(package)
    except BrokenPackage as broken:
        raise ActionRefused(str(broken)) from broken
    if package.sha256 == last.sha256:
        raise ActionRefused(_("Нищо не е променено. Версията остава същата."))
    return keep_version(actor, kept, package, last.number + 1, change.strip())


def reword(
    actor: Actor,
    toolkit: Toolkit,
    form: str,
    said: Mapping[str, rewording.Said],
    added: Sequence[str],
    *,
    change: str,
) -> ToolkitVersion:
    """Other words for questions, some left out, some added, from the page. NotAllowed, ActionRefused."""
    tables = queries_toolkits.package_of(queries_toolkits.version_of(toolkit)).tables(form)
    content = rewording.written(tables, said, added)
    return change_toolkit(actor, toolkit, {f"forms/{form}.xlsx": content}, change=change)


@transaction.atomic
def export_toolkit(actor: Actor, version: ToolkitVersion) -> bytes:
    """The version as a file for another service; it holds no person. NotAllowed."""
    if not policies_toolkits.see_toolkit(actor, version.toolkit):
        raise NotAllowed(_("Инструментариума изнася услугата, която го ползва."))
    content = pack(queries_toolkits.package_of(version))
    service = version.toolkit.service
    details = {"toolkit": version.toolkit.code, "version": version.number}
    audit.record(actor, "case.toolkit_exported", service.code, chain=f"svc:{service.code}", details=details)
    return content


def _may(actor: Actor, service: Service) -> None:
    if not policies_toolkits.change_toolkits(actor, service):
        raise NotAllowed(_("Инструментариумите на услугата променя нейният ръководител."))


def _keep(actor: Actor, service: Service, package: Package) -> Toolkit:
    _may(actor, service)
    if service.toolkits.filter(code=package.code).exists():
        raise ActionRefused(_("Услугата вече има инструментариум „%(title)s“.") % {"title": package.title})
    kept = Toolkit.objects.create(code=package.code, title=package.title, service=service)
    for order, one in enumerate((*package.history, package.origin)):
        ToolkitOrigin.objects.create(
            toolkit=kept, order=order, organisation=one.organisation, title=one.title, number=one.number,
            sha256=one.sha256, made_on=one.made_on,
        )  # fmt: skip
    words = {"organisation": package.organisation, "number": package.number}
    keep_version(actor, kept, package, 1, _("Взет от %(organisation)s, версия %(number)s.") % words)
    return kept
