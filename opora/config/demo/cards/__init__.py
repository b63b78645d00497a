"""The demonstration survey card: its XLSForm in Markdown, completed with the code lists of the register.

``needs_card_tables()`` is the spreadsheet (sheet → rows of cells), ``needs_card()`` the same as the evaluator
reads it, ``needs_card_workbook()`` the XLSX a coordinator would upload.
"""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files

import xlsxwriter

from opora.engines.questionnaire import Sheets, sheets_from_tables
from opora.engines.questionnaire.sheets import tables_from_markdown

Tables = dict[str, list[list[str]]]
HEADINGS = ["list_name", "name", "label::Български (bg)", "label::English (en)", "region"]
LISTS = (
    ("region", "opora.foundation.territory", "regions.csv"),
    ("municipality", "opora.foundation.territory", "municipalities.csv"),
    ("service_type", "opora.register", "service_types.csv"),
    ("target_group", "opora.register", "target_groups.csv"),
)


def needs_card_tables() -> Tables:
    """The card as a spreadsheet: each sheet a list of rows, the first one its headings."""
    text = files(__package__).joinpath("needs_card.md").read_text(encoding="utf-8")
    tables = tables_from_markdown(text)
    own = [[*row, ""] for row in tables["choices"][1:]]
    listed = [line for name, package, file in LISTS for line in lines(name, package, file)]
    return tables | {"choices": [HEADINGS, *own, *listed]}


def lines(name: str, package: str, file: str) -> Iterator[list[str]]:
    """Choice lines of a code list; a municipality knows its region by the head of its code."""
    text = files(package).joinpath("facts", file).read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        yield [
            name,
            row["code"],
            row["name"],
            row["name_en"],
            row["code"][:3] if name == "municipality" else "",
        ]


def needs_card() -> Sheets:
    """The card as ``opora.engines.questionnaire.compile`` takes it."""
    return sheets_from_tables(needs_card_tables())


def needs_card_workbook() -> bytes:
    """The card as an XLSX file."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in needs_card_tables().items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
    return buffer.getvalue()
