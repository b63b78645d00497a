"""Blackening: names, telephones and e-mail of people whom the reader of a copy must not learn of (issue 4, point 10).

Names of the file are found in their forms: Росица, Росице, Росичин, Росенови, Rositsa, Р. Росенова. A word that the kept
person and another share stays only beside the kept person's name. Who is not known to the file is not found: so
a person reads the copy before it leaves the house.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable

from opora.foundation.core import words

BLACK = "████"
_MARKS = "\u0300\u0301\u00ad\u200b-\u200d"
"""Stress marks, soft hyphens and empty signs inside a word."""
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)\+?\(?\d(?:[ \u00a0\u202f\-–/.()]{0,2}\d){7,25}(?!\d)")
_DATE = re.compile(
    r"(\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d\d ?[/–-] ?(?:19|20)\d\d\b)"
)
_MOST_DIGITS = 13
"""A longer number in one piece is a case or an account, no telephone."""
_LIKE_LATIN = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
_INITIAL = re.compile(r"\b[А-ЯA-Z]\.\s*$")
_JOINED = re.compile(r"(?:[А-ЯA-Z]\.)?[\s-]*")
_ENDINGS = frozenset(
    [
        "а",
        "я",
        "е",
        "о",
        "и",
        "у",
        "ю",
        "ин",
        "ина",
        "ино",
        "ини",
        "кин",
        "ов",
        "ова",
        "ово",
        "ови",
        "ев",
        "ева",
        "ево",
        "еви",
        "иев",
        "иева",
        "иеви",
        "та",
        "то",
        "те",
        "ът",
        "ния",
        "ната",
        "ното",
        "ните",
        "ите",
    ]
) | {""}
LONG = 5
"""From so many letters on a capital word that sounds alike counts as the name."""


class Hiding:
    """What a copy keeps and what it blackens. Without `others` it blackens nothing."""

    def __init__(
        self,
        kept: Iterable[str] = (),
        others: Iterable[str] = (),
        numbers: Iterable[str] = (),
        *,
        on: bool = True,
    ) -> None:
        """`kept` and `others` are names of people, `numbers` the telephones and identity numbers that stay."""
        self.on = on
        self._kept, self._others = _Names(kept), _Names(others)
        self._numbers = {_digits(number) for number in numbers if number}

    def name(self, said: str) -> str:
        """A value that is a name: it stays when it is a kept person's."""
        if not self.on or not said:
            return said
        return said if self._kept.is_one(said) else BLACK

    def number(self, said: str) -> str:
        """A telephone."""
        return said if not self.on or not said or _digits(said) in self._numbers else BLACK

    def text(self, said: str) -> str:
        """Free text with every name and number of others blackened."""
        if not self.on or not said:
            return said
        pieces = _DATE.split(
            _EMAIL.sub(BLACK, unicodedata.normalize("NFC", said))
        )  # every second piece is a date and stays
        pieces[::2] = [_PHONE.sub(self._phone, piece) for piece in pieces[::2]]
        return self._names("".join(pieces))

    def _phone(self, found: re.Match[str]) -> str:
        said = found.group()
        return said if said.isdigit() and len(said) > _MOST_DIGITS else self.number(said)

    def _names(self, said: str) -> str:
        found = list(_WORD.finditer(said))
        hidden = [place for place in range(len(found)) if self._is_other(said, found, place)]
        return _painted(said, [found[place].span() for place in hidden])

    def _is_other(self, said: str, found: list[re.Match[str]], place: int) -> bool:
        word = found[place].group()
        if not self._others.holds(word):
            return False
        if not self._kept.holds(word):
            return True
        if self._kept.first(word):
            return False
        beside = [found[n] for n in (place - 1, place + 1) if 0 <= n < len(found)]
        return not any(_touch(said, found[place], one) and self._kept.holds(one.group()) for one in beside)


class _Names:
    """Words of names, found in their forms."""

    def __init__(self, names: Iterable[str]) -> None:
        whole = [_WORD.findall(name) for name in names]
        low = {word.casefold() for name in whole for word in name if len(word) > 1}
        self._whole = [{word.casefold() for word in name} for name in whole]
        self._firsts = {name[0].casefold() for name in whole if name}
        self._exact = low | {words.latin(word) for word in low}
        self._stems = {stem for word in low for stem in _stems(word)}
        self._sounds = {words.sound_key(word) for word in low if len(word) >= LONG}
        self.holds: Callable[[str], bool] = functools.cache(self._holds)

    def is_one(self, said: str) -> bool:
        """Whether it is the name of one of them: the first name and nothing that is not theirs."""
        asked = {_plain(word) for word in _WORD.findall(said)}
        return bool(asked & self._firsts) and any(asked <= name for name in self._whole)

    def first(self, word: str) -> bool:
        """Whether it is somebody's first name."""
        return _plain(word) in self._firsts

    def _holds(self, word: str) -> bool:
        low = _plain(word)
        if low in self._exact:
            return True
        if not word[0].isupper():
            return False
        ends = range(max(3, len(low) - 4), len(low) + 1)
        formed = any(low[:end] in self._stems and low[end:] in _ENDINGS for end in ends)
        return formed or (len(low) >= LONG and words.sound_key(low) in self._sounds)


def _plain(word: str) -> str:
    """Small letters without marks; a Latin а among Cyrillic letters is the Cyrillic one."""
    word = re.sub(f"[{_MARKS}]", "", word)
    return (word.translate(_LIKE_LATIN) if re.search("[а-яА-Я]", word) else word).casefold()


def _stems(word: str) -> set[str]:
    bare = re.sub("[аеиоуюяй]$", "", word)
    found = {word, bare} | ({f"{bare[:-1]}ч"} if bare[-1:] in "цк" else set())
    return {stem for stem in found if len(stem) >= 3}


def _digits(number: str) -> str:
    """The number as it is compared: the last nine digits, so that +359 and 0 are the same."""
    return re.sub(r"\D", "", number)[-9:]


def _touch(said: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = said[min(one.end(), other.end()) : max(one.start(), other.start())]
    return not between.strip(" -\u00a0")


def _painted(said: str, spans: list[tuple[int, int]]) -> str:
    """The text with one black block over words that stand side by side, and over an initial before them."""
    merged: list[list[int]] = []
    for word, end in spans:
        initial = _INITIAL.search(said[:word])
        start = initial.start() if initial else word
        if merged and _JOINED.fullmatch(said[merged[-1][1] : start]):
            merged[-1][1] = end
        else:
            merged.append([start, end])
    for start, end in reversed(merged):
        said = said[:start] + BLACK + said[end:]
    return said
