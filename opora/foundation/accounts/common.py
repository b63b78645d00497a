"""Passwords that everybody guesses first: known lists, read as they stand and through both Bulgarian
keyboards.

Sources: the list that Django ships (20,000 entries by Royce Williams) and facts/common-words-bg.txt. Somebody
who types „парола“ while the keyboard is Latin leaves other letters behind; each reading of a password is
therefore looked up.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

from opora.foundation.core import words

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`\\"
_BDS = ",уеишщксдзц;ьяаожгтнвмчюйъэфхпрлб(ы"
_PHONETIC = "явертъуиопшщасдфгхйкл;'зьцжбнм,./чю"
_LAYOUTS = [dict(zip(_LATIN_KEYS, typed, strict=True)) for typed in (_BDS, _PHONETIC)]
_TABLES = [str.maketrans(layout) for layout in _LAYOUTS] + [
    str.maketrans({typed: key for key, typed in layout.items()}) for layout in _LAYOUTS
]
_LEET = str.maketrans("0134578@$!", "oleastbasi")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LINES = ("1234567890", "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъьюя")
SHORTEST_STEM = 4


def is_common(password: str) -> bool:
    """Whether the password, one of its readings or its word without digits round it is a common one."""
    low = password.casefold()
    return any(_known(reading) for reading in _readings(low))


def stems(password: str) -> set[str]:
    """The password and its readings without digits and signs round them, to compare with names and places."""
    return {_EDGES.sub("", reading) for reading in _readings(password.casefold())}


def _known(text: str) -> bool:
    if text in _list() or _unit(text) in _list() or _runs_on(text):
        return True
    stem = _EDGES.sub("", text)
    return len(stem) >= SHORTEST_STEM and stem != text and (stem in _list() or _unit(stem) in _list())


def _unit(text: str) -> str:
    """The part that is repeated: парола for паролапарола, a single letter for „aaaa“ gives a known short
    text.
    """
    found = re.fullmatch(r"(.+?)\1+", text)
    return "1" * 6 if found and len(found[1]) < SHORTEST_STEM else found[1] if found else text


def _runs_on(text: str) -> bool:
    """Digits or letters in their order, forwards or backwards, from any place on."""
    return any(text in line * 13 or text in line[::-1] * 13 for line in _LINES)


def _readings(low: str) -> Iterator[str]:
    yield low
    yield words.latin(low)
    yield low.translate(_LEET)
    for table in _TABLES:
        yield low.translate(table)


@functools.cache
def _list() -> frozenset[str]:
    known = set(CommonPasswordValidator().passwords)
    facts = Path(__file__).parent / "facts" / "common-words-bg.txt"
    lines = facts.read_text(encoding="utf-8").splitlines()
    return frozenset(known | {line for line in lines if line and not line.startswith("#")})
