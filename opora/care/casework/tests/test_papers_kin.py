"""The genogram and the ecomap on paper: PDF, Word, and the copy for others."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pypdf
import pytest

from opora.care.casework import actions
from opora.care.casework.models import ClientFile
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    made = make.file()
    assert made.lead is not None
    actor = make.as_actor(made.lead)
    mother = {
        "kind": "mother",
        "first_name": "Росица",
        "last_name": "Милева",
        "lives_with": True,
        "decides": True,
        "separated": True,
    }
    father = {
        "kind": "father",
        "first_name": "Стоян",
        "last_name": "Драганов",
        "born": dt.date(1981, 5, 6),
        "note": "Пита за Росица.",
    }
    for said in (
        mother,
        father,
        {"kind": "foster", "first_name": "Добрина", "last_name": "Приемна", "until": dt.date(2025, 1, 1)},
    ):
        actions.add_relative(actor, made, said)
    actions.set_agency(
        actor,
        made,
        {"kind": "school", "name": "Училище Пробно", "strength": "tense", "note": "Росица не ходи там."},
    )
    return made


def paper(file: ClientFile, ending: str = "", kind: str = "kin", to: str = "service") -> bytes:
    assert file.lead is not None
    browser = people.client_of(file.lead)
    address = f"/files/{file.code}/documents/{kind}/{ending + '/' if ending else ''}?to={to}"
    answer = browser.post(address) if ending else browser.get(address)
    assert answer.status_code == 200
    return answer.content


def test_the_pdf_holds_the_picture_with_its_words_and_the_same_as_rows(file: ClientFile) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper(file, "pdf"))).pages)
    for said in (
        "Семейна карта",
        "Росица Милева",
        "Стоян Драганов",
        "разделени",
        "Екокарта",
        "Училище Пробно",
        "напрегната",
    ):
        assert said in text, said
    assert "Добрина" not in text  # she is no longer near


def test_word_holds_both_pictures_with_what_they_say(file: ClientFile) -> None:
    document = docx.Document(io.BytesIO(paper(file, "docx")))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(told) == 2
    assert (
        "Стоян Драганов и Росица Милева са разделени." in told[0]
        or "Росица Милева и Стоян Драганов са разделени." in told[0]
    )
    assert "Напрегнати: Училище Пробно." in told[1]


@pytest.mark.parametrize("ending", ["", "docx"])
def test_a_copy_for_court_draws_the_child_alone_by_name(file: ClientFile, ending: str) -> None:
    content = paper(file, ending, to="court")
    if ending:
        document = docx.Document(io.BytesIO(content))
        rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        told = [str(shape._inline.docPr.get("descr")) for shape in document.inline_shapes]
        text = " ".join([*rows, *told])
    else:
        text = content.decode()
        text = text[text.index("Семейна карта и екокарта</h1>") :]
    for name in ("Росица", "Милева", "Драганов", "06.05.1981"):
        assert name not in text
    assert "Калина" in text


def test_the_copy_for_the_mother_keeps_her_name(file: ClientFile) -> None:
    mother = file.relations.get(kind="mother")
    text = paper(file, to=f"parent-{mother.pk}").decode()
    assert "Росица Милева" in text
    assert "Драганов" not in text


def test_the_whole_file_holds_the_pictures_too(file: ClientFile) -> None:
    text = paper(file, kind="file").decode()
    assert text.count("<svg") >= 4  # two pictures, each for a wide and a narrow screen
    assert "до 01.01.2025" in text
