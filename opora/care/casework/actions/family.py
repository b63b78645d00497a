"""Who stands around the person: added, changed, ended, and tied to the same human being in another file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import kinship, policies, relatives, seals
from opora.care.casework.actions.changes import tell_others
from opora.care.casework.actions.common import chain_of, describe, locked, not_in_the_future
from opora.care.casework.models import IDENTIFIER, Agency, ClientFile, Person, Relation
from opora.care.casework.queries import family_of, index_of
from opora.care.casework.queries_changes import values_of
from opora.care.casework.queries_family import known_elsewhere
from opora.care.casework.relatives import OF_AGENCY, OF_PERSON, OF_RELATION
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, sealing, shown
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed

TAKEN_OVER = ("middle_name", "born", "birth_year", "sex", "phone", "address")
"""What a link brings from the other file where this one has nothing."""


@transaction.atomic
def add_relative(actor: Actor, file: ClientFile, said: Mapping[str, Any]) -> Relation:
    """Somebody new around the person; `said` holds fields of Person and Relation. NotAllowed, ActionRefused."""
    kept = _writable(actor, file)
    if (before := _same(kept, said)) is not None:
        return before
    _check(kept, said, None)
    person = Person(**{name: said[name] for name in OF_PERSON if name in said})
    describe(person)
    person.save()
    _identify(person, said.get("identifier"), said.get("identifier_kind", ""))
    relation = Relation(file=kept, person=person)
    return _written(actor, relation, said, "case.relative_added")


@transaction.atomic
def change_relative(
    actor: Actor, relation: Relation, said: Mapping[str, Any], *, version: int = 0, seen: str | None = None
) -> Relation:
    """What is known of them now; of a page (`seen`) only what its reader changed. NotAllowed, ActionRefused; Clash when
    somebody changed the same meanwhile.
    """
    kept = _writable(actor, relation.file)
    now = _relation(kept, relation.pk)
    words = _("Колега промени този човек, докато пишехте.")
    if seen is None and now.person.version != version:
        raise Clash(words, theirs=now, version=now.person.version)
    seals.reveal(now.person)
    said = relatives.brought(said, now, seen, words)
    _check(kept, {"kind": now.kind, "through": now.through} | said, now)
    person = now.person
    before = values_of(kept, person)
    for name in OF_PERSON:
        setattr(person, name, said.get(name, getattr(person, name)))
    person.version += 1
    describe(person)
    person.save()
    _identify(person, said.get("identifier"), said.get("identifier_kind", ""))
    tell_others(kept, person, before)
    return _written(actor, now, said, "case.relative_changed")


@transaction.atomic
def end_relative(actor: Actor, relation: Relation, *, on: dt.date) -> Relation:
    """They are no longer near from that day; what was written stays. NotAllowed, ActionRefused."""
    kept = _writable(actor, relation.file)
    not_in_the_future(on)
    now = _relation(kept, relation.pk)
    now.until = on
    now.save(update_fields=["until"])
    _noted(actor, kept, "case.relative_ended", {"relation": now.pk})
    return now


@transaction.atomic
def link_relative(actor: Actor, relation: Relation, other_pk: int) -> Relation:
    """The relative and a person of a file the actor may read are the same human being. NotAllowed, ActionRefused.

    What is known there and not here is taken over.
    """
    kept = _writable(actor, relation.file)
    now = _relation(kept, relation.pk)
    known = [one for one in known_elsewhere(actor, kept, now.person) if one.visible]
    other = next((one.person for one in known if one.person.pk == other_pk), None)
    if other is None:
        raise ActionRefused(_("Свързват се само хора от досиета, които виждате."))
    person, root = now.person, other.same_as or other
    if root.pk != person.pk:
        _join(person, root)
    for name in TAKEN_OVER:
        if not getattr(person, name):
            setattr(person, name, getattr(other, name))
    person.version += 1
    describe(person)
    person.save()
    if not person.identifier_index and other.identifier_index:
        _identify(person, other.identifier, other.identifier_kind)
    _noted(actor, kept, "case.relative_linked", {"relation": now.pk, "person": other.pk})
    return now


@transaction.atomic
def set_agency(
    actor: Actor, file: ClientFile, said: Mapping[str, Any], *, agency: Agency | None = None, version: int = 0,
    seen: str | None = None,
) -> Agency:  # fmt: skip
    """A place or organisation around the person, new or changed; of a page (`seen`) only what its reader changed. NotAllowed;
    Clash.
    """
    kept = _writable(actor, file)
    now = kept.agencies.select_for_update().get(pk=agency.pk) if agency else Agency(file=kept, version=0)
    words = _("Колега промени този ред, докато пишехте.")
    if agency and seen is None and now.version != version:
        raise Clash(words, theirs=now, version=now.version)
    if agency:
        said = shown.brought(said, {name: getattr(now, name) for name in OF_AGENCY}, seen, words)
    for name in OF_AGENCY:
        setattr(now, name, said.get(name, getattr(now, name)))
    now.version += 1
    now.save()
    _noted(actor, kept, "case.agency_set", {"agency": now.pk})
    return now


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept


def _relation(file: ClientFile, pk: int) -> Relation:
    return file.relations.select_related("person__same_as").get(pk=pk)


def _join(person: Person, root: Person) -> None:
    """Whoever was one with the person is one with the root as well."""
    before = person.same_as or person
    group = Q(pk__in=[before.pk, person.pk]) | Q(same_as=before)
    Person.objects.filter(group).exclude(pk=root.pk).update(same_as=root)
    person.same_as = root


def _same(file: ClientFile, said: Mapping[str, Any]) -> Relation | None:
    """The very same relative, added before: a form that was sent twice."""

    def told(one: Relation) -> bool:
        of_person = all(getattr(one.person, name) == said[name] for name in OF_PERSON if name in said)
        return of_person and all(getattr(one, name) == said[name] for name in OF_RELATION if name in said)

    return next((one for one in family_of(file) if told(one)), None)


def _check(file: ClientFile, said: Mapping[str, Any], now: Relation | None) -> None:
    """Refuse a way through somebody who cannot be it, and the same number twice in one file."""
    through = said.get("through")
    if through is not None and (
        through.file_id != file.pk or through.kind not in kinship.THROUGH.get(said["kind"], ())
    ):
        raise ActionRefused(
            _("Този човек не може да е роднина чрез избрания. Изберете друг или оставете празно.")
        )
    number = said.get("identifier")
    if not number:
        return
    own = file.relations.exclude(pk=now.pk if now else 0)
    if (
        file.person.identifier_index == index_of(number)
        or own.filter(person__identifier_index=index_of(number)).exists()
    ):
        raise ActionRefused(_("Човек с този номер вече е в досието. Променете неговия ред."))


def _identify(person: Person, number: str | None, kind: str) -> None:
    if not number:
        return
    person.identifier_kind, person.identifier_index = kind or "egn", index_of(number)
    person.identifier_sealed = sealing.seal(number, column=IDENTIFIER, row=person.pk)
    person.save(update_fields=["identifier_kind", "identifier_index", "identifier_sealed"])


def _written(actor: Actor, relation: Relation, said: Mapping[str, Any], deed: str) -> Relation:
    for name in OF_RELATION:
        setattr(relation, name, said.get(name, getattr(relation, name)))
    relation.through = said.get("through", relation.through)
    fresh = relation.pk is None
    relation.save()
    _mirror(relation, fresh=fresh)
    _hide(relation)
    _noted(actor, relation.file, deed, {"relation": relation.pk, "kind": relation.kind})
    return relation


def _mirror(relation: Relation, *, fresh: bool) -> None:
    """Two parents or grandparents have parted or not: what is said of one holds for the other.

    Of somebody new it may have been said before, by the one who was there.
    """
    if relation.kind in ("step", "partner"):
        return
    near = family_of(relation.file)
    partner = kinship.Tree(near).partner_of(next(one for one in near if one.pk == relation.pk))
    if partner is None or partner.kind == "step" or partner.separated == relation.separated:
        return
    told, other = (partner, relation) if fresh and partner.separated else (relation, partner)
    other.separated = told.separated
    other.save(update_fields=["separated"])


def _hide(relation: Relation) -> None:
    """In a sealed file names are put away again at once."""
    if not relation.file.sealed:
        return
    number = relation.file.relations.filter(pk__lte=relation.pk).count()
    with override("bg"):  # it is kept, not shown in passing
        seals.hide(relation.person, _("Близък %(n)s") % {"n": number})
    relation.person.save()


def _noted(actor: Actor, file: ClientFile, deed: str, details: dict[str, Any]) -> None:
    audit.record(actor, deed, file.code, chain=chain_of(file), details=details)
    ClientFile.objects.filter(pk=file.pk).update(last_event_at=clock.now())
