"""Readers of the people and agencies around a person, and of who of them is known in other files."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from opora.care.casework import queries, wall
from opora.care.casework.models import Agency, ClientFile, Person, Relation
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import words

MOST = 5


def agencies_of(actor: Actor, file: ClientFile) -> list[Agency]:
    """Agencies around the person today."""
    found = Agency.objects.filter(file__in=queries.readable(actor, file))
    return list(found.filter(until__isnull=True))


def agency_of(actor: Actor, file: ClientFile, pk: int) -> Agency:
    """One of them. Agency.DoesNotExist."""
    return Agency.objects.select_related("file__service").get(pk=pk, file__in=queries.readable(actor, file))


def relation_of(file: ClientFile, pk: int) -> Relation:
    """One relative of a file read through `file_for`, with the true name. Relation.DoesNotExist."""
    found = next((one for one in queries.family_of(file) if one.pk == pk), None)
    if found is None:
        raise Relation.DoesNotExist
    return found


@dataclass(frozen=True)
class Known:
    """Where the same human being may stand: of a file the actor may not see only its service is shown."""

    person: Person
    file: ClientFile
    relation: Relation | None
    visible: bool
    exact: bool


@wall.across
def known_elsewhere(actor: Actor, file: ClientFile, person: Person) -> list[Known]:
    """The same ЕГН, or a name that sounds so with the same day of birth, in other files of the country but sealed ones."""
    if file.sealed:
        return []
    same = Q(pk__in=[])
    if person.identifier_index:
        same |= Q(identifier_index=person.identifier_index)
    heard = [words.sound_key(name) for name in (person.first_name, person.last_name) if words.tokens(name)]
    if len(heard) == 2 and person.born:
        alike = Q(sound_text__contains=f" {heard[0]} ") & Q(sound_text__contains=f" {heard[1]} ")
        same |= alike & Q(born=person.born)
    return _places(actor, file, person, same)


@wall.across
def linked_elsewhere(actor: Actor, file: ClientFile, people: list[Person]) -> dict[int, list[Known]]:
    """Who of these is the same human being as somebody in another file, by a link or by the same ЕГН."""
    if file.sealed:
        return {}
    roots = {person.pk: person.same_as_id or person.pk for person in people}
    indexes = {person.identifier_index for person in people if person.identifier_index}
    same = Q(pk__in=roots.values()) | Q(same_as_id__in=roots.values()) | Q(identifier_index__in=indexes)
    found: dict[int, list[Known]] = {}
    for known in _places(actor, file, None, same, most=50):
        other = known.person
        for person in people:
            by_index = bool(person.identifier_index) and other.identifier_index == person.identifier_index
            if person.pk != other.pk and (by_index or (other.same_as_id or other.pk) == roots[person.pk]):
                found.setdefault(person.pk, []).append(known)
    return found


def _places(actor: Actor, file: ClientFile, person: Person | None, same: Q, most: int = MOST) -> list[Known]:
    people = Person.objects.filter(same).exclude(pk=person.pk if person else 0)
    about = ClientFile.objects.filter(person__in=people, sealed=False).exclude(pk=file.pk)
    near = Relation.objects.filter(person__in=people, file__sealed=False).exclude(file=file)
    found: list[tuple[Person, ClientFile, Relation | None]] = [
        (one.person, one, None) for one in about.select_related("person", "service")[:most]
    ]
    found += [(one.person, one.file, one) for one in near.select_related("person", "file__service")[:most]]
    seen = set(
        queries.files_for(actor).filter(pk__in=[f.pk for _p, f, _r in found]).values_list("pk", flat=True)
    )
    index = person.identifier_index if person else ""
    return [
        Known(other, place, relation, place.pk in seen, bool(index) and other.identifier_index == index)
        for other, place, relation in found
    ]
