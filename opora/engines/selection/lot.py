"""The lot: a public number per person that anyone can recompute with one command."""

from __future__ import annotations

import hashlib


def lot_seed(public_list: bytes, published_number: int | str) -> str:
    """Give the seed of a lot from the list published before, and a number published after it.

    SHA-256 of ``HASH:NUMBER``, HASH being the hexadecimal SHA-256 of the list's bytes. Nobody who fixes the list can
    know the number (a later draw of a lottery, say), so nobody can steer the lot. By hand::

        printf '%s' "$(sha256sum < list.csv | cut -c1-64):NUMBER" | sha256sum
    """
    listed = hashlib.sha256(public_list).hexdigest()
    return hashlib.sha256(f"{listed}:{published_number}".encode()).hexdigest()


def lot_number(seed: int | str, name: int | str) -> str:
    """Give a person's number in the lot, 64 hexadecimal digits; among equal points the smallest goes first.

    SHA-256 of ``SEED:NAME`` in UTF-8. By hand: ``printf '%s' 'SEED:NAME' | sha256sum``.
    """
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()
