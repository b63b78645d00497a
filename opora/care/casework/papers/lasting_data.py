"""A file's rows as JSON that is read without Opora: every row by table, and a schema that says what each field means."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from opora.care.casework import hanging, seals, stages
from opora.care.casework.forms.files import ASKED_BY, GROUNDS
from opora.care.casework.models import Bait, ClientFile, Person
from opora.care.casework.papers.own import DERIVED
from opora.care.casework.presence import PRESENT

Row = dict[str, Any]
Tables = dict[str, list[Row]]
LEFT_OUT = frozenset(
    {*DERIVED, "form_key", "same_as", "by_id", "answered_by_id", "phone_digits", "job", "verified_by"}
)
"""Columns the program made for itself or that lead to files of others: `same_as` may tell of a sealed one."""
WORDS = Path(__file__).resolve().parent / "lasting_words.csv"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CODES: dict[str, Iterable[tuple[str, Any]]] = {
    "stage": list(stages.STAGES.items()), "asked_by": ASKED_BY, "present": PRESENT,
}  # fmt: skip
"""Columns whose codes stand in a form, not in the table. `ground` means another thing in each table."""


@cache
def words(what: str) -> dict[str, tuple[str, str]]:
    """Plain words for tables or columns: name → Bulgarian and English."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["name"]: (row["bg"], row["en"]) for row in csv.DictReader(file) if row["what"] == what}


def tables(file: ClientFile) -> Tables:
    """Every row of the file by table, as it is kept; whether it is watched stands in no archive."""
    found: Tables = {}
    outside: dict[tuple[type[models.Model], Any], str] = {}
    for name, row in hanging.every_row(file):
        if not isinstance(row, Bait):
            found.setdefault(name, []).append(_row(row, outside, shown=file.sealed))
    return found


def fields(model: type[models.Model]) -> list[Any]:
    """Columns of a table that stand in the archive."""
    kept = [f for f in model._meta.concrete_fields if f.name not in LEFT_OUT]
    return [f for f in kept if not isinstance(f, models.BinaryField)]


def _row(row: models.Model, outside: dict[tuple[type[models.Model], Any], str], *, shown: bool) -> Row:
    """One row; `shown`: names sealed with this file. Somebody sealed with another file stays under the pseudonym."""
    if isinstance(row, Person) and shown:
        seals.reveal(row)
    said = {field.attname: getattr(row, field.attname) for field in fields(type(row))}
    for field in fields(type(row)):
        if leads_outside(field):
            said[field.name] = _named(row, field, outside)
    if isinstance(row, Person):
        said["identifier"] = "" if row.names_sealed and not shown else row.identifier
    return said


def leads_outside(field: Any) -> bool:
    """Whether a column points at something that is no part of the file: a worker, a service, a group."""
    return bool(field.is_relation and field.related_model._meta.label_lower not in names())


@cache
def names() -> frozenset[str]:
    """Names of all tables a file's rows stand in."""
    return frozenset({one.name for one in hanging.hanging()} | {"casework.clientfile", "casework.person"})


def _named(row: models.Model, field: Any, outside: dict[tuple[type[models.Model], Any], str]) -> str:
    """Of what a number outside speaks, in words: the number alone means nothing without Opora."""
    key = getattr(row, field.attname)
    if key is None:
        return ""
    place = (field.related_model, key)
    if place not in outside:
        one = getattr(row, field.name)
        outside[place] = str(getattr(one, "name", "") or getattr(one, "title", "") or one)
    return outside[place]


def schema(code: str, found: Mapping[str, list[Row]]) -> dict[str, Any]:
    """What stands in the JSON, as JSON Schema; `codes` are the words for short values."""
    table = {name: _table(apps.get_model(name)) for name in found}
    return {
        "$schema": DIALECT, "title": f"Досие {code} · Client file {code}", "type": "object",
        "required": ["format", "format_version", "file", "made_at", "tables", "who_read_and_changed", "attachments"],
        "properties": {
            "format": {"const": "opora-client-file"}, "format_version": {"type": "integer"},
            "file": {"type": "string"}, "service": {"type": "string"},
            "made_at": {"type": "string", "format": "date-time"}, "made_by": {"type": "string"}, "why": {"type": "string"},
            "tables": {"type": "object", "properties": table, "additionalProperties": False},
            "who_read_and_changed": _lines("Кой, кога и какво е правил с досието · Who did what with the file and when"),
            "attachments": _lines("Файловете в папка attachments · The files in the folder attachments"),
        },
    }  # fmt: skip


def _lines(about: str) -> dict[str, Any]:
    return {"type": "array", "description": about, "items": {"type": "object"}}


def _table(model: type[models.Model]) -> dict[str, Any]:
    columns = {field.attname: _column(field) for field in fields(model)}
    for field in fields(model):
        if leads_outside(field):
            columns[field.name] = {
                "type": "string",
                "description": f"думите за {field.attname} · {field.attname} in words",
            }
    if model is Person:
        columns["identifier"] = {"type": "string", "description": _said("column", "identifier")}
    row = {
        "type": "object",
        "properties": columns,
        "required": sorted(columns),
        "additionalProperties": False,
    }
    about = _said("table", model._meta.label_lower)
    return {"type": "array", "description": about, "items": row}


def _column(field: Any) -> dict[str, Any]:
    said: dict[str, Any] = dict(_type(field))
    if field.null and "type" in said:
        said["type"] = [said["type"], "null"]
    said["description"] = _about(field)
    if codes := {str(code): str(label) for code, label in field.flatchoices or CODES.get(field.name, ())}:
        said["codes"] = codes
    elif field.model is ClientFile and field.name == "ground":
        said["codes"] = {code: str(label) for code, label in GROUNDS}
    return said


def _type(field: Any) -> dict[str, Any]:
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(target, models.IntegerField | models.AutoField):
        return {"type": "integer"}
    if isinstance(target, models.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(target, models.DateField):
        return {"type": "string", "format": "date"}
    return {} if isinstance(target, models.JSONField) else {"type": "string"}


def _about(field: Any) -> str:
    if not field.is_relation:
        return _said("column", field.name)
    of = field.related_model._meta.label_lower
    if leads_outside(field):
        return f"номер в Опора, {of} · number in Opora, {of}"
    return f"ред на {of} · row of {of}"


def _said(what: str, name: str) -> str:
    return " · ".join(words(what).get(name, (name, name)))


def plain(value: Any) -> Any:
    """For what JSON has no sign for."""
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else str(value)
