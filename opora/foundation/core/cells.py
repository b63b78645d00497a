"""Cells of spreadsheets and CSV files: text of a person is shown, never run."""

from __future__ import annotations

import re

_MARKED = re.compile(r"'(?='*(?:\s*[=+\-@]|[\t\r\n]))")


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, even when saved as CSV and opened again. Text that looks like such
    already gets a mark more, so that :func:`plain` gives back what stood there.
    """
    bare = text.lstrip()
    runs = bare[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r", "\n"}
    return "'" + text if runs or _MARKED.match(text) else text


def plain(text: str) -> str:
    """The text of a person again, of a cell that was made by :func:`neutral`."""
    return text[1:] if _MARKED.match(text) else text
