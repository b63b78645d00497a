"""Cells of spreadsheets and CSV files: text of a person is shown, never run."""

from __future__ import annotations


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, even when saved as CSV and opened again."""
    bare = text.lstrip()
    return "'" + text if bare[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r", "\n"} else text
