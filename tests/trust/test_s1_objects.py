"""S1, second part: behind every open door only one's own things. Words of others never come out.

The first part, that every address has a rule and every role meets it, is tests/test_doors.py.
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

from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make
from tests.trust.addresses import LEAVES, paths
from tests.trust.canaries import World, world
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
    here = world()
    probes, foreign, seen = probe(here, list(roads()))
    assert probes >= 10_000
    assert foreign == []
    assert set(seen) == EXPECTED_SEEN


def test_no_word_of_others_comes_out() -> None:
    """One in twenty-five of the same addresses, everybody."""
    here = world()
    probes, foreign, seen = probe(here, list(roads())[::25], methods=("get",))
    assert probes >= 300
    assert foreign == []
    assert len(seen) >= 3


def roads() -> Iterator[tuple[str, str]]:
    """All addresses of all objects, and the lists that search among them."""
    for name, path in paths():
        # One's own account is no other's, and one page of each list of codes is enough.
        if name not in LEAVES and name not in HEAVY and not name.startswith(("mfa_", "account_", "rules_")):
            yield name, path
    yield from (("search_search", "/search/?q=Убежище"), ("search_suggest", "/search/suggest/?q=Убежище"))
    yield from (("register_list", f"/register/?page=all&state={state}") for state in ("all", "open"))


def probe(
    here: World, asked: list[tuple[str, str]], methods: tuple[str, ...] = ("get", "post")
) -> tuple[int, list[str], Counter[str]]:
    """How many probes, what came out that must not, and how often each kind of word was rightly seen."""
    probes, foreign, seen = 0, [], Counter[str]()
    for user, role, scope in here.people:
        browser = browser_of(user)
        cache.clear()
        allowed = {c.word: c.may_be_read(user.pk if user else None, role, scope) for c in here.canaries}
        kinds = {c.word: c.what for c in here.canaries}
        for name, path in asked:
            for method in methods:
                probes += 1
                words = answer(browser, method, path)
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


def answer(browser: Client, method: str, path: str) -> str:
    """Words of the answer; whatever it wrote is taken back."""
    with transaction.atomic():
        given = getattr(browser, method)(path)
        content = body_of(given)
        transaction.set_rollback(True)
    assert given.status_code < 500, path
    where = given.headers.get("Location", "")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return where + "".join(packed.read(n).decode("utf-8", "ignore") for n in packed.namelist())
    return where + content.decode("utf-8", "ignore")
