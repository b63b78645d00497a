"""Links and their verification."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from opora.engines.chain.canonical import Value, canonical

DIGEST_SIZE = 32
GENESIS = bytes(DIGEST_SIZE)
"""What stands before the first link."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a chain: the digest before it, its payload as bytes, its own digest (32 bytes)."""

    previous: bytes
    payload: bytes
    digest: bytes


def link(previous: Link | bytes | None, payload: Value | bytes, key: bytes) -> Link:
    """Make the link that follows ``previous`` (a link, its digest, or ``None`` at the beginning).

    A payload that is not bytes is written by :func:`canonical`. Raises ``ValueError`` for an empty key or a
    digest that is not 32 bytes long.
    """
    _check_key(key)
    before = _digest_of(previous)
    body = payload if isinstance(payload, bytes) else canonical(payload)
    return Link(before, body, _digest(before, body, key))


def verify(links: Iterable[Link], key: bytes, head: Link | bytes | None = None) -> int | None:
    """Find the first broken place, counted from 0, or ``None`` if the chain is whole.

    ``head`` is the newest link or digest as it was noted outside; without it a cut tail cannot be noticed.
    The place of a cut tail, or of a tail that goes on after the head, is the number of links. Reads the links
    once, as a stream. Beware: place 0 is a break, so compare with ``is None``.
    """
    _check_key(key)
    running, count = GENESIS, 0
    for entry in links:
        if entry.previous != running or entry.digest != _digest(running, entry.payload, key):
            return count
        running, count = entry.digest, count + 1
    if head is not None and running != _digest_of(head):
        return count
    return None


def _digest(previous: bytes, payload: bytes, key: bytes) -> bytes:
    # The first part has a fixed length, so no two pairs of previous and payload give the same bytes.
    return hmac.digest(key, previous + payload, "sha256")


def _digest_of(previous: Link | bytes | None) -> bytes:
    digest = GENESIS if previous is None else previous.digest if isinstance(previous, Link) else previous
    if len(digest) != DIGEST_SIZE:
        raise ValueError(f"a digest has {DIGEST_SIZE} bytes, not {len(digest)}")
    return digest


def _check_key(key: bytes) -> None:
    if not key:
        raise ValueError("a chain needs a key")
