"""Readers of rules. A value is asked for by its code and day; what was not found says so and is never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery
from django.utils import translation

from opora.foundation.core import clock
from opora.foundation.rules.facts import builtin
from opora.foundation.rules.models import Rule


@dataclass(frozen=True)
class Value:
    """What a rule says on a day, and how far it can be trusted."""

    code: str
    value: str
    unit: str
    text: str
    legal_ref: str
    verified: bool

    @property
    def number(self) -> float | None:
        """The value as a number; None when the rule has none."""
        return _number(self.value)


def _number(value: str) -> float | None:
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return None


def rule(code: str, on: dt.date | None = None) -> Value:
    """The value in force on the day (today); the built-in one while nobody has loaded rules. KeyError: no such rule."""
    return values((code,), on)[code]


def values(codes: Iterable[str], on: dt.date | None = None) -> dict[str, Value]:
    """The same of several rules, in one statement and in their order."""
    wanted = tuple(codes)
    found = Rule.objects.in_force(on or clock.today()).filter(code__in=wanted).order_by("valid_from", "id")
    newest = {row.code: row for row in found}
    return {code: _of_row(newest[code]) if code in newest else _of_fact(code) for code in wanted}


def _of_row(row: Rule) -> Value:
    text = row.text_en if translation.get_language() == "en" else row.text
    return Value(row.code, row.value, row.unit, text, row.legal_ref, row.verified)


def _of_fact(code: str) -> Value:
    fact = builtin()[code]
    text = fact["text_en" if translation.get_language() == "en" else "text"]
    return Value(code, fact["value"], fact["unit"], text, fact["legal_ref"], False)


def number(code: str, on: dt.date | None = None) -> float | None:
    """The rule's number, or None where it was not found."""
    return rule(code, on).number


def numbers(*codes: str) -> tuple[float | None, ...]:
    """Numbers of several rules today, asked of the database once. KeyError: no such rule."""
    rows = Rule.objects.in_force(clock.today()).filter(code__in=codes).order_by("valid_from", "id")
    known = {row.code: row.value for row in rows}
    found = (known.get(code, builtin()[code]["value"]) for code in codes)
    return tuple(_number(value) for value in found)


def value_in_force(code: str, on: dt.date | None = None) -> Subquery:
    """The rule's value on the day (today) as a column of another query; NULL while nobody has loaded rules: read it by `as_number`."""
    rows = Rule.objects.in_force(on or clock.today()).filter(code=code).order_by("-valid_from", "-id")
    return Subquery(rows.values("value")[:1])


def as_number(code: str, value: str | None) -> float | None:
    """What `value_in_force` found, as a number; the built-in one where there was no row."""
    return _number(builtin()[code]["value"] if value is None else value)


def rules_in_force(query: str = "", verified: str = "", known_from: str = "") -> QuerySet[Rule]:
    """The newest value of each rule, filtered."""
    found = Rule.objects.in_force(clock.today())
    if query:
        found = found.filter(
            Q(text__icontains=query) | Q(code__icontains=query) | Q(legal_ref__icontains=query)
        )
    if verified in ("yes", "no"):
        found = found.filter(verified=verified == "yes")
    if known_from:
        found = found.filter(known_from=known_from)
    return found


def history(code: str) -> QuerySet[Rule]:
    """All values the rule ever had, newest first. Rule.DoesNotExist is left to the caller."""
    return Rule.objects.filter(code=code)
