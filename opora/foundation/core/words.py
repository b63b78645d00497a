"""Bulgarian words as data: normal form, sort key, Latin form, stems, sound key.

Sources: Transliteration Act (ДВ 19/2009); Bulgarian alphabet; simplemma and bulstem for word forms.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sht", "a", "y", "yu", "ya", "i"],
        strict=True,
    )
)  # fmt: skip
_WORD = re.compile(r"[0-9a-zа-яѝ]+")
_LOOKALIKE = re.compile(r"[а-яА-Я][a-zA-Z]|[a-zA-Z][а-яА-Я]")
_SOUNDS = str.maketrans("бвгджзйуъьщѝ", "пфктшсиоаишi".replace("i", "и"))


def normal(text: str) -> str:
    """NFC, single ordinary spaces, no spaces at the ends."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


def sort_key(text: str) -> str:
    """Order of the Bulgarian alphabet, capitals and small letters together."""
    return normal(text).casefold().replace("ѝ", "и")


def latin(text: str) -> str:
    """Official Latin form: България → Balgaria by letter, with word-final ия → ia and България → Bulgaria."""
    return re.sub(r"[а-яА-ЯѝЍ]+", lambda found: _latin_word(found.group()), text)


def _latin_word(word: str) -> str:
    low = word.lower()
    if low == "българия":
        out = "bulgaria"
    elif low.endswith("ия"):
        out = "".join(_LATIN[c] for c in low[:-2]) + "ia"
    else:
        out = "".join(_LATIN[c] for c in low)
    if word.isupper() and len(word) > 1:
        return out.upper()
    return out.capitalize() if word[0].isupper() else out


def slug(text: str) -> str:
    """ASCII name for files and addresses."""
    return re.sub(r"[^a-z0-9]+", "-", latin(text).lower()).strip("-") or "x"


def tokens(text: str) -> list[str]:
    """Case-folded words and numbers."""
    return _WORD.findall(normal(text).casefold())


@functools.cache
def _bulstem() -> Any:
    from bulstem.stem import BulStemmer  # heavy rules, read at the first search only

    return BulStemmer.from_file("stem-context-2", min_freq=2, left_context=2)


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The common root of the forms of one word: услуга, услуги, услугите → услуг."""
    import simplemma  # needed by the first search, not by the start

    lemma = simplemma.lemmatize(word, lang="bg").casefold()
    return str(_bulstem().stem(lemma))


def search_text(*parts: str | None) -> str:
    """What a search box looks into: the words as they are, their stems and their Latin forms."""
    words = [word for part in parts if part for word in tokens(part)]
    return " ".join(dict.fromkeys(words + [stem(w) for w in words] + [latin(w) for w in words]))


def search_terms(query: str) -> list[list[str]]:
    """For each word asked: the forms of which one must stand in `search_text`."""
    return [list(dict.fromkeys([word, stem(word)])) for word in tokens(query)]


def sound_key(text: str) -> str:
    """Words that sound alike in Bulgarian get one key: Момчилград, момчелград."""
    out = "".join(tokens(text)).translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", out.replace("е", "и").replace("о", "а"))


def phone_digits(text: str) -> str:
    """A telephone as its digits inside the country, however it was written: +359 888 111 222 → 0888111222."""
    digits = "".join(sign for sign in text if sign.isdigit())
    abroad = re.match(r"\s*(?:\+|00)\s*359", text)
    return "0" + digits[digits.index("359") + 3 :] if abroad else digits


def mixed_alphabet(text: str) -> bool:
    """A word that mixes Latin and Cyrillic letters, as official lists sometimes do."""
    return bool(_LOOKALIKE.search(text))
