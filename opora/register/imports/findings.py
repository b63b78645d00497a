"""What was noticed in a workbook, by cell."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True)
class Finding:
    """One remark: what it is and what to do. `row` and `column` as the spreadsheet shows them (7, „C“)."""

    level: str
    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def cell(self) -> str:
        """„C7“, „7“ for a whole row, nothing for a whole file."""
        return f"{self.column}{self.row or ''}"

    @property
    def where(self) -> str:
        """„services!C7“."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet


def letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    above, below = divmod(index, 26)
    return (letter(above - 1) if above else "") + chr(ord("A") + below)
