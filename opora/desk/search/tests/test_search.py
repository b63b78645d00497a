"""One box: words in any form, codes, telephones, places; nothing out of reach."""

import re
from urllib.parse import unquote

import pytest

from opora.care.casework.tests import make as casework
from opora.desk.search import queries
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.register.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def _services():
    make.service(
        "Център за обществена подкрепа – Троян", code="LOV-17", phone="0670/600017", head="Ивелина Пенкова"
    )
    make.service("Дневен център за деца с увреждания „Дъга“", code="KRZ-10")


@pytest.mark.usefixtures("_services")
@pytest.mark.parametrize(
    "asked",
    ["Троян", "троян", "LOV-17", "lov-17", "0670600017", "0670/600017", "обществената подкрепа", "пенкова"],
)
def test_a_service_is_found_by_anything_people_know_of_it(asked):
    found = queries.search(people.actor("regional_coordinator"), asked)
    assert "Център за обществена подкрепа – Троян" in [f.title for f in found.services]


@pytest.mark.usefixtures("_services")
def test_the_five_best_while_typing():
    page = people.client_for("case_manager").get("/search/suggest/?q=Дъга").text
    assert "KRZ-10" in page
    assert "<html" not in page


@pytest.mark.usefixtures("_services")
def test_nothing_found_says_what_to_try():
    page = people.client_for("case_manager").get("/search/?q=щъркел").text
    assert "Нищо не е намерено" in page


@pytest.mark.usefixtures("_services")
@pytest.mark.parametrize("role", ["external_specialist", "dpo_auditor"])
def test_who_may_not_read_the_register_finds_no_service(role):
    assert queries.search(people.actor(role), "Троян").services == []


def test_a_letter_is_too_little():
    assert queries.search(people.actor("national_admin"), "т").count == 0


def test_people_are_found_by_post_only_and_by_those_who_work_with_them() -> None:
    file = casework.file()
    worker = people.client_of(file.lead)
    assert "Калина Измислена" in worker.post("/search/", {"q": "измисл"}).text
    assert "Калина Измислена" in worker.post("/search/suggest/", {"q": "Кал"}).text
    assert "Калина Измислена" not in worker.get("/search/?q=измисл").text
    assert (
        "Калина Измислена" not in people.client_for("national_admin").post("/search/", {"q": "измисл"}).text
    )
    assert Entry.objects.filter(deed="case.searched").count() == 2


def test_both_boxes_keep_what_was_asked_and_no_other_page_does() -> None:
    file = casework.file()
    worker = people.client_of(file.lead)
    page = worker.post("/search/", {"q": "измисл"})
    assert page.request["QUERY_STRING"] == ""
    for box in ("op-search-input", "search-text"):
        field = re.search(rf'<input[^>]*id="{box}"[^>]*>', page.text)
        assert field is not None
        assert 'value="измисл"' in field.group()
    assert 'value="измисл"' not in worker.get("/files/").text
    assert 'value="измисл"' in worker.post("/files/find/", {"q": "измисл"}).text


def test_practices_are_found_by_everybody_once_published_and_before_that_by_their_own() -> None:
    from opora.improvement.practice import stages
    from opora.improvement.practice.tests import make as practice

    shown = practice.card(title="Преходи без страх")
    draft = practice.card(title="Преходи с автобус", stage=stages.DRAFT)
    for role in ("case_manager", "dpo_auditor", "external_specialist"):
        page = people.client_for(role).get("/search/?q=преходите").text
        assert "Преходи без страх" in page, role
        assert "Преходи с автобус" not in page, role
    own = people.client_of(practice.head(draft.service))
    page = own.get("/search/?q=преход").text
    assert "Преходи с автобус" in page
    assert "чернова" in page
    assert "Преходи без страх" in own.get(f"/search/suggest/?q={shown.code}").text


def test_a_visitor_finds_published_practices_and_places_only() -> None:
    from django.test import Client

    from opora.improvement.practice import stages
    from opora.improvement.practice.tests import make as practice

    shown = practice.card(title="Преходи без страх")
    practice.card(title="Преходи с автобус", stage=stages.DRAFT)
    visitor = Client()
    page = visitor.get("/search/?q=преход").text
    assert f"/practices/{shown.code}/" in unquote(page)
    assert "Преходи с автобус" not in page
    assert shown.service.name in page
    assert "register/" not in visitor.get(f"/search/?q={shown.service.code}").text
    assert "Намерете услуга" in visitor.get("/search/?q=щъркел").text
    assert visitor.get("/search/suggest/?q=преход").status_code == 302
