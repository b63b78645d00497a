"""Numbers as people read them, and scales with round marks."""

import math
from collections.abc import Iterable
from enum import Enum

from opora.foundation.ui import formats


class Hidden(Enum):
    """A number kept back so that nobody can be recognised; shown as „:c“."""

    SMALL = ":c"


Value = float | Hidden | None
Cell = str | float | Hidden | None


def spoken(value: Cell, decimals: int | None = None) -> str:
    """The value as it stands in a picture or a table: „1 234,5“, „–“ (no data), „:c“ (hidden)."""
    if isinstance(value, Hidden):
        return value.value
    if isinstance(value, str):
        return value
    if value is None:
        return formats.NONE
    return formats.number(float(value), decimals_of([value]) if decimals is None else decimals)


def decimals_of(values: Iterable[Value]) -> int:
    """0 when all numbers are whole, 1 when tenths say it all or the numbers are large, else 2."""
    known = numbers(values)
    if all(value == round(value) for value in known):
        return 0
    tenths = all(math.isclose(value, round(value, 1), abs_tol=1e-9) for value in known)
    return 1 if tenths or max(abs(value) for value in known) >= 10 else 2


def numbers(values: Iterable[Value]) -> list[float]:
    """The known numbers among the values."""
    return [float(v) for v in values if v is not None and not isinstance(v, Hidden)]


# Below this two values are one to the eye, and marks between them have no decimals to show.
SMALLEST_SPREAD = 1e-9


def round_step(spread: float, parts: int) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that cuts `spread` (> 0) into at most `parts` parts."""
    raw = spread / parts
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-9))


def ticks(low: float, high: float, parts: int = 5) -> list[float]:
    """Round marks from at or below `low` to at or above `high`."""
    if high - low < SMALLEST_SPREAD:
        high = low + 1
    step = round_step(high - low, parts)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]
