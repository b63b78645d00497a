"""The compiled forms of stored versions, and what `workbook` does with spreadsheets."""

from __future__ import annotations

from opora.engines.questionnaire import Form
from opora.evidence.survey.models import TemplateVersion
from opora.evidence.survey.workbook import (
    SHEETS,
    Tables,
    UnreadableFileError,
    compile_tables,
    fingerprint,
    read_xlsx,
    write_xlsx,
)

__all__ = [
    "SHEETS",
    "Tables",
    "UnreadableFileError",
    "compile_tables",
    "fingerprint",
    "form_of",
    "read_xlsx",
    "write_xlsx",
]

_forms: dict[str, Form] = {}


def form_of(version: TemplateVersion) -> Form:
    """The compiled form of a version, kept in memory by its fingerprint."""
    if version.sha256 not in _forms:
        if len(_forms) > 64:
            _forms.clear()
        _forms[version.sha256] = compile_tables(version.sheets)
    return _forms[version.sha256]
