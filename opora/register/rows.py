"""Lines of the list: plain values, because three thousand model objects cost more than the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from opora.register.lists import named
from opora.register.models import ServiceQuerySet


class Line(NamedTuple):
    """One service as the list shows it."""

    code: str
    name: str
    abbr: str
    type_name: str
    municipality: str
    organisation: str
    capacity: int | None
    occupied: int | None
    waiting: int | None

    @property
    def type(self) -> str:
        """Abbreviation of the type, or its name where there is none."""
        return self.abbr if self.abbr not in ("", "–") else self.type_name

    @property
    def free(self) -> int | None:
        """Places not taken; negative when overfull; None when either number is unknown."""
        if self.capacity is None or self.occupied is None:
            return None
        return self.capacity - self.occupied


class Lines:
    """Lines of a query whose number is known already, so that a paginator does not count again."""

    def __init__(self, found: ServiceQuerySet, count: int) -> None:
        columns = ("code", "name", "type__abbr", named("type__name"), named("municipality__name"))
        numbers = ("organisation__name", "capacity", "occupied", "waiting")
        self._rows = found.values_list(*columns, *numbers)
        self._count = count

    def count(self) -> int:
        """As told."""
        return self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[Line]:
        return [Line(*row) for row in self._rows[part]]


def short_names(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Abbreviations of the types shown, written out, each once."""
    return sorted({(line.abbr, line.type_name) for line in lines if line.abbr not in ("", "–")})
