"""Codes of the territory: their shape, and what to say when one is wrong."""

import re

from django.utils.translation import gettext as _

from opora.foundation.territory.imports.report import Report

_SHAPES = {
    "region": re.compile(r"[A-Z]{3}"),
    "municipality": re.compile(r"[A-Z]{3}\d{2}"),
    "settlement": re.compile(r"\d{5}"),
}
KINDS = ("гр.", "с.", "ман.")


def level_of(code: str) -> str | None:
    """`region`, `municipality`, `settlement`, or nothing for a text that is no code."""
    return next((level for level, shape in _SHAPES.items() if shape.fullmatch(code)), None)


def checked(code: object, level: str, report: Report, file: str, row: int) -> str | None:
    """The code as text, or an error in the report and nothing."""
    text = str(code if code is not None else "").strip()
    if _SHAPES[level].fullmatch(text):
        return text
    report.error(file, row, _what(text, level), _mend(text, level))
    return None


def _what(text: str, level: str) -> str:
    words = {
        "region": _("„{text}“ не е код на област."),
        "municipality": _("„{text}“ не е код на община."),
        "settlement": _("„{text}“ не е код по ЕКАТТЕ."),
    }
    return words[level].format(text=text)


def _mend(text: str, level: str) -> str:
    if level == "settlement" and text.isdigit() and len(text) < 5:
        return _("Кодът има 5 цифри. Възстановете водещите нули: {code}.").format(code=text.zfill(5))
    shapes = {
        "region": _("Кодът е от 3 главни латински букви, например LOV."),
        "municipality": _("Кодът е от 3 главни латински букви и 2 цифри, например LOV18."),
        "settlement": _("Кодът е от 5 цифри, например 43952."),
    }
    return shapes[level]
