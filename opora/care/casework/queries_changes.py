"""Readers of what changed of a person in another file: only for who may read both, never of or in a sealed one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from opora.care.casework import policies, queries, wall
from opora.care.casework.models import ChangeOffer, ClientFile, Death, Person, Relation
from opora.foundation.accounts.actors import Actor

Value = tuple[object, ...]


@dataclass(frozen=True)
class Offer:
    """One change as both files know it now."""

    offer: ChangeOffer
    person: Person
    elsewhere: ClientFile
    ours: Value
    theirs: Value


def offers_for(actor: Actor, file: ClientFile) -> list[Offer]:
    """Changes of people of this file in files that the actor may read as well; `file` was read through `file_for`."""
    if file.sealed or file.offered is False or not policies.reads_by_work(actor, file):
        return []
    waiting = list(ChangeOffer.objects.waiting().filter(file=file).select_related("person"))
    if not waiting:
        return []
    theirs = _readable(actor, {one.other_file for one in waiting})
    found = [_offer(file, one, theirs[one.other_file]) for one in waiting if one.other_file in theirs]
    return [one for one in found if one is not None]


def offer_for(actor: Actor, file: ClientFile, pk: int) -> Offer | None:
    """One of them."""
    return next((one for one in offers_for(actor, file) if one.offer.pk == pk), None)


def _readable(actor: Actor, keys: set[int]) -> dict[int, ClientFile]:
    files = queries.files_for(actor).filter(pk__in=keys, sealed=False).select_related("person")
    return {one.pk: one for one in files if policies.reads_by_work(actor, one)}


def _offer(file: ClientFile, one: ChangeOffer, elsewhere: ClientFile) -> Offer | None:
    """None when the two say the same by now, or the person stands there no more."""
    other = (
        Person.objects.filter(pk=one.other).filter(Q(files=elsewhere) | Q(relations__file=elsewhere)).first()
    )
    if other is None:
        return None
    ours, theirs = value_of(file, one.person, one.field), value_of(elsewhere, other, one.field)
    return Offer(one, one.person, elsewhere, ours, theirs) if ours != theirs and any(theirs) else None


def value_of(file: ClientFile, person: Person, field: str) -> Value:
    """What a file says of one of its people."""
    if field == ChangeOffer.NAMES:
        return (person.first_name, person.middle_name, person.last_name)
    if field == ChangeOffer.PHONE:
        return (person.phone,)
    if field == ChangeOffer.BORN:
        return (person.born, None if person.born else person.birth_year)
    died = (
        Death.objects.filter(file=file).values_list("on", flat=True).first()
        if file.person_id == person.pk
        else None
    )
    return (person.dead or died is not None, died or person.died)


def values_of(file: ClientFile, person: Person) -> dict[str, Value]:
    """All that is followed."""
    return {field: value_of(file, person, field) for field, _words in ChangeOffer.FIELDS}


@wall.across
def places_of(person: Person, *, besides: ClientFile) -> list[tuple[ClientFile, Person]]:
    """Where the same human being stands by a link or the same ЕГН: open files, never sealed ones. For the action that
    tells them; nobody is shown this.
    """
    root = person.same_as_id or person.pk
    same = Q(pk=root) | Q(same_as_id=root)
    if person.identifier_index:
        same |= Q(identifier_index=person.identifier_index)
    people = list(Person.objects.filter(same).exclude(pk=person.pk))
    return list(_open_places(people, besides))


def _open_places(people: Iterable[Person], besides: ClientFile) -> Iterable[tuple[ClientFile, Person]]:
    keys = [one.pk for one in people]
    files = ClientFile.objects.open().filter(sealed=False).exclude(pk=besides.pk)
    for file in files.filter(person__in=keys).select_related("person"):
        yield file, file.person
    near = Relation.objects.filter(person__in=keys, file__in=files, until__isnull=True)
    for relation in near.select_related("person", "file"):
        yield relation.file, relation.person


def died_on(value: Value) -> dt.date | None:
    """The day in a value of `death`."""
    day = value[1]
    return day if isinstance(day, dt.date) else None
