"""Two versions side by side: which figures changed, appeared or went."""

from __future__ import annotations

from dataclasses import dataclass

from opora.planning.needs.reckoning.result import Cell, Result, Value


@dataclass(frozen=True)
class Change:
    """One figure that differs. `address` is table/row/column."""

    address: str
    table: str
    row: str
    column: str
    before: Value
    after: Value

    @property
    def difference(self) -> float | None:
        """After − before, for numbers."""
        if isinstance(self.before, int | float) and isinstance(self.after, int | float):
            return round(self.after - self.before, 4)
        return None


def compare(before: Result, after: Result) -> list[Change]:
    """Every cell that differs, in the order of the later analysis."""
    old, new = _cells(before), _cells(after)
    found = []
    for address in dict.fromkeys([*new, *old]):
        was, now = old.get(address), new.get(address)
        values = was[1].value if was else None, now[1].value if now else None
        if values[0] != values[1]:
            words = (now or was or (("", "", ""), Cell()))[0]
            found.append(Change(address, *words, *values))
    return found


def _cells(result: Result) -> dict[str, tuple[tuple[str, str, str], Cell]]:
    return {
        f"{table.key}/{row.key}/{column.key}": ((table.title, row.label, column.title), cell)
        for table, row, column, cell in result.cells()
    }
