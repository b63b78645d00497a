"""Cells as spreadsheets hold them become the texts their author meant."""

from datetime import date, datetime, time

from opora.engines.questionnaire import compile, sheets_from_tables

from . import make

SURVEY = [
    ["Type", "name", "Label::Български (bg)", "Relevance", "Required", "prefill"],
    ["integer", "n", "Брой", None, True, "register.n"],
    [None, None, None, None, None, None],
    ["# бележка на автора", "", "", "", "", ""],
    ["text", "t", "Текст\u00a0", "${n} > 1.0", "", ""],
]
SETTINGS = [["Form_ID", "version", "default_language"], ["card", 2026112201.0, "bg"]]


def test_cells_of_a_workbook():
    form = compile(sheets_from_tables({"Survey": SURVEY, "SETTINGS": SETTINGS, "бележки": [["x"]]}))
    assert (form.form_id, form.version) == ("card", "2026112201")
    assert [(one.name, one.row, one.labels) for one in form.items()] == [
        ("n", 2, {"bg": "Брой"}),
        ("t", 5, {"bg": "Текст"}),
    ]
    assert form.find("n").extra == {"prefill": "register.n"}
    assert make.asked(form, {}).missing == ("n",)
    assert make.asked(form, {"n": 2}).relevant == ("n", "t")


def test_dates_and_times_in_cells():
    table = [
        ["list_name", "name", "label", "since"],
        ["l", 5.0, "Пет", datetime(2008, 5, 30)],
        ["l", 6, "Шест", date(2010, 5, 14)],
    ]
    sheets = sheets_from_tables({"choices": [*table, ["l", "7", "Седем", time(9, 30)]]})
    assert [row.cells["name"] for row in sheets.choices] == ["5", "6", "7"]
    assert [row.cells["since"] for row in sheets.choices] == ["2008-05-30", "2010-05-14", "09:30:00"]
