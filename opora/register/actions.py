"""The only writers of services, their figures and their staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, shown, words
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.territory.models import Municipality
from opora.register import code_lists, paths, policies
from opora.register.models import (
    Complex,
    Figure,
    Management,
    Organisation,
    Post,
    Service,
    ServiceType,
    TargetGroup,
)
from opora.register.staff import Staff, staff_now, together

EDITABLE = (
    *(
        "code",
        "name",
        "organisation",
        "type",
        "municipality",
        "settlement",
        "address",
        "complex",
        "management",
    ),
    *("delegated_since", "opened_on", "closed_on", "head", "phone", "email"),
)
load_builtin_types = code_lists.load_builtin_types


@transaction.atomic
def register_service(
    actor: Actor,
    *,
    code: str,
    name: str,
    organisation: Organisation,
    type: ServiceType,
    municipality: Municipality,
    groups: Iterable[TargetGroup] = (),
    figures: Mapping[str, int | None] | None = None,
    as_of: dt.date | None = None,
    source: str = "",
    **facts: Any,
) -> Service:
    """A new service; `facts` are other fields of it. NotAllowed; ActionRefused when the code is taken."""
    if not policies.register_in(actor, municipality):
        raise NotAllowed(_("Можете да вписвате услуги само на своята територия."))
    if code in paths.RESERVED_CODES or Service.objects.filter(code=code).exists():
        raise ActionRefused(_("Кодът %(code)s е зает. Изберете друг.") % {"code": code})
    service = Service(
        code=code, name=name, organisation=organisation, type=type, municipality=municipality, **facts
    )
    kept = list(groups)
    describe(service, kept)
    service.save()
    service.target_groups.set(kept)
    _write_figures(actor, service, figures or {}, as_of or clock.today(), source or _("вписване в регистъра"))
    audit.record(actor, "service.registered", code, chain=chain_of(service), details={"name": name})
    return service


@transaction.atomic
def change_service(
    actor: Actor, service: Service, changes: Mapping[str, Any], *, version: int | None = None, seen: str | None = None
) -> Service:  # fmt: skip
    """Write the fields named in EDITABLE and `target_groups`; what is the same stays untouched.

    `version` is the one the writer saw, or `seen` what a page had shown: then only what its reader changed is written.
    Clash when somebody saved (of a page: changed the same) meanwhile, NotAllowed at either place.
    """
    kept = _locked(actor, service, version)
    changes = shown.brought(changes, facts_of(kept), seen, _("Докато пишехте, някой друг записа промяна."))
    groups = list(changes.get("target_groups", kept.target_groups.all()))
    before, old_path = _snapshot(kept), kept.path
    for field in EDITABLE:
        if field in changes:
            setattr(kept, field, changes[field])
    describe(kept, groups)
    if not policies.edit_service(actor, kept):
        raise NotAllowed(_("Услугата не може да се премести извън Вашата територия."))
    kept.target_groups.set(groups)
    _save(kept)
    if kept.path != old_path:
        kept.professionals.update(path=kept.path)
        paths.moved(old_path, kept.path)
    details = {"changes": _difference(before, _snapshot(kept))}
    audit.record(actor, "service.changed", kept.code, chain=chain_of(kept), details=details)
    return kept


@transaction.atomic
def record_figures(
    actor: Actor,
    service: Service,
    figures: Mapping[str, int | None],
    *,
    as_of: dt.date,
    source: str,
    version: int | None = None,
    seen: str | None = None,
) -> Service:
    """Add numbers of a day to the history; the newest of each kind becomes the current one.

    `figures` maps names of Service.FIGURES to numbers, None where not known. A day in the future is refused. Of a page
    (`seen`) a number its reader left as it was is not written where a colleague wrote another meanwhile.
    """
    if as_of > clock.today():
        raise ActionRefused(_("Датата е в бъдещето. Запишете деня, за който се отнасят числата."))
    kept = _locked(actor, service, version)
    if seen is not None:
        now = {kind: getattr(kept, kind) for kind in figures}
        mine = shown.brought(figures, now, seen, _("Докато пишехте, някой друг записа промяна."))
        figures = {kind: n for kind, n in figures.items() if kind in mine or n == now[kind]}
    _write_figures(actor, kept, figures, as_of, source)
    details = {"as_of": as_of.isoformat(), "source": source, "figures": dict(figures)}
    audit.record(actor, "service.figures", kept.code, chain=chain_of(kept), details=details)
    return kept


@transaction.atomic
def set_posts(
    actor: Actor, service: Service, rows: Sequence[Staff], *, version: int | None = None, seen: str | None = None
) -> Service:  # fmt: skip
    """The whole staff list anew; professions left out are removed. Of a page (`seen`) what its reader changed, row by row;
    Clash where a colleague changed the same row.
    """
    kept = _locked(actor, service, version)
    if seen is not None:
        rows = together(rows, staff_now(kept), seen)
    before = {p.profession: [str(p.posts), str(p.filled)] for p in kept.posts.all()}
    kept.posts.exclude(profession__in=[row.profession for row in rows]).delete()
    for row in rows:
        numbers = {"posts": row.posts, "filled": row.filled}
        Post.objects.update_or_create(service=kept, profession=row.profession, defaults=numbers)
    _save(kept)
    after = {row.profession: [str(row.posts), str(row.filled)] for row in rows}
    details = {"changes": _difference(before, after)}
    audit.record(actor, "service.staff", kept.code, chain=chain_of(kept), details=details)
    return kept


@transaction.atomic
def close_service(actor: Actor, service: Service, *, on: dt.date, version: int) -> Service:
    """The last day of work. ActionRefused when it stands before the opening."""
    kept = _locked(actor, service, version)
    if kept.opened_on and on < kept.opened_on:
        raise ActionRefused(_("Услугата не може да бъде закрита преди деня, в който е открита."))
    kept.closed_on = on
    _save(kept)
    audit.record(
        actor, "service.closed", kept.code, chain=chain_of(kept), details={"closed_on": on.isoformat()}
    )
    return kept


def named_complex(organisation: Organisation, name: str) -> Complex | None:
    """The provider's complex of that name, made when new; nothing for no name."""
    name = words.normal(name)
    return Complex.objects.get_or_create(organisation=organisation, name=name)[0] if name else None


