"""What people type and what is stored; light Markdown; what the register gives."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.evidence.survey import (
    card_sheet,
    card_upload,
    checking,
    markdown,
    prefill,
    queries,
    sheets,
    values,
    workbook,
)
from opora.evidence.survey.check_files import check_files
from opora.evidence.survey.tests import make
from opora.register.models import Service
from opora.register.tests import make as register


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("12", 12),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("1 234,50", 1234.5),
        ("\u22123", -3),
        (",5", 0.5),
        ("много", "много"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_numbers_as_people_type_them(text, stored):
    assert values.read_number(text) == stored


@given(st.decimals(-10_000, 10_000, places=2))
def test_a_number_comes_back_as_it_was_typed(number):
    form = workbook.compile_tables(make.tables())
    question = form.find("places.fee")
    text = f"{number:.2f}".replace(".", ",")
    stored = values.read_number(text)
    assert values.read_number(values.typed(question, stored)) == stored == float(number)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1.3.2026", "2026-03-01"),
        ("01.03.2026 г.", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        ("22.11.2026 14:30", "2026-11-22T14:30"),
        ("31.02.2026", "31.02.2026"),
        ("утре", "утре"),
    ],
)
def test_dates_as_people_type_them(text, stored):
    assert values.read_date(text) == stored


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**важно** и *леко*", "<strong>важно</strong> и <em>леко</em>"),
        ("<b>5 * 3 * 2</b>", "&lt;b&gt;5 * 3 * 2&lt;/b&gt;"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_light_markdown_of_one_line(text, made):
    assert str(markdown.light(text)) == made


def test_light_markdown_of_lists_and_paragraphs():
    made = str(markdown.light("Отбележете:\n- едно\n- **две**\n1. три"))
    assert made.count("<li>") == 3
    assert "<ul" in made
    assert "<ol" in made
    assert "<strong>две</strong>" in made


@given(st.text(max_size=80))
def test_markdown_never_lets_markup_through(text):
    made = str(markdown.light(text))
    for tag in ("<strong>", "</strong>", "<em>", "</em>", "<li>", "</li>"):
        made = made.replace(tag, "")
    assert "<script" not in made
    assert "<img" not in made


@pytest.mark.django_db
def test_answers_laid_flat_keep_their_rows():
    form = workbook.compile_tables(make.tables())
    given_ = {
        "needs": {"target": ["a", "b"], "since": "2026-03-01"},
        "staff": [{"profession": "x"}, {"filled": 1.5}],
    }
    flat = [(f.question, f.path, f.row, f.text, f.number, f.day) for f in values.flatten(form, given_)]
    assert flat == [
        ("needs.target", "needs.target", 0, "a", None, None),
        ("needs.target", "needs.target", 0, "b", None, None),
        ("needs.since", "needs.since", 0, "2026-03-01", None, dt.date(2026, 3, 1)),
        ("staff.profession", "staff[0].profession", 0, "x", None, None),
        ("staff.filled", "staff[1].filled", 1, "1.5", 1.5, None),
    ]


@pytest.mark.django_db
def test_the_register_fills_what_it_knows_and_nothing_that_is_not_offered():
    made = register.service(
        groups=["children_disabilities", "elderly"], staff={"логопед": (2, 1.5)}, capacity=None
    )
    service = queries.for_prefill(Service.objects.filter(pk=made.pk)).get()
    answers, sources = prefill.first_answers(workbook.compile_tables(make.tables()), service)
    assert answers == {
        "places": {"occupied": 24},
        "needs": {"target": ["children_disabilities"]},
        "staff": [{"profession": "логопед", "filled": 1.5}],
    }
    assert sources["staff[0].filled"]["fact"] == "register.posts.filled"
    assert "places.capacity" not in sources


def lines_of(content: bytes) -> dict[str, str]:
    """Path → answer of a card's spreadsheet."""
    import io

    import python_calamine

    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    return {str(row[0]): str(row[3]) for row in rows[4:]}


