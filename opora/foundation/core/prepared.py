"""Statements whose words never change: put together by the ORM once in a process, sent with other values after that.

For the few questions of a page that everybody opens all day: composing a query of ten subqueries takes Django longer than
answering it takes the database (docs/adr/0012-questions-worded-once.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

_EPOCH = dt.datetime(1801, 1, 1, tzinfo=dt.UTC)
_FIRST_NUMBER = 7_000_000_000_001


@dataclass(frozen=True)
class _Written:
    sql: str
    params: list[Any]
    slots: dict[int, str]
    names: list[str]
    converters: dict[int, tuple[list[Any], Any]]

    def row(self, found: tuple[Any, ...]) -> dict[str, Any]:
        """What came back, as its fields understand it."""
        values = list(found)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return dict(zip(self.names, values, strict=True))


class Prepared:
    """A question asked by `values()`, as a function of whole numbers, days and moments.

    `ask` gets a sample of each kind and gives the queryset; it must use each of them, and no clock of its own.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[Any, dict[str, Any]]], **kinds: type) -> None:
        self._ask, self._kinds = ask, kinds
        self._known: dict[str, _Written] = {}

    def rows(self, **given: Any) -> list[dict[str, Any]]:
        """The answer for these values, as `values()` would give it."""
        known = self._known.get(connection.vendor) or self._write()
        params = [
            _sent(given[known.slots[place]]) if place in known.slots else value
            for place, value in enumerate(known.params)
        ]
        with connection.cursor() as cursor:
            cursor.execute(known.sql, params)
            return [known.row(found) for found in cursor.fetchall()]

    def _write(self) -> _Written:
        samples = {name: _sample(kind, place) for place, (name, kind) in enumerate(self._kinds.items())}
        query = self._ask(**samples).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        stand_for = {_sent(value): name for name, value in samples.items()}
        slots = {place: stand_for[value] for place, value in enumerate(params) if value in stand_for}
        if unused := set(samples) - set(slots.values()):
            raise ValueError(f"a prepared statement does not ask about {sorted(unused)}")
        columns = [column for column, _sql, _alias in compiler.select]
        names = [alias or column.target.name for column, _sql, alias in compiler.select]
        written = _Written(sql, list(params), slots, names, compiler.get_converters(columns))
        self._known[connection.vendor] = written
        return written


def _sample(kind: type, place: int) -> Any:
    if kind is int:
        return _FIRST_NUMBER + place
    moment = _EPOCH + dt.timedelta(days=place)
    return moment if kind is dt.datetime else moment.date()


def _sent(value: Any) -> Any:
    """As the field of a model would send it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
