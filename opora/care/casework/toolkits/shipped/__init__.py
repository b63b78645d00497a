"""Toolkits that come with Opora, kept as sources: forms as Markdown tables, templates, scales, guide."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from pathlib import Path

from opora.care.casework.toolkits.package import FORMS, Package, checked
from opora.engines.questionnaire.sheets import tables_from_markdown
from opora.evidence.survey.workbook import write_xlsx

FOLDER = Path(__file__).resolve().parent


@functools.cache
def shipped() -> dict[str, Package]:
    """All of them by code."""
    found = [_package(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "toolkit.toml").exists()]
    return {one.code: one for one in found}


def _package(folder: Path) -> Package:
    about = tomllib.loads((folder / "toolkit.toml").read_text(encoding="utf-8"))
    parts = {"guide.md": (folder / "guide.md").read_bytes()}
    for form in FORMS:
        tables = tables_from_markdown((folder / f"{form}.md").read_text(encoding="utf-8"))
        parts[f"forms/{form}.xlsx"] = write_xlsx(tables)
        parts[f"documents/{form}.docx"] = (FOLDER / f"{form}.docx").read_bytes()
    parts |= {f"scales/{one.name}": one.read_bytes() for one in sorted(folder.glob("*.csv"))}
    made_on: dt.date = about["made_on"]
    return checked(
        Package(about["code"], about["title"], about["number"], about["organisation"], parts, made_on)
    )
