"""Pages through HTTP: what they show, to whom, what they write."""

import datetime as dt
import re
from urllib.parse import quote

import pytest

from opora.care.casework import actions, stages
from opora.care.casework.models import ClientFile, Event
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
BORN = dt.date(2014, 2, 5)
INTAKE = {
    "first_name": "Калина", "last_name": "Измислена", "born": "05.02.2014", "asked_by": "parent", "ground": "wish",
    "wished_on": "02.11.2026", "wish": "Помощ в училище",
}  # fmt: skip


def browser(user):
    return people.client_of(user)


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_worker_opens_a_file_from_first_contact() -> None:
    worker = make.person_in(make.service(), "case_manager")
    number = make.egn(BORN)
    given = INTAKE | {"identifier": f"{number[:6]} {number[6:]}", "parent_first_name": "Мария", "parent_last_name": "Измислена",
                      "parent_kind": "mother", "parent_phone": "0888 123 456", "parent_decides": "on"}  # fmt: skip
    answer = browser(worker).post("/files/new/", given, follow=True)
    file = ClientFile.objects.get()
    page = text_of(answer)
    assert answer.redirect_chain[-1][0].startswith("/files/")
    assert file.lead == worker
    assert file.person.identifier == number
    assert number not in page
    for said in (
        file.code,
        "Калина Измислена",
        "Мария Измислена",
        "майка",
        "законен представител",
        "Първи контакт",
        "непроверена норма",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_name": ""}, "Нужна е поправка"),
        ({"born": "31.02.2014"}, "Въведете дата"),
        ({"born": "05.02.2214"}, "минал ден"),
        ({"identifier": "1234567890"}, "една от цифрите не съвпада"),
        ({"identifier": make.egn(dt.date(2013, 2, 5))}, "не съвпада с ЕГН"),
        ({"parent_first_name": "Мария"}, "Посочете кой е"),
        ({"wished_on": "02.11.2126"}, "бъдещето"),
    ],
)
def test_wrong_intake_says_what_and_keeps_what_was_typed(wrong: dict, said: str) -> None:
    worker = make.person_in(make.service(), "case_manager")
    page = text_of(browser(worker).post("/files/new/", INTAKE | wrong))
    assert said in page
    assert 'value="Измислена"' in page
    assert "Помощ в училище" in page
    assert ClientFile.objects.count() == 0


def test_a_child_known_elsewhere_is_noticed_while_typing_without_its_file() -> None:
    make.service().__class__.objects.filter(code="LOV-17").update(phone="0670 600 00")
    file = make.file()
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    page = text_of(browser(stranger).post("/files/new/alike/", INTAKE))
    assert "ЦОП Пробен" in page
    assert "0670 600 00" in page
    assert f'"/files/{quote(file.code)}/emergency/"' in page
    assert f'"/files/{quote(file.code)}/"' not in page
    assert file.lead.name not in page


def test_a_note_is_written_from_the_page_of_the_file() -> None:
    file = make.file()
    client = browser(file.lead)
    page = text_of(client.get(f"/files/{file.code}/"))
    key = re.search(r'name="key" value="([0-9a-f]+)"', page)[1]
    given = {
        "text": "Говорихме с майката.",
        "kind": "call",
        "on": "01.11.2026",
        "key": key,
        "present": ["mother"],
    }
    for _ in range(2):
        page = text_of(client.post(f"/files/{file.code}/", given, follow=True))
    assert Event.objects.filter(kind="call").count() == 1
    assert "Говорихме с майката." in page
    assert "Присъстваха: майката" in page
    assert 'value="call" checked' in re.sub(r"\s+", " ", page)


def test_an_empty_note_loses_nothing() -> None:
    file = make.file()
    page = text_of(
        browser(file.lead).post(f"/files/{file.code}/", {"text": "", "voice": "Не искам.", "on": "1.13.26"})
    )
    assert "Нужна е поправка" in page
    assert "Не искам." in page


def test_every_reading_of_a_file_is_in_the_audit() -> None:
    file = make.file()
    client = browser(file.lead)
    client.get(f"/files/{file.code}/")
    client.get(f"/files/{file.code}/")
    entries = Entry.objects.filter(deed="case.read", subject=file.code)
    assert [entry.kind for entry in entries] == ["consult", "consult"]
    assert entries[0].chain == "svc:LOV-17"


ROUTES = ["", "stage/", "lead/"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("role", [*people.ACCOUNT_ROLES, "public"])
def test_a_file_of_others_does_not_exist(role: str, route: str) -> None:
    file = make.file()
    scope = make.service("LOV-99").path if role in ("service_manager", "case_manager", "specialist") else None
    answer = people.client_for(role, scope).get(f"/files/{file.code}/{route}")
    assert answer.status_code == (302 if role == "public" else 404)
    assert "Измислена" not in answer.content.decode()


def test_the_next_stage_and_closing_go_through_the_page() -> None:
    file = make.file()
    client = browser(file.lead)
    page = text_of(
        client.post(f"/files/{file.code}/stage/", {"stage": "closed", "on": "01.11.2026", "why": ""})
    )
    assert "Напишете защо" in page
    page = text_of(
        client.post(f"/files/{file.code}/stage/", {"stage": "intake", "on": "10.11.2026"}, follow=True)
    )
    assert "Приемане" in page
    assert ClientFile.objects.get().stage == stages.INTAKE


def test_the_head_hands_a_file_over() -> None:
    file = make.file()
    new = make.person_in(file.service, "case_manager")
    head = browser(make.person_in(file.service, "service_manager"))
    page = text_of(head.post(f"/files/{file.code}/lead/", {"to": new.pk, "on": "10.11.2026"}, follow=True))
    assert new.name in page
    assert ClientFile.objects.get().lead == new


def test_a_note_is_corrected_by_its_author_only() -> None:
    file = make.file()
    event = actions.add_note(
        make.as_actor(file.lead), file, kind="call", on=dt.date.today(), text="Вчера.", key="k"
    )
    head = browser(make.person_in(file.service, "service_manager"))
    assert head.get(f"/files/{file.code}/events/{event.pk}/correct/").status_code == 404
    page = text_of(
        browser(file.lead).post(
            f"/files/{file.code}/events/{event.pk}/correct/", {"text": "Днес."}, follow=True
        )
    )
    assert "Вчера." in page
    assert "Днес." in page


def test_the_list_shows_terms_and_is_searched_without_names_in_the_address() -> None:
    file = make.file(wished_on=dt.date.today() - dt.timedelta(days=18))
    client = browser(file.lead)
    page = text_of(client.get("/files/"))
    assert "Срокове: просрочени и до седем дни" in page
    assert f"{quote(file.code)}/" in page
    assert client.get("/files/find/").status_code == 405
    assert "Калина Измислена" in text_of(client.post("/files/find/", {"q": "измис"}))
    fragment = text_of(client.post("/files/find/", {"q": "кал"}, headers={"HX-Request": "true"}))
    assert file.code in fragment
    assert "<html" not in fragment


def test_an_empty_list_names_the_next_step() -> None:
    worker = make.person_in(make.service(), "case_manager")
    page = text_of(browser(worker).get("/files/"))
    assert "Няма досиета" in page
    assert "/files/new/" in page