def named_management(organisation: Organisation, name: str) -> Management | None:
    """The provider's shared management of that name, made when new; nothing for no name."""
    name = words.normal(name)
    return Management.objects.get_or_create(organisation=organisation, name=name)[0] if name else None


def move_grants(old: str, new: str) -> None:
    """Roles held in a service stay in it when it moves."""
    for grant in Grant.objects.filter(scope__under=old):
        grant.scope = new + grant.scope.removeprefix(old)
        grant.save(update_fields=["scope"])


def chain_of(service: Service) -> str:
    """The audit chain of a service."""
    return f"service:{service.pk}"


def _locked(actor: Actor, service: Service, version: int | None) -> Service:
    rows = Service.objects.select_for_update(of=("self",)).select_related("type", "organisation")
    kept: Service = rows.get(pk=service.pk)
    if not policies.edit_service(actor, kept):
        raise NotAllowed(_("Тази услуга се води от други хора."))
    if version is not None and version != kept.version:
        raise Clash(_("Докато пишехте, някой друг записа промяна."), theirs=kept, version=kept.version)
    return kept


def _save(service: Service) -> None:
    service.version += 1
    service.save()


def describe(service: Service, groups: Iterable[TargetGroup]) -> None:
    """Fill what follows from the other fields: path, sort name, words for searching."""
    place, where = service.municipality, service.settlement
    service.path = paths.service_path(place, service.organisation, service.code)
    service.sort_name = words.sort_key(service.name)
    said = [
        "социална услуга",
        service.name,
        service.code,
        service.type.name,
        service.type.abbr,
        place.name,
        place.region.name,
    ]
    said += [where.name if where else "", service.organisation.name, *(group.name for group in groups)]
    service.search_text = words.search_text(*said)
    heard = words.tokens(" ".join([service.name, place.name, where.name if where else ""]))
    service.sound_text = " ".join(dict.fromkeys(words.sound_key(word) for word in heard))


def _write_figures(
    actor: Actor, service: Service, figures: Mapping[str, int | None], as_of: dt.date, source: str
) -> None:
    newest = dict(service.figures.order_by().values_list("kind").annotate(newest=Max("as_of")))
    for kind, value in figures.items():
        if kind not in Service.FIGURES:
            raise ValueError(f"not a figure of a service: {kind}")
        if kind not in newest or as_of >= newest[kind]:
            setattr(service, kind, value)
    Figure.objects.bulk_create(
        Figure(service=service, kind=kind, value=value, as_of=as_of, source=source, recorded_by=actor.name)
        for kind, value in figures.items()
    )
    if figures:
        _save(service)


def facts_of(service: Service) -> dict[str, Any]:
    """What may be changed of a service, as it stands."""
    facts = {field: getattr(service, field) for field in EDITABLE}
    return facts | {"target_groups": list(service.target_groups.all())}


def _snapshot(service: Service) -> dict[str, str]:
    texts = {field: _text(getattr(service, field)) for field in EDITABLE}
    return texts | {"target_groups": "; ".join(group.code for group in service.target_groups.all())}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    keys = dict.fromkeys([*before, *after])
    return {k: [before.get(k), after.get(k)] for k in keys if before.get(k) != after.get(k)}
