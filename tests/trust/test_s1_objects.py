"""S1, second part: behind every open door only one's own things. Words of others never come out.

The first part, that every address has a rule and every role meets it, is tests/test_doors.py: there each closed door was tried. A
refused method says no before it looks for the thing, so one object is enough. `make test-all` asks everybody for everything.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from opora.foundation.accounts import queries
from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make
from tests.test_doors import addresses
from tests.trust.addresses import LEAVES, paths
from tests.trust.canaries import Person, World, world
from tests.trust.walk import HEAVY, body_of

pytestmark = pytest.mark.django_db
EXPECTED_SEEN = {
    "head",
    "address",
    "professional",
    "card",
    "sender",
    "letter",
    "draft analysis",
    "account",
    "job",
    "workbook",
    "client file",
    "opinion",
    "crisis",
    "group",
    "emergency",
    "unsealing",
    "erasure",
    "hold",
    "watched",
    "list",
    "breach",
    "visit report",
    "voice",
    "blind mark",
    "practice draft",
    "adaptation",
    "nomination",
    "vote",
}


@pytest.mark.once
@pytest.mark.slow
def test_no_word_of_others_comes_out_in_ten_thousand_probes() -> None:
    """Behind every open door every object, for somebody of each role in either region: four services, one of them their own."""
    here = world()
    probes, foreign, seen = probe(here, list(roads()), people=of_either_region(here))
    print("PROBES", probes)
    assert probes >= 10_000
    assert foreign == []
    assert set(seen) == EXPECTED_SEEN


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.every
def test_no_word_of_others_comes_out_whoever_asks_for_whatever() -> None:
    here = world()
    probes, foreign, seen = probe(here, list(roads()), everything=True)
    assert probes >= 70_000
    assert foreign == []
    assert set(seen) == EXPECTED_SEEN


def test_no_word_of_others_comes_out() -> None:
    """One in forty of the same addresses, everybody."""
    here = world()
    probes, foreign, seen = probe(here, list(roads())[::40], methods=("get",))
    assert probes >= 300
    assert foreign == []
    assert len(seen) >= 3


def of_either_region(here: World) -> tuple[Person, ...]:
    """The first person of each role in each region, and everybody of the country."""
    found: dict[tuple[str, str], Person] = {}
    for person in here.people:
        _user, role, scope = person
        found.setdefault((role, "/".join(scope.split("/")[:2])), person)
    return tuple(found.values())


def roads() -> Iterator[tuple[str, str]]:
    """All addresses of all objects, and the lists that search among them."""
    for name, path in paths():
        # One's own account is no other's, and one page of each list of codes is enough.
        if name not in LEAVES and name not in HEAVY and not name.startswith(("mfa_", "account_", "rules_")):
            yield name, path
    yield from (("search_search", "/search/?q=Убежище"), ("search_suggest", "/search/suggest/?q=Убежище"))
    yield from (("register_list", f"/register/?page=all&state={state}") for state in ("all", "open"))


def probe(
    here: World,
    asked: list[tuple[str, str]],
    methods: tuple[str, ...] = ("get", "post"),
    *,
    people: tuple[Person, ...] = (),
    everything: bool = False,
) -> tuple[int, list[str], Counter[str]]:
    """How many probes, what came out that must not, and how often each kind of word was rightly seen."""
    probes, foreign, seen = 0, [], Counter[str]()
    for user, role, scope in people or here.people:
        browser, shut = browser_of(user), closed_to(user)
        cache.clear()
        allowed = {c.word: c.may_be_read(user.pk if user else None, role, scope) for c in here.canaries}
        kinds = {c.word: c.what for c in here.canaries}
        said_no: set[tuple[str, str]] = set()
        for name, path in asked:
            for method in methods:
                if (name in shut or (name, method) in said_no) and not everything:
                    continue
                probes += 1
                status, words = answer(browser, method, path)
                if status == 405:
                    said_no.add((name, method))
                for word in (w for w in allowed if w in words):
                    if allowed[word]:
                        seen[kinds[word]] += 1
                    else:
                        foreign.append(
                            f"{method.upper()} {path} ({name}) as {role} at {scope}: {kinds[word]}"
                        )
    return probes, foreign, seen


def browser_of(user: User | None) -> Client:
    return (
        make.client_of(user, raise_request_exception=False) if user else Client(raise_request_exception=False)
    )


def closed_to(user: User | None) -> set[str]:
    """Names of the addresses whose rule lets this person in nowhere."""
    actor = queries.actor_for(user) if user else VISITOR
    return {one.name for one in addresses() if one.rule is None or not one.rule.opens_for(actor)}


def answer(browser: Client, method: str, path: str) -> tuple[int, str]:
    """Status and words of the answer; whatever it wrote is taken back."""
    with transaction.atomic():
        given = getattr(browser, method)(path)
        content = body_of(given)
        transaction.set_rollback(True)
    assert given.status_code < 500, path
    where = given.headers.get("Location", "")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return given.status_code, where + "".join(
                packed.read(n).decode("utf-8", "ignore") for n in packed.namelist()
            )
    return given.status_code, where + content.decode("utf-8", "ignore")
