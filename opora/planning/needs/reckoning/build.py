"""Small tools with which tables are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from opora.planning.needs.reckoning.facts import ServiceFacts
from opora.planning.needs.reckoning.result import Cell, Column, Ref

Reader = Callable[[ServiceFacts], float | None]


def total(refs: Iterable[Ref]) -> float | None:
    """The sum of what the rows gave; None when no row knew it."""
    given = [amount for _, amount in refs]
    return whole(sum(given)) if given else None


def whole(value: float) -> float:
    """2.0 → 2; sums of parts are rounded to four places."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def refs_of(services: Iterable[ServiceFacts], read: Reader) -> tuple[Ref, ...]:
    """What each service that knows the figure gives to it."""
    found = ((f"svc:{service.code}", read(service)) for service in services)
    return tuple((ref, whole(value)) for ref, value in found if value is not None)


def summed(services: Iterable[ServiceFacts], read: Reader, *, people: bool = False) -> Cell:
    """A sum over services; `people` tells that it counts persons."""
    refs = refs_of(services, read)
    return Cell(total(refs), refs, refs if people else ())


def count(services: Sequence[ServiceFacts]) -> Cell:
    """How many services."""
    return Cell(len(services), tuple((f"svc:{service.code}", 1) for service in services))


def difference(more: Cell, less: Cell) -> Cell:
    """`more` − `less`, guarded by whoever guards either."""
    value = None if more.value is None or less.value is None else whole(float(more.value) - float(less.value))
    return Cell(value, (*more.refs, *((ref, -amount) for ref, amount in less.refs)), more.guard or less.guard)


def share(part: Cell, whole_: Cell, factor: float = 1.0) -> Cell:
    """`part` / `whole_` × factor; nothing where the whole is nothing or unknown."""
    if part.value is None or not whole_.value:
        return Cell(None, (*part.refs, *whole_.refs), part.guard or whole_.guard)
    value = round(float(part.value) / float(whole_.value) * factor, 4)
    return Cell(value, (*part.refs, *whole_.refs), part.guard or whole_.guard)


def keys(columns: Sequence[Column]) -> list[str]:
    """Keys of columns in order."""
    return [column.key for column in columns]
