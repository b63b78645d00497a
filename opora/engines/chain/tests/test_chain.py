"""The chain finds every alteration and names its place."""

import hashlib
import hmac
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.engines.chain import GENESIS, Link, Value, canonical, link, verify
from opora.engines.chain.tests.make import KEY, chain

scalars = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")) | st.dates()
payloads = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), scalars, max_size=4)


def test_a_link_is_hmac_sha256_over_the_digest_before_and_the_payload() -> None:
    first = link(None, b"first", KEY)
    second = link(first, b"second", KEY)
    assert first.previous == GENESIS
    assert second.digest == hmac.new(KEY, first.digest + b"second", hashlib.sha256).digest()


@given(st.lists(payloads, max_size=12))
def test_an_untouched_chain_is_whole(rows: list[Value]) -> None:
    links = chain(rows)
    head = links[-1] if links else GENESIS
    assert verify(links, KEY, head) is None


@given(st.lists(payloads, min_size=1, max_size=8), st.binary(min_size=1, max_size=40))
def test_another_key_fits_nowhere(rows: list[Value], key: bytes) -> None:
    if key.rstrip(b"\0") != KEY:
        assert verify(chain(rows), key) == 0


def _edit(links: list[Link], at: int, rng: random.Random) -> int:
    payload = bytearray(links[at].payload)
    payload[rng.randrange(len(payload))] ^= 1 << rng.randrange(8)
    links[at] = replace(links[at], payload=bytes(payload))
    return at


def _rehash(links: list[Link], at: int, rng: random.Random) -> int:
    """An attacker who may write every column but has no key."""
    links[at] = link(links[at - 1] if at else None, b"forged", rng.randbytes(32))
    return at


def _cut(links: list[Link], at: int, rng: random.Random) -> int:
    del links[at : at + rng.randint(1, 5)]
    return at


def _cut_tail(links: list[Link], at: int, rng: random.Random) -> int:
    del links[at:]
    return at


def _swap(links: list[Link], at: int, rng: random.Random) -> int:
    other = rng.choice([place for place in range(len(links)) if place != at])
    links[at], links[other] = links[other], links[at]
    return min(at, other)


def _insert(links: list[Link], at: int, rng: random.Random) -> int:
    before = links[at - 1] if at else None
    links.insert(at, link(before, b"inserted", rng.randbytes(32)))
    return at


def _replay(links: list[Link], at: int, rng: random.Random) -> int:
    links.insert(at + 1, links[at])
    return at + 1


def test_d2_a_thousand_random_alterations_are_found_and_their_place_named() -> None:
    whole = chain([{"row": number, "subject": f"К-2026-{number:03d}"} for number in range(200)])
    rng = random.Random(20261122)
    for _ in range(1000):
        links = list(whole)
        alter = rng.choice([_edit, _rehash, _cut, _cut_tail, _swap, _insert, _replay])
        place = alter(links, rng.randrange(len(links)), rng)
        assert verify(links, KEY, whole[-1]) == place, alter.__name__


def test_a_cut_tail_is_seen_only_with_the_head() -> None:
    links = chain(["a", "b", "c"])
    assert verify(links[:2], KEY) is None
    assert verify(links[:2], KEY, links[-1]) == 2
    assert verify([], KEY, links[-1].digest) == 0


def test_links_are_read_as_a_stream() -> None:
    links = chain([str(number) for number in range(10)])
    assert verify(iter(links), KEY, links[-1]) is None


def test_canonical_bytes_do_not_depend_on_order_or_zone() -> None:
    moment = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    sofia = moment.astimezone(timezone(timedelta(hours=2)))
    assert canonical({"а": 1, "б": moment}) == canonical({"б": sofia, "а": 1})
    assert canonical({"дата": date(2026, 11, 22), "пари": Decimal("1.50")}) == (
        '{"дата":"2026-11-22","пари":"1.50"}'.encode()
    )


def test_what_has_no_single_form_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        canonical(datetime(2026, 11, 22))
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))
    with pytest.raises(TypeError, match="object"):
        canonical(object())  # type: ignore[arg-type]


def test_a_chain_needs_a_key_and_whole_digests() -> None:
    with pytest.raises(ValueError, match="key"):
        link(None, b"x", b"")
    with pytest.raises(ValueError, match="32"):
        link(b"short", b"x", KEY)
