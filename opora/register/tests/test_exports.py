"""Export → edit → import: the same register comes back, and nothing in a cell runs."""

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.register import actions, exports, imports, lists, queries
from opora.register.filters import Filters
from opora.register.imports.plan import read_bytes
from opora.register.models import RegisterImport, Service
from opora.register.staff import Staff
from opora.register.tests import make

pytestmark = pytest.mark.django_db

LETTERS = "абвгдежзийклмнопрстуфхцчшщъьюя"
names = (
    st.text(LETTERS.upper() + LETTERS + " -„“'=+@.,0123456789", min_size=3, max_size=40)
    .map(str.strip)
    .filter(lambda t: len(re.findall(r"\w", t)) >= 2)
)
counts = st.none() | st.integers(0, 400)
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1))


@st.composite
def services(draw):
    opened = draw(days)
    return {
        "name": draw(names),
        "kind": draw(st.sampled_from(["csri", "csc", "day_child_dis", "crisis_centre"])),
        "groups": draw(
            st.lists(
                st.sampled_from(["children_disabilities", "adults_disabilities", "elderly"]), unique=True
            )
        ),
        "figures": {kind: draw(counts) for kind in Service.FIGURES},
        "opened_on": opened,
        "closed_on": draw(st.none() | st.dates(dt.date(2026, 1, 2), dt.date(2026, 6, 1))),
        "delegated_since": draw(days),
        "management": draw(st.sampled_from(["", "Дъга", "Зорница"])),
        "complex": draw(st.sampled_from(["", "КСУДС"])),
        "settled": draw(st.booleans()),
        "phone": draw(st.sampled_from(["", "+359 68 600 000", "068 600 000"])),
        "address": draw(names | st.just("")),
        "staff": draw(
            st.dictionaries(
                st.sampled_from(["психолог", "логопед", "-готвач"]),
                st.tuples(st.integers(0, 8), st.integers(0, 8)),
                max_size=3,
            )
        ),
    }


def register_of(rows):
    place, provider = make.municipality(), make.organisation("Община „Ловеч“", eik="000291627")
    settlement = make.settlement()
    for number, row in enumerate(rows):
        made = make.service(
            row["name"],
            code=f"LOV-{number:03d}",
            where=place,
            provider=provider,
            type=row["kind"],
            groups=row["groups"],
            management=row["management"],
            complex=row["complex"],
            opened_on=row["opened_on"],
            closed_on=row["closed_on"],
            delegated_since=row["delegated_since"],
            phone=row["phone"],
            address=row["address"],
            settlement=settlement if row["settled"] else None,
            **row["figures"],
        )
        for profession, (posts, filled) in row["staff"].items():
            make.post(made, profession, posts / 2, filled / 2)


def exported(actor, **chosen):
    rows = list(
        lists.filtered(actor, Filters(**{"state": "all"} | chosen)).prefetch_related("target_groups", "posts")
    )
    return exports.xlsx(
        actor, rows, notes=exports.notes("", dt.datetime(2026, 11, 22), len(rows)), types=queries.types()
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(services(), min_size=1, max_size=5))
def test_what_was_exported_comes_back_without_changes(rows):
    Service.objects.all().delete()
    make.target_group("elderly", name="възрастни хора")
    register_of(rows)
    actor = make.actor()
    plan = read_bytes(exported(actor), file_name="a.xlsx", actor=actor)
    assert not plan.errors, plan.errors
    assert plan.counts["unchanged"] == len(rows), [item.differences for item in plan.items]
    assert plan.counts["changed"] == plan.counts["added"] == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(services(), min_size=1, max_size=4))
