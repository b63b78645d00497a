"""What may be published."""

from dataclasses import dataclass

from opora.engines.disclosure.table import Key, Table


class Unprotectable(ValueError):  # noqa: N818 - it names the state, not the mishap
    """A small cell follows from cells the reader knows anyway; no hiding can help."""


@dataclass(frozen=True)
class Protected:
    """A table and the cells to hide: the small ones (``primary``) and those that cover them (``secondary``).

    Print both kinds alike: a reader who can tell them apart knows that a primary cell lies between one and
    ``threshold`` - 1.
    """

    table: Table
    threshold: int
    primary: frozenset[Key]
    secondary: frozenset[Key]

    @property
    def hidden(self) -> frozenset[Key]:
        """Every cell that is not printed."""
        return self.primary | self.secondary

    @property
    def published(self) -> dict[Key, int | None]:
        """The table as it is printed, ``None`` for a hidden cell."""
        hidden = self.hidden
        return {key: None if key in hidden else value for key, value in self.table.cells.items()}
