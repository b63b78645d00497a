"""Letters to a visited service: what happened, what to do, until when; nobody's name, nothing that was typed."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.evidence.monitoring import actions, stages
from opora.evidence.monitoring.models import Visit
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.messages.models import Message
from opora.register.models import Service
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
HOME = "https://opora.example"


def reachable() -> Service:
    service = register.service(where=register.municipality("LOV18"))
    Service.objects.filter(pk=service.pk).update(email="dc-daga@example.bg", head="Жана Илиева")
    return Service.objects.get(pk=service.pk)


def letter(about: Visit) -> Message:
    return Message.objects.filter(about=about.code).latest("pk")


def test_the_report_is_announced_with_what_to_do_and_until_when() -> None:
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        visit = make.visit(stages.CONSENSUS, services=[reachable()])
        by = make.as_actor(visit.observers.first().user)
        actions.issue_report(by, visit, strengths="Мария Петрова води.", advice="Да се мери.", address=HOME)
    sent = letter(visit)
    assert (sent.to_email, sent.path) == ("dc-daga@example.bg", visit.path)
    assert f"Докладът от посещението {visit.code} е издаден" in sent.body
    assert "отговорете" in sent.body
    assert "16.11.2026" in sent.body
    assert f"{HOME}/monitoring/visits/{visit.code}/" in sent.body
    assert not any(word in sent.body + sent.subject for word in ("Мария", "мери", "Илиева", by.name))


def test_a_programme_that_comes_back_and_one_that_is_agreed_are_announced_once_each() -> None:
    visit = make.visit(stages.ANSWERED, services=[reachable()])
    head, over = make.head(visit.service), make.coordinator()
    due = clock.today() + dt.timedelta(days=90)
    actions.add_row(head, visit, what="Мери напредъка", who="Иван Колев", due=due)
    actions.offer_programme(head, visit)
    actions.return_programme(over, visit, note="Иван да не е сам.", address=HOME)
    back = letter(visit)
    assert "върната с бележка" in back.body
    assert f"/monitoring/visits/{visit.code}/programme/" in back.body
    actions.offer_programme(head, visit)
    actions.agree_programme(over, visit, address=HOME)
    agreed = letter(visit)
    assert f"{due:%d.%m.%Y}" in agreed.body
    assert not any(word in back.body + agreed.body for word in ("Иван", "Колев"))
    assert Message.objects.filter(about=visit.code).count() == 3


@pytest.mark.parametrize(("email", "words"), [("dc@example.bg", "в изходящата поща"), ("", "Обадете ѝ се")])
def test_who_issues_it_is_told_whether_a_letter_goes_out(email: str, words: str) -> None:
    service = reachable()
    Service.objects.filter(pk=service.pk).update(email=email)
    visit = make.visit(stages.CONSENSUS, services=[service])
    browser = people.client_of(visit.observers.first().user)
    said = {"strengths": "Екипът познава хората.", "advice": "Да се мери."}
    page = browser.post(f"/monitoring/visits/{visit.code}/report/", said, follow=True).content.decode()
    assert words in page
    assert Message.objects.count() == bool(email)
