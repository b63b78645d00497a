"""A horizontal scale with round marks and thin lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from opora.foundation.ui.pictures.palette import FAINT, MUTED
from opora.foundation.ui.pictures.svg import el, text
from opora.foundation.ui.pictures.values import decimals_of, spoken, ticks


@dataclass(frozen=True)
class Scale:
    """Values `low`–`high` laid out between two positions in pixels, with round `marks`."""

    marks: tuple[float, ...]
    start: float
    end: float

    def __call__(self, value: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        return self.start + (value - low) / (high - low) * (self.end - self.start)

    def words(self) -> list[str]:
        """The marks as they are written."""
        places = decimals_of(list(self.marks))
        return [spoken(mark, places) for mark in self.marks]


def scale(values: Sequence[float], start: float, end: float, *, parts: int = 5, zero: bool = True) -> Scale:
    """A scale that holds all values; from zero unless `zero` is false."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return Scale(tuple(ticks(low, high, parts)), start, end)


def grid(along: Scale, top: float, bottom: float) -> Markup:
    """Thin lines at the marks, and the marks written under them."""
    parts: list[Markup] = []
    for mark, words in zip(along.marks, along.words(), strict=True):
        x = along(mark)
        parts.append(el("path", d=f"M{x:.1f} {top:.1f}V{bottom:.1f}", stroke=FAINT, fill="none"))
        parts.append(text(words, x, bottom + 16, size=12, fill=MUTED, anchor="middle"))
    return Markup("").join(parts)
