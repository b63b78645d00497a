"""The register as a workbook in the shape that the import reads, and as CSV.

Text that a spreadsheet would run is neutralised; codes stay text; the head is protected; each record
carries its hidden number and version, so that an edited file cannot overwrite newer work.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core.cells import neutral
from opora.register import policies
from opora.register.imports.layout import (
    HIDDEN_ADDRESS,
    INFO,
    LISTS,
    POST_COLUMNS,
    POSTS,
    SERVICE_COLUMNS,
    SERVICES,
    TRACE_COLUMNS,
    Column,
)
from opora.register.models import Post, Service, ServiceType

Notes = Sequence[tuple[str, str]]
FREE_ROWS = 500
_LOOSE = ("insert_rows", "delete_rows", "sort", "autofilter", "format_columns", "format_rows", "format_cells")


def cells(actor: Actor, service: Service) -> dict[str, Any]:
    """A service as the values of its row, by column key. A hidden address stays hidden."""
    place = service.municipality
    return {
        "code": service.code,
        "name": service.name,
        "organisation": service.organisation.name,
        "organisation_eik": service.organisation.eik,
        "type": type_text(service.type),
        "settlement": _settlement(service),
        "municipality": place.name,
        "region": place.region.name,
        "address": service.address if policies.see_address(actor, service) else HIDDEN_ADDRESS,
        **{kind: getattr(service, kind) for kind in Service.FIGURES},
        "target_groups": "; ".join(group.name for group in service.target_groups.all()),
        "delegated_since": service.delegated_since,
        "opened_on": service.opened_on,
        "closed_on": service.closed_on,
        "managed_with": service.management.name if service.management else "",
        "complex": service.complex.name if service.complex else "",
        "head": service.head,
        "phone": service.phone,
        "email": service.email,
        "id": service.pk,
        "version": service.version,
    }


def _settlement(service: Service) -> str:
    where = service.settlement
    return f"{where.kind} {where.name}" if where else ""


def type_text(kind: ServiceType) -> str:
    """Abbreviation where one abbreviation stands for it, else its code."""
    return kind.abbr if kind.abbr not in ("", "–") and "/" not in kind.abbr else kind.code


def xlsx(
    actor: Actor,
    services: Iterable[Service],
    *,
    notes: Notes = (),
    types: Iterable[ServiceType] = (),
    municipalities: Iterable[str] = (),
) -> bytes:
    """The workbook; `services` come with target groups and posts. `notes` are (label, text)."""
    import xlsxwriter  # needed by a download, not by the start of every process

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    rows = list(services)
    posts = [post for service in rows for post in _posts(service)]
    with xlsxwriter.Workbook(out, options | {"strings_to_numbers": False}) as book:
        columns = SERVICE_COLUMNS + TRACE_COLUMNS
        page = _sheet(book, SERVICES, columns, [cells(actor, service) for service in rows])
        lists = {"type": [type_text(kind) for kind in types], "municipality": list(municipalities)}
        _sheet(book, POSTS, POST_COLUMNS, posts)
        _info(book, notes)
        _lists(book, page, lists, len(rows))
    return out.getvalue()


def _posts(service: Service) -> list[dict[str, Any]]:
    return [_post(service, post) for post in service.posts.all()]


def _post(service: Service, post: Post) -> dict[str, Any]:
    numbers = {"posts": float(post.posts), "filled": float(post.filled)}
    return {"service": service.code, "profession": post.profession, **numbers}


def _sheet(book: Any, name: str, columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> Any:
    page = book.add_worksheet(name)
    locked = book.add_format(
        {"bold": True, "bg_color": "#e4efeb", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    formats = {kind: book.add_format({"locked": False, **look}) for kind, look in _LOOKS.items()}
    for index, column in enumerate(columns):
        traced = column in TRACE_COLUMNS
        page.set_column(index, index, column.width, formats[column.kind], {"hidden": traced})
        page.write_string(0, index, column.key)
        page.write_string(1, index, column.heading, locked)
    page.set_row(0, None, None, {"hidden": True})
    page.freeze_panes(2, 2)
    page.protect("", dict.fromkeys(_LOOSE, True))
    _check_kinds(page, columns)
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(columns):
            _write(page, number, index, row[column.key], formats[column.kind])
    return page


_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "code": {"num_format": "@"},
    "list": {"num_format": "@", "text_wrap": True},
    "number": {"num_format": "0"},
    "decimal": {"num_format": "0.00"},
    "date": {"num_format": "dd.mm.yyyy", "align": "left"},
}


def _write(page: Any, row: int, column: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), look)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, look)
    else:
        page.write_string(row, column, neutral(value), look)


def _check_kinds(page: Any, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns):
        if column.kind == "number" and column not in TRACE_COLUMNS:
            rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 5000}
            page.data_validation(2, index, FREE_ROWS * 10, index, rule | {"error_title": column.heading})
        if column.kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": dt.date(1900, 1, 1)}
            page.data_validation(2, index, FREE_ROWS * 10, index, rule | {"error_type": "warning"})


def _lists(book: Any, page: Any, lists: dict[str, list[str]], rows: int) -> None:
    hidden = book.add_worksheet(LISTS)
    hidden.hide()
    keys = [column.key for column in SERVICE_COLUMNS]
    for index, (key, values) in enumerate(lists.items()):
        for number, value in enumerate(values):
            hidden.write_string(number, index, neutral(value))
        if values:
            area = f"='{LISTS}'!${'AB'[index]}$1:${'AB'[index]}${len(values)}"
            rule = {"validate": "list", "source": area, "error_type": "warning"}
            page.data_validation(2, keys.index(key), rows + FREE_ROWS, keys.index(key), rule)


def _info(book: Any, notes: Notes) -> None:
    page = book.add_worksheet(INFO)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for number, (label, text) in enumerate(notes):
        page.write_string(number, 0, label, bold)
        page.write_string(number, 1, neutral(text), wrapped)


def csv_text(actor: Actor, services: Iterable[Service], *, notes: Notes = ()) -> str:
    """UTF-8 text with BOM and „;“: Bulgarian headings, one line per service, then the notes."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in SERVICE_COLUMNS])
    for service in services:
        row = cells(actor, service)
        writer.writerow([_plain(row[column.key]) for column in SERVICE_COLUMNS])
    writer.writerow([])
    writer.writerows([[label, neutral(text)] for label, text in notes])
    return out.getvalue()


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else neutral(str(value))


def notes(filters: str, on: dt.datetime, rows: int) -> Notes:
    """What every export says of itself."""
    return (
        (_("Източник"), _("Регистър на социалните услуги, Опора")),
        (_("Към"), f"{on:%d.%m.%Y, %H:%M}"),
        (_("Отсяване"), filters or _("няма, всички услуги")),
        (_("Брой услуги"), str(rows)),
        (_("Как се внася"), _("Променете белите клетки и качете файла в „Внеси от таблица“.")),
        (_("Скрит адрес"), _("Адресът на кризисните услуги се вижда само от тези, които ги водят.")),
    )
