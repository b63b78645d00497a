"""Frameworks: the built-in ones, drafts, spreadsheets brought to a draft, publishing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import builtin, content, policies, sheet, trail
from opora.evidence.monitoring.content import Content
from opora.evidence.monitoring.models import (
    Anchor,
    Domain,
    Framework,
    FrameworkVersion,
    Indicator,
    Upload,
)
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.documents import gate


@transaction.atomic
def load_builtin_frameworks() -> int:
    """Put in the frameworks Opora comes with that are not there yet; gives how many. Never touches one that is."""
    known = set(Framework.objects.values_list("code", flat=True))
    new = [row for row in builtin.table("frameworks") if row["code"] not in known]
    for row in new:
        framework = Framework.objects.create(**row)
        groups = [dict(g) for g in builtin.table("domains") if g["framework"] == row["code"]]
        version = _version(system(), framework, 1)
        _write(version, content.of_rows(groups, builtin.table(row["code"])))
        version.published_at, version.published_by = clock.now(), system().name
        version.save(update_fields=["published_at", "published_by"])
    return len(new)


@transaction.atomic
def begin_draft(actor: Actor, framework: Framework) -> FrameworkVersion:
    """A draft with the words of the newest version; the one that stands if there is one. NotAllowed."""
    _may_edit(actor)
    Framework.objects.select_for_update().get(pk=framework.pk)  # one number is taken at a time
    newest = framework.versions.order_by("-number").first()
    if newest is not None and not newest.is_published:
        return newest
    version = _version(actor, framework, newest.number + 1 if newest else 1)
    if newest is not None:
        _write(version, content.of_version(newest))
    trail.of_house(actor, "framework_begun", str(version))
    return version


@transaction.atomic
def put_content(actor: Actor, version: FrameworkVersion, new: Content, *, change: int) -> FrameworkVersion:
    """Put this in place of the draft's content. `change` is the state the person saw. NotAllowed, ActionRefused, Clash."""
    kept = _draft(actor, version)
    if kept.change != change:
        raise Clash(_("Междувременно колега промени рамката."), version=kept.change)
    if wrong := content.complaints(new, kept.framework.levels, whole=False):
        raise ActionRefused(" ".join(wrong))
    kept.domains.all().delete()
    _write(kept, new)
    kept.change += 1
    kept.save(update_fields=["change"])
    trail.of_house(actor, "framework_changed", str(kept))
    return kept


@transaction.atomic
def receive_upload(actor: Actor, version: FrameworkVersion, data: bytes, *, name: str) -> Upload:
    """Keep a spreadsheet whose content can be read, to be compared with the draft. NotAllowed, ActionRefused."""
    kept = _draft(actor, version)
    verdict = gate.check(name, data)
    if not verdict.ok:
        raise ActionRefused(verdict.message)
    read = sheet.read(verdict.content, kept.framework)
    if wrong := content.complaints(read, kept.framework.levels, whole=False):
        raise ActionRefused(" ".join(wrong))
    row = Upload.objects.create(
        version=kept, file_name=name.rsplit("/", 1)[-1][:200], content=verdict.content, over=kept.change,
        uploaded_at=clock.now(), uploaded_by=actor.name,
    )  # fmt: skip
    trail.of_house(actor, "framework_uploaded", str(kept))
    return row


@transaction.atomic
def accept_upload(actor: Actor, upload: Upload) -> FrameworkVersion:
    """Put the spreadsheet's content into the draft it was compared with. NotAllowed, ActionRefused, Clash."""
    row = (
        Upload.objects.select_for_update(of=("self",)).select_related("version__framework").get(pk=upload.pk)
    )
    if row.content is None:
        raise ActionRefused(_("Таблицата вече е приета."))
    new = sheet.read(bytes(row.content), row.version.framework)
    version = put_content(actor, row.version, new, change=row.over)
    row.accepted_at, row.content = clock.now(), None
    row.save(update_fields=["accepted_at", "content"])
    return version


@transaction.atomic
def publish_version(actor: Actor, version: FrameworkVersion) -> FrameworkVersion:
    """From now on rounds may use it and nobody changes it. NotAllowed; ActionRefused while words are missing."""
    kept = _draft(actor, version)
    if wrong := content.complaints(content.of_version(kept), kept.framework.levels, whole=True):
        raise ActionRefused(" ".join(wrong[:5]))
    kept.published_at, kept.published_by = clock.now(), actor.name
    kept.save(update_fields=["published_at", "published_by"])
    trail.of_house(actor, "framework_published", str(kept))
    return kept


def _may_edit(actor: Actor) -> None:
    if not policies.edit_frameworks(actor):
        raise NotAllowed(_("Рамките ги променят координаторите и националният администратор."))


def _draft(actor: Actor, version: FrameworkVersion) -> FrameworkVersion:
    _may_edit(actor)
    rows = FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework")
    kept: FrameworkVersion = rows.get(pk=version.pk)
    if kept.is_published:
        raise ActionRefused(_("Публикувана версия не се променя. Започнете нова."))
    return kept


def _version(actor: Actor, framework: Framework, number: int) -> FrameworkVersion:
    return FrameworkVersion.objects.create(
        framework=framework, number=number, made_at=clock.now(), made_by=actor.name
    )


def _write(version: FrameworkVersion, new: Content) -> None:
    for place, group in enumerate(new.groups, 1):
        domain = Domain.objects.create(
            version=version, code=group.code, title=group.title, title_en=group.title_en, weight=group.weight, order=place
        )  # fmt: skip
        for at, item in enumerate(new.of(group.code), 1):
            words = {name: getattr(item, name) for name in content.WORDS}
            made = Indicator.objects.create(
                domain=domain, code=item.code, weight=item.weight, order=at, **words
            )
            Anchor.objects.bulk_create(
                Anchor(indicator=made, level=level, text=text) for level, text in item.anchors
            )
