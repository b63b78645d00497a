"""Notices of a breach: what the law asks stands in them, what is missing is listed first and never invented."""

import datetime as dt
import io

import docx
import pytest
from django.urls import reverse

from opora.care.protection.papers import breaches as papers
from opora.care.protection.tests import make
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.documents import book

pytestmark = pytest.mark.django_db


def words(made: book.Book) -> str:
    """All that stands in a paper, line by line."""
    found = [made.title, *made.lead]
    for part in made.parts:
        found.append(part.heading)
        for block in part.blocks:
            if isinstance(block, book.Facts):
                found += [f"{name}: {value}" for name, value in block.rows]
            elif isinstance(block, book.Table):
                found += [" | ".join(cell.text for cell in row) for row in block.rows]
            elif not isinstance(block, book.Signatures):
                found.append(block.text)
    return "\n".join(found)


def test_the_notice_says_all_that_article_33_3_asks() -> None:
    officer, head = make.officer(), make.head()
    breach = make.written(head, make.told())
    said = words(papers.commission(head, breach))
    for wanted in (
        "Кои хора засяга: деца", "Приблизителен брой хора: около 3", "Видове данни: имена; здраве, увреждане, диагноза",
        "Приблизителен брой записи: около 1", officer.name, officer.email, "Непознат научава", "Взети мерки: Писмото е върнато.",
        "Регламент (ЕС) 2016/679, чл. 33(1); ЗЗЛД чл. 67, непроверена норма", breach.service.organisation.name,
    ):  # fmt: skip
        assert wanted in said, wanted


def test_what_is_missing_stands_as_dots_and_is_listed_first() -> None:
    head, breach = make.head(), make.told()
    made = papers.commission(head, make.queries.breach_for(head, breach.code))
    assert made.parts[0].heading == "Какво още трябва да се попълни"
    listed = [block.text for block in made.parts[0].blocks]
    for name in ("Приблизителен брой хора", "Видове данни", "Вероятни последици за хората", "Име и връзка"):
        assert any(one.startswith(name) for one in listed), name
    assert "Приблизителен брой хора: …" in words(made)


def test_after_the_term_the_notice_has_the_reasons_for_the_delay() -> None:
    head = make.head()
    breach = make.written(head, make.told(noticed_at=clock.now() - dt.timedelta(days=4)))
    assert any("Причини за забавянето" in b.text for b in papers.commission(head, breach).parts[0].blocks)
    late = make.notified(head, breach, late_why="Празници.")
    assert "Празници." in words(papers.commission(head, late))
    in_time = make.written(head, make.told(what="Друго"))
    assert "Причини за забавянето" not in words(papers.commission(head, in_time))


def test_the_letter_to_people_is_plain_and_says_whom_to_ask() -> None:
    officer, head = make.officer(), make.head()
    breach = make.notified(head, make.written(head, make.told()))
    said = words(papers.people(head, breach))
    for wanted in (
        "Имена; здраве",
        "Не отговаряйте на непознати.",
        "Уведомихме Комисията",
        officer.email,
        "жалба",
    ):
        assert wanted in said, wanted
    assert "чл." not in said


@pytest.mark.parametrize("kind", ["commission", "people"])
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_it_is_given_as_pdf_and_word_under_a_name_without_people(kind, ending) -> None:
    head = make.head()
    breach = make.written(head, make.told())
    browser = people.client_of(User.objects.get(pk=head.user_id))
    answer = browser.get(reverse("protection_breach_paper", args=[breach.code, kind, ending]))
    assert answer.status_code == 200
    assert f"{kind}.{ending}" in answer["Content-Disposition"]
    if ending == "docx":
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
        assert "{{" not in text
        assert "данни" in text
    else:
        assert answer.content.startswith(b"%PDF")


def test_other_papers_and_other_people_get_nothing() -> None:
    breach = make.told()
    head, stranger = make.head(), make.head(make.service("KRZ-10"))
    for who, kind, ending in ((head, "x", "pdf"), (head, "people", "exe"), (stranger, "people", "pdf")):
        browser = people.client_of(User.objects.get(pk=who.user_id))
        assert (
            browser.get(reverse("protection_breach_paper", args=[breach.code, kind, ending])).status_code
            == 404
        )


HOSTILE = "<x-taken onload=1> {{31337*31337}} {% if %} \u202e & „край“"


def test_hostile_words_stay_words_on_pages_and_papers() -> None:
    head = make.head()
    breach = make.written(head, make.told(what=HOSTILE), consequences=HOSTILE, taken=HOSTILE, advice=HOSTILE)
    breach = make.notified(head, make.decided(head, breach), how=HOSTILE)
    browser = people.client_of(User.objects.get(pk=head.user_id))
    for name in ("breach", "write", "decide", "notify", "close"):
        page = browser.get(reverse(f"protection_{name}", args=[breach.code])).content.decode()
        assert "<x-taken" not in page, name
        assert "982007569" not in page, name
    for kind in ("commission", "people"):
        word = browser.get(reverse("protection_breach_paper", args=[breach.code, kind, "docx"])).content
        document = docx.Document(io.BytesIO(word))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        said = "\n".join([*cells, *(p.text for p in document.paragraphs)])
        assert "{{31337*31337}}" in said
        assert (
            browser.get(reverse("protection_breach_paper", args=[breach.code, kind, "pdf"])).status_code
            == 200
        )