def test_an_exported_register_fills_an_empty_one_with_the_same(rows):
    Service.objects.all().delete()
    RegisterImport.objects.all().delete()  # the same file twice is taken once
    make.target_group("elderly", name="възрастни хора")
    register_of(rows)
    actor = make.actor()
    content = without_columns(exported(actor), "id", "version")
    before = [exports.cells(actor, s) for s in Service.objects.order_by("code")]
    staff = [
        [(p.profession, p.posts, p.filled) for p in s.posts.all()] for s in Service.objects.order_by("code")
    ]
    Service.objects.all().delete()
    imports.apply(actor, read_bytes(content, file_name="b.xlsx", actor=actor))
    after = [exports.cells(actor, s) for s in Service.objects.order_by("code")]
    hidden = {"id", "version"}
    plain = [
        [{k: words(v) for k, v in row.items() if k not in hidden} for row in side] for side in (before, after)
    ]
    assert plain[0] == plain[1]
    assert staff == [
        [(p.profession, p.posts, p.filled) for p in s.posts.all()] for s in Service.objects.order_by("code")
    ]
    again = read_bytes(content + b"", file_name="b.xlsx", actor=actor)
    assert again.changes == 0


def words(value):
    from opora.foundation.core.words import normal

    return normal(value) if isinstance(value, str) else value


def without_columns(content, *gone):
    """The workbook with the hidden record numbers emptied, as if made elsewhere."""
    from opora.register.tests.workbooks import workbook

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {}
    for name in ("services", "posts"):
        keys, _headings, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        sheets[name] = [
            {k: v for k, v in zip(keys, row, strict=True) if k not in gone and v != ""} for row in rows
        ]
        for row in sheets[name][:1]:
            row.update({k: row.get(k) for k in keys if k not in gone})
    return workbook(sheets["services"], sheets["posts"] or None)


def test_no_text_runs_as_a_formula_in_either_file():
    nasty = ["=1+1", "+359", "-x", "@SUM(A1)", "\t=cmd", '=HYPERLINK("http://x")']
    for number, text in enumerate(nasty):
        make.service(text, code=f"N-{number}", address=text, head=text)
    actor = make.actor()
    sheets = zipfile.ZipFile(io.BytesIO(exported(actor)))
    for name in sheets.namelist():
        if name.startswith("xl/worksheets/sheet"):
            assert "<f>" not in sheets.read(name).decode()
    assert not any(
        "hyperlink" in sheets.read(n).decode("utf-8", "ignore").lower()
        for n in sheets.namelist()
        if n.endswith(".rels")
    )
    for row in csv.reader(io.StringIO(exports.csv_text(actor, queries.services_for(actor))), delimiter=";"):
        assert not any(cell[:1] in tuple("=+-@\t\r") for cell in row)


def test_the_workbook_has_hidden_keys_headings_lists_and_protected_head():
    make.service(code="LOV-1")
    book = zipfile.ZipFile(io.BytesIO(exported(make.actor())))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<row r="1"[^>]*hidden="1"', sheet)
    assert "sheetProtection" in sheet
    assert "dataValidation" in sheet
    strings = book.read("xl/sharedStrings.xml").decode()
    assert "Име на услугата" in strings
    assert "организация" not in strings


def test_csv_says_its_filters_day_and_source():
    make.service(code="LOV-1")
    actor = make.actor()
    text = exports.csv_text(
        actor,
        queries.services_for(actor),
        notes=exports.notes("община: Ловеч", dt.datetime(2026, 11, 22, 10), 1),
    )
    assert text.startswith("\ufeffКод;Име на услугата;")
    assert "Отсяване;община: Ловеч" in text
    assert "Към;22.11.2026, 10:00" in text
    assert "Източник;Регистър" in text


def test_an_edited_export_changes_only_what_was_edited():
    service = make.service(code="LOV-1", staff={"психолог": (1, 1)})
    actor = make.actor()
    actions.set_posts(actor, service, [Staff("психолог", Decimal(2), Decimal(1))])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(exported(actor)))
    keys, _headings, row = book.get_sheet_by_name("services").to_python(skip_empty_area=False)
    from opora.register.tests.workbooks import workbook

    edited = dict(zip(keys, row, strict=True)) | {"occupied": 11}
    plan = read_bytes(workbook([edited]), file_name="c.xlsx", actor=actor)
    assert [(d.key, d.new) for item in plan.items for d in item.differences] == [("occupied", "11")]
    imports.apply(actor, plan)
    service.refresh_from_db()
    assert (service.occupied, service.posts.get().posts) == (11, 2)
