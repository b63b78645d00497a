"""The first page: doors for a visitor, work for a person."""

import datetime as dt

import pytest

from opora.evidence.survey import stages
from opora.evidence.survey.models import Round
from opora.evidence.survey.tests import make as survey
from opora.foundation.accounts.tests import make as people
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def test_a_visitor_understands_and_can_go_on(client):
    page = client.get("/").text
    assert "Социалните услуги на една област, на едно място" in page
    assert "Гражданин" in page
    assert "Разгледайте като" not in page


def test_the_demonstration_opens_doors(client, settings):
    settings.DEMONSTRATION = True
    person = people.user("regional_coordinator", "BG/LOV", demonstration=True, name="Елена Градева")
    page = client.get("/").text
    assert "Разгледайте като" in page
    assert "Елена Градева" in page
    assert person.email.split("@")[0] in page


def test_the_coordinator_sees_how_far_the_round_is():
    for number in range(3):
        register.service(f"Услуга {number}")
    round_ = survey.round_()
    survey.bring(round_.cards.first(), stages.SUBMITTED)
    page = people.client_for("regional_coordinator", "BG/LOV").get("/").text
    assert "Върнати 1 от 3" in page
    assert "1 карта чака проверка" in page


def test_the_head_sees_the_card_to_fill_and_that_it_is_late():
    card = survey.card()
    Round.objects.update(deadline=dt.date(2026, 1, 1))
    page = people.client_for("service_manager", card.service.path).get("/").text
    assert card.code in page
    assert "след срока" in page


def test_a_head_sees_no_other_services_card():
    card = survey.card()
    page = people.client_for("service_manager", "BG/LOV/LOV18/org:999/svc:X").get("/").text
    assert card.code not in page


@pytest.mark.parametrize("role", people.ACCOUNT_ROLES)
def test_everybody_has_a_first_page(role):
    assert people.client_for(role).get("/").status_code == 200


@pytest.mark.parametrize(
    ("role", "told"),
    [("evaluator", "покани в комисия"), ("external_specialist", "кода Ви казват по телефона"), ("dpo_auditor", "исканията за заличаване")],
)  # fmt: skip
def test_where_nothing_waits_it_is_said_what_will_come_and_from_whom(role, told):
    page = people.client_for(role).get("/").text
    assert "Сега нищо не чака Вас" in page
    assert told in page


def test_who_has_a_round_is_not_told_that_nothing_waits():
    register.service("Услуга")
    survey.round_()
    assert "нищо не чака" not in people.client_for("regional_coordinator", "BG/LOV").get("/").text


@pytest.mark.parametrize("page", ["/about/", "/accessibility/", "/privacy/", "/health/"])
def test_pages_about_opora_are_public(client, page):
    assert client.get(page).status_code == 200


def test_the_language_is_chosen_and_kept(client):
    client.post("/language/", {"language": "en", "next": "/about/"})
    assert "About Opora" in client.get("/about/").text


def test_a_worker_sees_the_numbers_of_their_own_service() -> None:
    here = register.service("Тук", code="L-1", capacity=12)
    other = register.service("Там", code="L-2", capacity=80)
    assert other
    page = people.client_for("case_manager", here.path).get("/", follow=True).text
    assert "Услугата днес" in page
    assert 'href="/register/L-1/"' in page
    assert "92" not in page.partition("Услугата днес")[2].partition("</main>")[0]
