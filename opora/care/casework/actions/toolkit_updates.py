"""A newer version of a toolkit: it waits, is compared piece by piece, and becomes a version; and the way back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_toolkits, queries_toolkits
from opora.care.casework.actions.toolkit_versions import keep_version
from opora.care.casework.models import Toolkit, ToolkitOrigin, ToolkitUpdate, ToolkitVersion
from opora.care.casework.toolkits import merging
from opora.care.casework.toolkits.package import BrokenPackage, Package, checked, pack
from opora.care.casework.toolkits.shipped import shipped
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def offer_update(actor: Actor, toolkit: Toolkit, package: Package) -> ToolkitUpdate:
    """Lay a newer version beside the service's own; one that waited before is set aside. NotAllowed; ActionRefused for
    one that is there already or older than what is there.
    """
    kept = _own(actor, toolkit)
    if package.sha256 in queries_toolkits.known_fingerprints(kept):
        words = {"title": package.title, "n": package.number}
        raise ActionRefused(
            _("Тази версия на „%(title)s“ (%(n)s) вече е при Вас или е по-стара от Вашата.") % words
        )
    kept.updates.waiting().update(answered_at=clock.now(), answered_by=actor.name)
    made = ToolkitUpdate.objects.create(
        toolkit=kept, number=package.number, organisation=package.organisation, sha256=package.sha256,
        content=pack(package), at=clock.now(), by=actor.name,
    )  # fmt: skip
    _note(actor, kept, "case.toolkit_update_offered", update=made.pk, sha256=made.sha256)
    return made


@transaction.atomic
def offer_shipped(actor: Actor, toolkit: Toolkit) -> ToolkitUpdate:
    """The version that came with this release of Opora. NotAllowed, ActionRefused; KeyError when it has none."""
    return offer_update(actor, toolkit, shipped()[toolkit.code])


@transaction.atomic
def take_update(
    actor: Actor, update: ToolkitUpdate, chosen: Mapping[str, str], *, seen: int
) -> ToolkitVersion:
    """A version in which each piece is from the side that was chosen; older versions and what was filled by them stay.

    `seen` is the service's version that was compared. NotAllowed; ActionRefused while something both changed has no
    choice, when the pieces do not fit together, or when the service's version changed meanwhile.
    """
    kept = _own(actor, update.toolkit)
    now = _waiting(kept, update)
    last = queries_toolkits.version_of(kept)
    if last.number != seen:
        words = {"n": last.number, "who": last.made_by}
        raise ActionRefused(
            _("Междувременно %(who)s записа версия %(n)s. Прегледайте разликите отново.") % words
        )
    base, ours, theirs = queries_toolkits.three_of(now)
    package = _merged(base, ours, theirs, chosen)
    made = last
    if package.sha256 != last.sha256:
        words = {"organisation": now.organisation, "number": now.number}
        change = _("Приета версия %(number)s от %(organisation)s, с избраното от нашите промени.") % words
        made = keep_version(actor, kept, package, last.number + 1, change)
    _remember_way(kept, theirs)
    now.answered_at, now.answered_by, now.taken = clock.now(), actor.name, made
    now.save(update_fields=["answered_at", "answered_by", "taken"])
    _note(actor, kept, "case.toolkit_updated", update=now.pk, version=made.number)
    return made


@transaction.atomic
def drop_update(actor: Actor, update: ToolkitUpdate) -> None:
    """Set it aside; the service's own stays as it is. NotAllowed, ActionRefused."""
    kept = _own(actor, update.toolkit)
    now = _waiting(kept, update)
    now.answered_at, now.answered_by = clock.now(), actor.name
    now.save(update_fields=["answered_at", "answered_by"])
    _note(actor, kept, "case.toolkit_update_dropped", update=now.pk)


@transaction.atomic
def restore_version(actor: Actor, version: ToolkitVersion) -> ToolkitVersion:
    """Go back: a new version that says what an older one said. NotAllowed; ActionRefused for what holds already."""
    kept = _own(actor, version.toolkit)
    last = queries_toolkits.version_of(kept)
    package = queries_toolkits.package_of(queries_toolkits.version_of(kept, version.number))
    if package.sha256 == last.sha256:
        raise ActionRefused(_("Тази версия важи и сега."))
    return keep_version(
        actor, kept, package, last.number + 1, _("Върната версия %(n)s.") % {"n": version.number}
    )


def _merged(base: Package, ours: Package, theirs: Package, chosen: Mapping[str, str]) -> Package:
    try:
        parts = merging.merged(base, ours, theirs, chosen)
        return checked(Package(ours.code, ours.title, ours.number, ours.organisation, parts, ours.made_on))
    except merging.Unchosen as missing:
        words = _("Изберете кое да остане: %(what)s. Променено е и при Вас, и в новата версия.")
        raise ActionRefused(words % {"what": missing}) from missing
    except BrokenPackage as broken:
        words = _("Избраното не се сглобява: %(why)s. Вземете за тази част едната страна изцяло.")
        raise ActionRefused(words % {"why": broken}) from broken


def _remember_way(kept: Toolkit, theirs: Package) -> None:
    """Through which organisations and versions the taken one came."""
    known = set(kept.origins.values_list("sha256", flat=True))
    order = kept.origins.count()
    own = set(kept.versions.values_list("sha256", flat=True))
    for one in (*theirs.history, theirs.origin):
        if one.sha256 in known | own:
            continue
        ToolkitOrigin.objects.create(
            toolkit=kept, order=order, organisation=one.organisation, title=one.title, number=one.number,
            sha256=one.sha256, made_on=one.made_on,
        )  # fmt: skip
        order += 1


def _own(actor: Actor, toolkit: Toolkit) -> Toolkit:
    kept = Toolkit.objects.select_for_update(of=("self",)).select_related("service").get(pk=toolkit.pk)
    if not policies_toolkits.change_toolkits(actor, kept.service):
        raise NotAllowed(_("Инструментариумите на услугата променя нейният ръководител."))
    return kept


def _waiting(kept: Toolkit, update: ToolkitUpdate) -> ToolkitUpdate:
    now = kept.updates.waiting().filter(pk=update.pk).first()
    if now is None:
        raise ActionRefused(_("Новата версия вече е приета или оставена настрана."))
    return now


def _note(actor: Actor, kept: Toolkit, deed: str, **details: object) -> None:
    code = kept.service.code
    audit.record(actor, deed, code, chain=f"svc:{code}", details={"toolkit": kept.code} | details)
