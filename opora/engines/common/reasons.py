"""A sentence an engine gives for what it proposes: a template and its values, said in Bulgarian or English.

The template is Bulgarian and marked with :func:`N_` (or :func:`NN_` where a number decides the form), so that it
enters the catalogue ``opora/engines/locale``; :func:`say` needs only the standard library, so a sentence reads the
same in a page, in a document and on the command line.
"""

from __future__ import annotations

import gettext
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["for", "against", "unknown", "change", "fact"]
"""Speaks for, against, is not known, would change the answer, or simply is so."""
Value = str | int | float | tuple[float, int]
"""Text or a number; a number with how many digits after the point it wants, such as ``(0.8432, 2)``."""
Template = str | tuple[str, str]
"""One form, or the forms for one and for several of ``count``."""

_LOCALE = Path(__file__).resolve().parent.parent / "locale"


def N_(text: str) -> str:  # noqa: N802 - the name gettext's tools know
    """Mark a template for the catalogue."""
    return text


def NN_(one: str, several: str) -> tuple[str, str]:  # noqa: N802
    """Mark a template with a form for one and a form for several; the value ``count`` decides."""
    return one, several


@dataclass(frozen=True)
class Reason:
    """One sentence: its Bulgarian template, the values that go in, and which way it speaks."""

    template: Template
    values: Mapping[str, Value] = field(default_factory=dict)
    kind: Kind = "fact"

    def __str__(self) -> str:
        return say(self)


def say(reason: Reason, language: str = "bg") -> str:
    """Give the sentence in ``bg`` or ``en``, numbers written as the language writes them.

    A whole number stands as it is, a fraction with one decimal, ``(0.8432, 2)`` with two. Raises ``KeyError`` for a
    template whose value is missing.
    """
    return _worded(reason, language).format(**{k: number(v, language) for k, v in reason.values.items()})


def as_json(reason: Reason) -> dict[str, object]:
    """Give the sentence in both languages with its values, for programs."""
    return {
        "kind": reason.kind,
        "bg": say(reason),
        "en": say(reason, "en"),
        "values": dict(reason.values),
    }


def number(value: Value, language: str = "bg", digits: int = 1) -> str:
    """Write a number: ``1 234,5`` with a thin space in Bulgarian, ``1,234.5`` in English; text stays as it is.

    Halves are rounded away from zero, as people do.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        value, digits = value
    if not math.isfinite(value):
        return "∞" if value > 0 else "–"
    scaled = math.floor(abs(value) * 10**digits + 0.5 + 1e-9) / 10**digits
    written = f"{scaled:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{scaled:,.0f}"
    sign = "−" if value < 0 and scaled else ""
    if language != "en":
        written = written.replace(",", "\u2009").replace(".", ",")
    return sign + written


def _worded(reason: Reason, language: str) -> str:
    template = reason.template
    if isinstance(template, str):
        return _catalogue().gettext(template) if language == "en" else template
    one, several = template
    count = reason.values["count"]
    if isinstance(count, (str, tuple)):
        raise ValueError("the value count decides the form, so it must be a number")
    if language == "en":
        return _catalogue().ngettext(one, several, 1 if count == 1 else 2)
    return one if count == 1 else several


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("django", _LOCALE, ["en"], fallback=True)
