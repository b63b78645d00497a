"""Who may not mark whom: one's own employer, by what was declared and by the register."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.evidence.monitoring.models import Tie
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock, words
from opora.register.models import Professional, Service

WORKS_IN = ("service_manager", "case_manager", "specialist", "external_specialist")
Pair = tuple[int, int]
"""(person, service)."""


def ties(people: Iterable[User], services: Iterable[Service]) -> dict[Pair, str]:
    """Why a person does not mark a service, for every pair that has such a reason."""
    people, services = list(people), list(services)
    declared = _declared(people)
    employers = {person.pk: _employers(person) for person in people}
    scopes = _scopes(people)
    found: dict[Pair, str] = {}
    for person in people:
        for service in services:
            pair = (person.pk, service.pk)
            if _says_so(declared.get(person.pk, []), service):
                found[pair] = _("обявена връзка")
            elif _works_there(scopes.get(person.pk, set()), employers[person.pk], service):
                found[pair] = _("работи при доставчика")
    return found


def tie(person: User, service: Service) -> str:
    """Why this person does not mark this service; empty when they may."""
    return ties([person], [service]).get((person.pk, service.pk), "")


def _declared(people: list[User]) -> dict[int, list[Tie]]:
    found: dict[int, list[Tie]] = {}
    for one in Tie.objects.filter(user__in=people, ended_at__isnull=True):
        found.setdefault(one.user_id, []).append(one)
    return found


def _says_so(declared: list[Tie], service: Service) -> bool:
    return any(
        one.service_id == service.pk or one.organisation_id == service.organisation_id for one in declared
    )


def _scopes(people: list[User]) -> dict[int, set[str]]:
    """Providers (`org:7`) at which each holds a role inside a service today."""
    found: dict[int, set[str]] = {}
    held = Grant.objects.in_force(clock.today()).filter(user__in=people, role__in=WORKS_IN)
    for user, scope in held.values_list("user_id", "scope"):
        found.setdefault(user, set()).update(part for part in scope.split("/") if part.startswith("org:"))
    return found


def _employers(person: User) -> set[str]:
    """Names of employers: the one of the account, and those the register's list of professionals gives."""
    same = Q(name=person.name) & (Q(email="") | Q(email__iexact=person.email)) | Q(email__iexact=person.email)
    listed = Professional.objects.filter(same).values_list(
        "employer", "service__name", "service__organisation__name"
    )
    names = {name for row in listed for name in row if name} | {person.organisation}
    return {words.sort_key(name) for name in names if name}


def _works_there(scopes: set[str], employers: set[str], service: Service) -> bool:
    names = {words.sort_key(service.name), words.sort_key(service.organisation.name)}
    return f"org:{service.organisation_id}" in scopes or bool(names & employers)
