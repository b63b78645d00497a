"""Readers of consents."""

from __future__ import annotations

from opora.care.casework import kinship, queries, seals
from opora.care.casework.models import ClientFile, Consent, Relation
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules

RELATIVES = ("giver__person", "beside__person", "withdrawn_by__person")


def consents_of(actor: Actor, file: ClientFile) -> list[Consent]:
    """All consents of a file the actor may read, the newest first, with true names."""
    found = list(
        Consent.objects.filter(file__in=queries.readable(actor, file)).select_related("file", *RELATIVES)
    )
    for consent in found:
        for one in filter(None, (consent.giver, consent.beside, consent.withdrawn_by)):
            seals.reveal(one.person)
    return found


def consent_of(actor: Actor, file: ClientFile, pk: int) -> Consent:
    """One of them. Consent.DoesNotExist."""
    found = next((one for one in consents_of(actor, file) if one.pk == pk), None)
    if found is None:
        raise Consent.DoesNotExist
    return found


def representatives(file: ClientFile) -> list[Relation]:
    """Who decides for the person today."""
    return [one for one in kinship.current(queries.family_of(file)) if one.decides and not one.person.dead]


def consents_alone(file: ClientFile) -> bool:
    """Whether the person is old enough to consent without a parent or guardian."""
    age = file.person.age(clock.today())
    limits = [rules.number("consent_age"), rules.number("consent_together_age")]
    return age is not None and age >= max(limit or 0 for limit in limits)


def consents_together(file: ClientFile) -> bool:
    """Whether the person consents, but not alone."""
    age, least = file.person.age(clock.today()), rules.number("consent_age") or 0
    return age is not None and age >= least and not consents_alone(file)
