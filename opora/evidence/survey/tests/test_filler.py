"""The filler without script: prefill, decimal comma, rows, relevance, progress, clash, end of session."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from opora.evidence.survey import actions, queries, stages
from opora.evidence.survey.models import Card
from opora.evidence.survey.tests import make
from opora.evidence.survey.tests.browse import address, fields_of, fill
from opora.foundation.accounts.tests import make as people
from opora.foundation.drafts import queries as drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> Card:
    return make.card()


@pytest.fixture
def head(card: Card) -> Client:
    return people.client_for("service_manager", card.service.path)


def draft(card: Card) -> dict:
    return queries.draft_of(make.manager(card.service), card).data


def text(client: Client, card: Card, rest: str = "") -> str:
    return client.get(address(card, rest), follow=True).content.decode()


def test_what_the_register_knows_stands_in_the_fields_with_its_source(head, card):
    page = text(head, card, "sections/places/")
    assert fields_of(page)["q:places.capacity"] == ["30"]
    assert re.search(r"от регистъра, \d\d\.\d\d\.\d{4}", page)
    assert len(card.prefill) / 7 >= 0.7
    fill(head, card, "places", places__capacity="31")
    page = text(head, card, "sections/places/")
    assert "променено: в регистъра на" in page
    assert "е „30“" in page


def test_decimal_comma_is_stored_as_a_point_and_shown_as_a_comma(head, card):
    fill(head, card, "places", places__fee="1 234,5")
    assert draft(card)["places"]["fee"] == 1234.5
    assert fields_of(text(head, card, "sections/places/"))["q:places.fee"] == ["1234,5"]


def test_what_is_no_number_is_kept_as_typed_and_named_at_its_field(head, card):
    fill(head, card, "places", places__fee="около сто")
    page = text(head, card, "sections/places/")
    assert fields_of(page)["q:places.fee"] == ["около сто"]
    assert "govuk-error-message" in page
    assert "#q-places-fee" in page
    assert "Запишете" not in page
    assert draft(card)["places"]["capacity"] == 30


def test_a_broken_rule_is_said_in_the_words_of_the_template(head, card):
    fill(head, card, "places", places__occupied="99")
    assert "Заетите са не повече от капацитета." in text(head, card, "sections/places/")


def test_a_question_appears_when_it_applies_and_its_answer_survives_when_it_does_not(head, card):
    assert "q:needs.whom" not in fields_of(text(head, card, "sections/needs/"))
    fill(head, card, "needs", "refresh", needs__lacks="yes")
    fill(head, card, "needs", needs__whom="логопед")
    fill(head, card, "needs", "refresh", needs__lacks="no")
    assert "q:needs.whom" not in fields_of(text(head, card, "sections/needs/"))
    assert draft(card)["needs"]["whom"] == "логопед"


def test_several_choices_may_all_be_taken_away(head, card):
    where = address(card, "sections/needs/")
    data = fields_of(head.get(where).content.decode())
    assert data.pop("q:needs.target") == ["children_disabilities"]
    head.post(where, data | {"do": ["save"]})
    assert "target" not in draft(card).get("needs", {})


def test_rows_are_added_and_removed_by_buttons_and_nothing_else_moves(head, card):
    answer = fill(head, card, "staff", "add:staff", **{"staff[0]__filled": "0,75"})
    assert answer.url.endswith("#rows-staff")
    fill(head, card, "staff", **{"staff[1]__profession": "логопед"})
    assert draft(card)["staff"] == [{"profession": "психолог", "filled": 0.75}, {"profession": "логопед"}]
    fill(head, card, "staff", "remove:staff[0]")
    assert draft(card)["staff"] == [{"profession": "логопед"}]


def test_next_passes_over_sections_that_are_finished_and_ends_at_the_check(head, card):
    assert fill(head, card, "places", "next").url.endswith("/sections/needs/")
    assert fill(head, card, "needs", "next", needs__lacks="no").url.endswith("/check/")
    assert fill(head, card, "needs", "to:staff").url.endswith("/sections/staff/")


def test_the_check_page_leads_to_each_missing_answer(head, card):
    page = text(head, card, "check/")
    href = re.search(r'href="([^"]*\?check=1#q-needs-lacks)"', page)
    assert "Остава 1 отговор" in page
    assert href
    assert "Изпрати картата" not in page
    assert "Отговорът е задължителен" in head.get(href[1].split("#")[0]).content.decode()


def test_a_card_is_sent_once_whatever_is_pressed_and_gives_a_receipt(head, card):
    fill(head, card, "needs", needs__lacks="no")
    key = re.search(r'name="key" value="(\w+)"', text(head, card, "check/"))[1]
    urls = {head.post(address(card, "check/"), {"key": key}).url for _ in range(3)}
    (url,) = urls
    receipt = head.get(url).content.decode()
    assert f"{card.code}/1" in receipt
    assert card.round.title in receipt
    other = head.post(address(card, "check/"), {"key": "друг"}, follow=True).content.decode()
    assert "не се попълва" in other
    assert Card.objects.get().submissions.count() == 1


def test_a_sent_card_is_read_and_not_filled(head, card):
    make.bring(card, stages.SUBMITTED)
    assert "Разписка" in text(head, card)
    assert head.get(address(card, "sections/places/")).url.endswith(f"{address(card)}"[-5:])
    assert "data-filler" not in text(head, card, "sections/places/")


def test_a_returned_card_says_why_on_top(head, card):
    make.bring(card, stages.RETURNED)
    page = text(head, card)
    assert "Картата е върната за допълване" in page
    assert "Допълнете таксата." in page
    assert "Допълнете таксата." in page
    assert "data-filler" in text(head, card, "sections/places/")


def test_the_script_saves_the_same_form_and_learns_the_new_version(head, card):
    data = fields_of(text(head, card, "sections/places/"))
    answer = head.post(address(card, "draft/"), data | {"q:places.fee": ["7"]})
    said = json.loads(answer.content)
    assert said["version"] == 1
    assert re.match(r"Черновата е записана в \d\d:\d\d:\d\d$", said["text"])
    assert said["progress"] == "6 от 7 готови"
    assert Card.objects.get().stage == stages.DRAFT
    assert Card.objects.get().done == 6
    again = head.post(
        address(card, "draft/"), data | {"q:places.fee": ["75"], "base_version": [str(said["version"])]}
    )
    assert json.loads(again.content)["version"] == 2
    assert draft(card)["places"]["fee"] == 75
    assert json.loads(head.get(address(card, "draft/")).content)["token"]


def test_htmx_gets_nothing_to_draw_while_the_questions_stay_the_same(head, card):
    where = address(card, "sections/needs/")
    data = fields_of(text(head, card, "sections/needs/")) | {"do": ["refresh"]}
    same = head.post(where, data, headers={"HX-Request": "true"})
    assert same.status_code == 204
    assert "filler:saved" in same["HX-Trigger"]
    other = head.post(where, data | {"q:needs.lacks": ["yes"]}, headers={"HX-Request": "true"})
    assert other.status_code == 200
    assert "Какъв специалист?" in other.content.decode()
    assert "<html" not in other.content.decode()


def test_two_people_in_one_answer_see_both_texts_and_lose_none(head, card):
    colleague = people.client_for("municipality_expert", "BG/LOV/LOV18", phone="068 123 456")
    mine, theirs = (fields_of(text(who, card, "sections/places/")) for who in (head, colleague))
    colleague.post(address(card, "draft/"), theirs | {"q:places.fee": ["5"]})
    where = address(card, "sections/places/")
    answer = head.post(where, mine | {"q:places.fee": ["9"], "q:places.capacity": ["40"], "do": ["next"]})
    assert answer.url.endswith("/merge/")
    page = head.get(answer.url).content.decode()
    assert "Такса" in page
    assert ">9<" in page
    assert ">5<" in page
    assert "Елица Примерова" in page
    assert "обадете се" in page
    assert "068 123 456" in page
    assert json.loads(head.post(address(card, "draft/"), mine | {"q:places.fee": ["9"]}).content)["merge"]
    head.post(where, mine | {"q:places.fee": ["9"], "q:places.capacity": ["40"], "do": ["next"]})
    seen = dict(re.findall(r'name="(version|held)" value="(\d+)"', page))
    assert head.post(answer.url, seen | {"take:places.fee": "theirs"}).url == answer.url
    seen = dict(re.findall(r'name="(version|held)" value="(\d+)"', head.get(answer.url).content.decode()))
    head.post(answer.url, seen | {"take:places.fee": "mine"})
    assert draft(card)["places"] == {"capacity": 40, "occupied": 24, "fee": 9}
    assert head.get(answer.url).status_code == 302


def test_two_people_in_different_answers_are_merged_without_a_word(head, card):
    colleague = people.client_for("municipality_expert", "BG/LOV/LOV18")
    mine, theirs = (fields_of(text(who, card, "sections/places/")) for who in (head, colleague))
    colleague.post(address(card, "draft/"), theirs | {"q:places.fee": ["5"]})
    head.post(address(card, "sections/places/"), mine | {"q:places.capacity": ["40"], "do": ["save"]})
    assert draft(card)["places"] == {"capacity": 40, "occupied": 24, "fee": 5}


def test_what_was_sent_after_the_session_ended_comes_back_after_signing_in(card):
    person = people.user("service_manager", card.service.path)
    head = people.client_of(person)
    where = address(card, "sections/places/")
    data = fields_of(head.get(where).content.decode()) | {"q:places.fee": ["12,5"], "do": ["next"]}
    answer = Client().post(where, data)
    assert answer.status_code == 302
    assert "/login/" in answer.url
    assert "fee" not in draft(card)["places"]
    page = head.get(where).content.decode()
    assert "върнато в полетата" in page
    assert fields_of(page)["q:places.fee"] == ["12,5"]
    head.post(where, fields_of(page) | {"do": ["save"]})
    assert draft(card)["places"]["fee"] == 12.5
    assert "върнато в полетата" not in head.get(where).content.decode()


def test_nothing_is_kept_for_a_stranger_with_a_made_up_ticket(card):
    where = address(card, "sections/places/")
    Client().post(where, {"ticket": "1:измислен", "q:places.fee": "9"})
    assert not drafts.Draft.objects.filter(key__startswith="typed:").exists()


def test_the_script_of_a_signed_out_person_is_sent_to_sign_in(card):
    answer = Client().post(address(card, "draft/"), {"section": "places"})
    assert answer.status_code == 302
    assert "/login/" in answer.url


@pytest.mark.once  # the wall of PostgreSQL adds its own statements: one a request, and its transaction
def test_pages_ask_the_database_little(head, card, django_assert_max_num_queries):
    make.bring(card, stages.DRAFT)
    for rest in ("", "sections/staff/", "check/"):
        with django_assert_max_num_queries(12):
            assert head.get(address(card, rest)).status_code == 200
    with django_assert_max_num_queries(12):
        head.get("/survey/")


PAGES = ("", "sections/places/", "check/", "xlsx/", "upload/")
OPENS = {
    "service_manager": 200, "municipality_expert": 200, "regional_coordinator": 200, "national_admin": 200,
    "ministry_viewer": 302, "quality_inspector": 302,
}  # fmt: skip


@pytest.mark.parametrize("role", people.ALL_ROLES)
def test_who_may_open_the_pages_of_a_card(role, card):
    own = role in ("service_manager", "case_manager", "specialist", "external_specialist")
    client = people.client_for(role, card.service.path if own else None)
    overview = client.get(address(card)).status_code
    assert overview == (302 if role == "public" else 200 if role in OPENS else 404)
    section = client.get(address(card, "sections/places/")).status_code
    assert section == (302 if role == "public" else OPENS.get(role, 404))


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("service_manager", "BG/LOV/LOV18/org:999/svc:X"),
        ("municipality_expert", "BG/LOV/LOV34"),
        ("regional_coordinator", "BG/KRZ"),
    ],
)
@pytest.mark.parametrize("rest", [*PAGES, "draft/", "merge/", "receipt/1/"])
def test_outside_ones_place_the_card_does_not_exist(role, scope, rest, card):
    client = people.client_for(role, scope)
    assert client.get(address(card, rest)).status_code == 404
    assert client.post(address(card, rest)).status_code in (404, 405)
    assert card.code not in client.get("/survey/").content.decode()


def test_the_page_of_a_card_in_english(card):
    client = people.client_for("service_manager", card.service.path)
    page = client.get(address(card, "sections/places/"), headers={"Accept-Language": "en"}).content.decode()
    assert "Capacity" in page
    assert "from the register" in page


def test_actions_and_pages_agree_about_who_fills(card):
    with pytest.raises(actions.filling.NotAllowed):
        actions.save_card(people.actor("ministry_viewer"), card, {}, base_version=0)