@pytest.mark.django_db
def test_a_card_taken_away_and_brought_back_changes_nothing_the_second_time():
    card = make.card(stage="draft")
    form = sheets.form_of(card.round.template_version)
    draft = queries.draft_of(make.manager(card.service), card)
    content = card_sheet.write(card, form, draft.data, draft.version)
    lines = lines_of(content)
    assert lines["places.capacity"] == "30"
    assert lines["needs.lacks"] == "Да"
    assert lines["needs.target"] == "деца с увреждания"
    assert lines["staff[0].filled"] == "0,5"
    assert {"staff[1].profession", "staff[5].filled"} <= set(lines)
    report = card_upload.read(card, form, draft.data, content)
    assert report.changes == ()
    assert report.answers == draft.data
    assert report.version == draft.version


@pytest.mark.django_db
def test_what_was_changed_in_the_spreadsheet_is_told_by_cell():
    card = make.card(stage="draft")
    form = sheets.form_of(card.round.template_version)
    changed = {
        "places": {"capacity": 30, "occupied": 24, "fee": 7.5},
        "needs": {"lacks": "no", "target": ["adults_disabilities"]},
    }
    content = card_sheet.write(card, form, changed | {"staff": [{"profession": "педагог"}]}, 1)
    draft = queries.draft_of(make.manager(card.service), card)
    report = card_upload.read(card, form, draft.data, content)
    told = {c.path: (c.before, c.after) for c in report.changes}
    assert told["places.fee"] == ("", "7,5")
    assert told["needs.lacks"] == ("Да", "Не")
    assert told["staff[0].profession"] == ("психолог", "педагог")
    assert told["staff[0].filled"] == ("0,5", "")
    assert all(c.cell.startswith("D") for c in report.changes)
    assert report.errors == 0
    assert checking.check(form, report.answers).ok


@pytest.mark.django_db
def test_another_cards_file_and_a_foreign_file_are_refused_in_words():
    one, two = make.card(), make.card()
    form = sheets.form_of(one.round.template_version)
    with pytest.raises(card_upload.NotThisCardError, match="друга карта"):
        card_upload.read(two, form, {}, card_sheet.write(one, form, {}, 0))
    with pytest.raises(card_upload.NotThisCardError, match="не е карта"):
        card_upload.read(one, form, {}, b"no")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    template, answers = tmp_path / "template.xlsx", tmp_path / "answers.json"
    template.write_bytes(workbook.write_xlsx(make.tables()))
    return template, answers


def test_a_card_is_checked_from_files_alone(files):
    template, answers = files
    answers.write_text(json.dumps({"places": {"capacity": 5, "occupied": 9}}))
    result, code = check_files(template, answers, dt.date(2026, 11, 22))
    kinds = {(f["path"], f["kind"]) for f in result["findings"]}
    assert code == 1
    assert not result["ok"]
    assert {("places.occupied", "constraint"), ("needs.lacks", "required")} <= kinds
    assert result["missing"] == ["needs.lacks"]
    answers.write_text(json.dumps({"places": {"capacity": 9, "occupied": 5}, "needs": {"lacks": "no"}}))
    assert check_files(template, answers, dt.date(2026, 11, 22))[1] == 0


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_files_that_cannot_be_read_end_with_one(files, text):
    template, answers = files
    answers.write_text(text)
    assert check_files(template, answers)[1] == 1
    assert check_files(answers, answers)[0]["error"]
    broken = make.tables()
    broken["survey"][2][0] = "inetger"
    template.write_bytes(workbook.write_xlsx(broken))
    answers.write_text("{}")
    assert check_files(template, answers)[0]["problems"][0]["row"] == 3


@pytest.mark.django_db
def test_the_documented_facts_are_those_there_are():
    page = (Path(__file__).parents[4] / "docs" / "survey.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(register\.\w+|today)`", page))
    made = register.service(staff={"логопед": (2, 1.5)})
    service = queries.for_prefill(Service.objects.filter(pk=made.pk)).get()
    assert told == set(prefill.facts_of(service))
