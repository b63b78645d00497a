"""Every address has a rule, and every role meets it (S1, first part).

Walks the resolver, so a new address cannot be forgotten. What stands behind an open door is the rooms' own
matter: they probe their objects with canary names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from opora.foundation.accounts import queries
from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.addresses import LIBRARY_DOORS
from opora.foundation.accounts.doors import Door
from opora.foundation.accounts.tests import make

SAMPLES = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}
REGEX_SAMPLES = {"uidb36": "1", "key": "set-password"}
OPEN_ANSWERS = {200, 204, 302, 303, 404, 405, 422}


@dataclass(frozen=True)
class Address:
    """One address with sample arguments and its rule, if it declared one."""

    name: str
    path: str
    rule: Door | None


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def addresses() -> list[Address]:
    return [Address(p.name or str(p.pattern), sample_path(p), rule_of(p)) for p in patterns()]


def rule_of(pattern: URLPattern) -> Door | None:
    rule: Door | None = getattr(pattern.callback, "door", None) or LIBRARY_DOORS.get(pattern.name or "")
    return rule


def sample_path(pattern: URLPattern) -> str:
    assert pattern.name, f"{pattern.pattern} has no name"
    return reverse(pattern.name, kwargs=arguments(pattern))


def arguments(pattern: URLPattern) -> dict[str, Any]:
    """Sample arguments by converter; own converters say theirs as `sample`."""
    converters = pattern.pattern.converters
    if not converters:
        return {name: REGEX_SAMPLES.get(name, "1") for name in pattern.pattern.regex.groupindex}
    by_class = {
        name: type(one).__name__.removesuffix("Converter").lower().replace("string", "str")
        for name, one in converters.items()
    }
    return {
        name: getattr(converters[name], "sample", SAMPLES.get(kind, "x")) for name, kind in by_class.items()
    }


def test_every_address_declares_a_rule() -> None:
    assert [one.name for one in addresses() if one.rule is None] == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [pattern.name for pattern in patterns()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    for pattern in patterns():
        try:
            sample_path(pattern)
        except NoReverseMatch as missing:
            pytest.fail(f"no sample for {pattern.name}: {missing}")


def test_the_rules_of_the_library_are_about_addresses_that_exist() -> None:
    assert set(LIBRARY_DOORS) - {pattern.name for pattern in patterns()} == set()


def test_what_a_door_says() -> None:
    coordinator = make.actor("regional_coordinator", "BG/LOV")
    assert Door(public=True).opens_for(VISITOR)
    assert not Door().opens_for(VISITOR)
    assert Door().opens_for(make.actor("evaluator"))
    assert Door("service_register", "W").opens_for(coordinator)
    assert not Door("service_register", "W").opens_for(make.actor("ministry_viewer"))
    assert Door("service_register", "WR").opens_for(make.actor("ministry_viewer"))
    assert Door(roles=frozenset({"national_admin"})).opens_for(make.actor("national_admin"))
    assert not Door(roles=frozenset({"national_admin"})).opens_for(coordinator)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", make.ALL_ROLES)
def test_every_address_answers_each_role_by_its_rule(role: str) -> None:
    """A closed door sends a visitor to sign in and does not exist for the others; an open one never fails."""
    wrong, person = [], None if role == "public" else make.user(role)
    client, actor = browser(person)
    for one in addresses():
        for method in ("get", "post"):
            status, where = answer(client, method, one.path)
            if not as_ruled(one, actor, status, where):
                wrong.append(f"{method.upper()} {one.path} ({one.name}): {status} {where}")
        if one.name == "account_logout":
            client, actor = browser(person)
    assert wrong == []


def browser(person: Any) -> tuple[Client, Any]:
    """A browser of this person, or of a visitor, and the actor behind it."""
    if person is None:
        return Client(raise_request_exception=False), VISITOR
    return make.client_of(person, raise_request_exception=False), queries.actor_for(person)


def answer(client: Client, method: str, path: str) -> tuple[int, str]:
    response = getattr(client, method)(path)
    return response.status_code, response.headers.get("Location", "")


def as_ruled(one: Address, actor: Any, status: int, where: str) -> bool:
    assert one.rule is not None
    if one.rule.opens_for(actor):
        return status in OPEN_ANSWERS
    if actor.signed_in:
        return status in {404, 405}
    return status in {404, 405} or (status == 302 and where.startswith("/accounts/login/"))


@pytest.mark.django_db
def test_an_address_without_a_rule_does_not_answer(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.urls_without_rule"
    assert Client().get("/forgotten/").status_code == 404
    assert Client().get("/declared/").status_code == 200
