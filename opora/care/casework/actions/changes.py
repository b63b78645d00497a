"""Telling other files that something of a person changed, and taking it over with one click."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, queries_changes, wall
from opora.care.casework.actions.common import chain_of, describe, locked
from opora.care.casework.models import ChangeOffer, ClientFile, Person
from opora.care.casework.queries_changes import Offer, Value
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed


@wall.across
def tell_others(file: ClientFile, person: Person, before: dict[str, Value]) -> None:
    """Lay an offer into every open file where the same human being stands and says otherwise; of a sealed file nothing is
    told. The caller has just changed the person; `before` is `values_of` from then.
    """
    if file.sealed:
        return
    now = queries_changes.values_of(file, person)
    changed = [field for field, value in now.items() if value != before.get(field) and any(value)]
    if not changed:
        return
    for place, other in queries_changes.places_of(person, besides=file):
        for field in changed:
            if queries_changes.value_of(place, other, field) != now[field]:
                _lay(place, other, file, person, field)


def _lay(place: ClientFile, theirs: Person, file: ClientFile, person: Person, field: str) -> None:
    offer, fresh = ChangeOffer.objects.get_or_create(
        file=place, person=theirs, other=person.pk, field=field, answered_at=None,
        defaults={"other_file": file.pk, "at": clock.now()},
    )  # fmt: skip
    if not fresh:
        ChangeOffer.objects.filter(pk=offer.pk).update(at=clock.now(), other_file=file.pk)


@transaction.atomic
def accept_change(actor: Actor, file: ClientFile, offer_pk: int) -> ChangeOffer:
    """Take over what the other file says. NotAllowed; ActionRefused when it is not offered any more."""
    kept, found = _offered(actor, file, offer_pk)
    if found.offer.field == ChangeOffer.DEATH and found.person.pk == kept.person_id:
        raise ActionRefused(_("Смъртта на човека на досието се отбелязва с основание, в „Данни и пазене“."))
    person = Person.objects.select_for_update().get(pk=found.person.pk)
    before = queries_changes.values_of(kept, person)
    _write(person, found)
    made = _answered(actor, kept, found, accepted=True)
    tell_others(kept, person, before)
    return made


@transaction.atomic
def decline_change(actor: Actor, file: ClientFile, offer_pk: int) -> ChangeOffer:
    """Keep what this file says. NotAllowed; ActionRefused when it is not offered any more."""
    kept, found = _offered(actor, file, offer_pk)
    return _answered(actor, kept, found, accepted=False)


def _write(person: Person, found: Offer) -> None:
    field, value = found.offer.field, found.theirs
    if field == ChangeOffer.NAMES:
        person.first_name, person.middle_name, person.last_name = (str(part) for part in value)
    elif field == ChangeOffer.PHONE:
        person.phone = str(value[0])
    elif field == ChangeOffer.BORN:
        person.born, person.birth_year = value  # type: ignore[assignment]
    else:
        person.dead, person.died = True, queries_changes.died_on(value)
    person.version += 1
    describe(person)
    person.save()


def _offered(actor: Actor, file: ClientFile, offer_pk: int) -> tuple[ClientFile, Offer]:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    found = queries_changes.offer_for(actor, kept, offer_pk)
    if found is None:
        raise ActionRefused(
            _("Промяната вече не чака: приета е, отказана е или двете досиета казват едно и също.")
        )
    return kept, found


def _answered(actor: Actor, kept: ClientFile, found: Offer, *, accepted: bool) -> ChangeOffer:
    offer = found.offer
    offer.answered_at, offer.answered_by, offer.accepted = clock.now(), actor.name, accepted
    offer.save(update_fields=["answered_at", "answered_by", "accepted"])
    deed = "case.change_accepted" if accepted else "case.change_declined"
    details = {"person": offer.person_id, "field": offer.field, "from": found.elsewhere.code}
    audit.record(actor, deed, kept.code, chain=chain_of(kept), details=details)
    return offer
