"""The coordinator's work: open, see who is missing, remind, verify, return, excuse, close, read the answers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from opora.evidence.survey import actions, board, queries, stages, statistics
from opora.evidence.survey.models import Card, Round
from opora.evidence.survey.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.messages.models import Message
from opora.foundation.ui.tests.hands import seen_on
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def collection(count=5):
    """An open round in LOV over services with an e-mail each."""
    for number in range(count):
        register.service(f"Услуга {number}", email=f"s{number}@example.bg", staff={"психолог": (1, 0.5)})
    return make.round_()


def coordinator():
    return people.client_for("regional_coordinator", "BG/LOV")


def test_expected_is_always_the_sum_of_the_states():
    round_ = collection(4)
    cards = list(round_.cards.all())
    make.bring(cards[0], stages.VERIFIED)
    make.bring(cards[1], stages.DRAFT)
    make.bring(cards[2], stages.EXCUSED)
    whole = board.total(board.lines(make.coordinator(), round_))
    assert whole.asked == 4 == sum(whole.by_stage.values())
    assert (whole.expected, whole.came_in, whole.missing) == (3, 1, 2)


def test_the_board_says_how_many_came_in_and_who_is_late():
    round_ = collection(3)
    make.bring(round_.cards.first(), stages.SUBMITTED)
    Round.objects.update(deadline=dt.date(2026, 11, 20))
    with time_machine.travel(NOON, tick=False):
        page = coordinator().get(f"/survey/rounds/{round_.code}/").text
    assert "1 от 3 върнати" in page
    assert "Напомни на 2 услуги" in page
    round_ = Round.objects.get()
    missing = board.cards(make.coordinator(), round_, board.Chosen("missing"))
    with time_machine.travel(NOON, tick=False):
        assert [row.days_late for row in board.rows(list(missing), round_)] == [3, 3]


def test_one_click_reminds_everybody_missing_and_can_be_taken_back():
    round_ = collection(3)
    make.bring(round_.cards.first(), stages.SUBMITTED)
    client = coordinator()
    with time_machine.travel(NOON, tick=False):
        page = client.post(f"/survey/rounds/{round_.code}/remind/", follow=True).text
        assert "2 напомняния са в изходящата поща." in page
        assert Message.objects.waiting().count() == 2
        again = client.post(f"/survey/rounds/{round_.code}/remind/", follow=True).text
        assert "Днес вече е напомнено на всички." in again
        assert Message.objects.count() == 2
        client.post(f"/messages/take-back/{Message.objects.first().batch}/")
    assert Message.objects.waiting().count() == 0


def test_how_long_it_can_be_taken_back_is_counted_at_each_answer():
    round_ = collection(2)
    client, address = coordinator(), f"/survey/rounds/{round_.code}/"
    with time_machine.travel(NOON, tick=False) as now:
        assert "тръгват след 10 секунди" in client.post(f"{address}remind/", follow=True).text
        now.shift(7)
        page = client.get(address).text
        assert "тръгват след 3 секунди" in page
        assert 'data-op-seconds="3"' in page
        other = make.round_(title="Друго събиране")
        assert "тръгват след" not in client.get(f"/survey/rounds/{other.code}/").text
        now.shift(30)
        assert "Напомнянията тръгват.<" in client.get(address).text
        Message.objects.update(state=Message.SENT)
        assert "Оттегли напомнянията" not in client.get(address).text


def test_letters_written_at_night_say_when_they_leave():
    round_ = collection(1)
    with time_machine.travel(dt.datetime(2026, 11, 23, 20, 30, tzinfo=dt.UTC), tick=False):
        page = coordinator().post(f"/survey/rounds/{round_.code}/remind/", follow=True).text
    assert "тръгват на 24.11.2026, 08:00" in page
    assert "data-op-seconds" not in page


def test_a_service_without_mail_is_named_for_a_call():
    register.service("Без поща", email="")
    round_ = make.round_()
    page = coordinator().post(f"/survey/rounds/{round_.code}/remind/", follow=True).text
    assert "1 услуга няма поща: обадете се." in page


def test_the_last_contact_is_the_newer_of_letter_and_call():
    round_ = collection(1)
    card = round_.cards.get()
    with time_machine.travel(NOON, tick=False):
        actions.note_contact(make.coordinator(), card, what="телефон")
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False):
        actions.remind(make.coordinator(), round_, [card], address="")
    row = board.rows([Card.objects.get()], round_)[0]
    assert row.contact_kind == "напомняне"


def test_verify_question_by_question():
    card = make.card(stage=stages.SUBMITTED)
    client, address = coordinator(), f"/survey/cards/{card.code}/verify/"
    assert "Липсва ли" in client.get(address).text
    client.post(address, {"note:places.fee": "Каква е таксата?", "do": "return"})
    card.refresh_from_db()
    assert card.stage == stages.RETURNED
    assert card.stages.first().note == "Уточнете отбелязаните въпроси."
    assert card.checks.get().note == "Каква е таксата?"
    actions.submit_card(make.manager(card.service), card, key="again")
    client.post(address, {"note:places.fee": "", "do": "verify"} | seen_on(client, address))
    card.refresh_from_db()
    assert card.stage == stages.VERIFIED


def test_what_two_coordinators_ask_about_one_card_stays():
    card = make.card(stage=stages.SUBMITTED)
    client, address = coordinator(), f"/survey/cards/{card.code}/verify/"
    before = seen_on(client, address)
    for path, note in (("places.fee", "Каква е таксата?"), ("places.capacity", "Колко са местата?")):
        actions.check_question(make.coordinator(), card, path, outcome="query", note=note)
    client.post(
        address, {"note:places.fee": "За месец ли е?", "note:places.capacity": "", "do": "return"} | before
    )
    asked = {one.path: one.note for one in card.checks.filter(outcome="query")}
    assert asked == {
        "places.fee": "Каква е таксата? · За месец ли е?",
        "places.capacity": "Колко са местата?",
    }


def test_an_open_question_stops_verification():
    card = make.card(stage=stages.SUBMITTED)
    answer = coordinator().post(
        f"/survey/cards/{card.code}/verify/", {"note:places.fee": "Каква е?", "do": "verify"}, follow=True
    )
    card.refresh_from_db()
    assert card.stage == stages.SUBMITTED
    assert "чака отговор от услугата" in answer.text


def test_excuse_needs_a_reason_and_can_be_taken_back():
    card = make.card()
    client = coordinator()
    assert client.post(f"/survey/cards/{card.code}/excuse/", {"reason": ""}).status_code == 422
    client.post(f"/survey/cards/{card.code}/excuse/", {"reason": "Ремонт"})
    card.refresh_from_db()
    assert card.stage == stages.EXCUSED
    client.post(f"/survey/cards/{card.code}/expect/")
    card.refresh_from_db()
    assert card.stage == stages.NOT_STARTED


def test_a_round_closes_only_when_nothing_is_missing():
    round_ = collection(1)
    client = coordinator()
    assert "Липсва още 1 карта" in client.post(f"/survey/rounds/{round_.code}/close/", follow=True).text
    make.bring(round_.cards.get(), stages.VERIFIED)
    client.post(f"/survey/rounds/{round_.code}/close/")
    assert not Round.objects.get().is_open
    client.post(f"/survey/rounds/{round_.code}/reopen/")
    assert Round.objects.get().is_open


def test_open_a_round_on_the_page():
    version = make.template_version()
    register.service("Първа")
    client = coordinator()
    sent = {"title": "Нужди 2026", "version": version.pk, "scope": "BG/LOV", "deadline": "31.12.2099"}
    answer = client.post("/survey/rounds/new/", sent)
    assert answer.status_code == 302, answer.text
    assert Round.objects.get().cards.count() == 1
    assert client.post("/survey/rounds/new/", sent | {"deadline": "1.1.2020"}).status_code == 422
    assert client.post("/survey/rounds/new/", sent | {"scope": "BG/KRZ"}).status_code == 422


def test_the_missing_as_csv_with_telephone():
    register.service("ЦОП Троян", phone="0670/600017", head="Ивелина Пенкова")
    round_ = make.round_()
    body = coordinator().get(f"/survey/rounds/{round_.code}/missing.csv").text
    assert body.startswith("\ufeff")
    assert "ЦОП Троян" in body
    assert "0670/600017" in body


ROUND_PAGES = ["", "questions/", "questions/needs.lacks/", "questions/needs.lacks/cards/", "missing.csv"]


@pytest.mark.parametrize("page", ROUND_PAGES)
def test_another_regions_round_does_not_exist(page):
    round_ = collection(1)
    address = f"/survey/rounds/{round_.code}/{page}"
    assert people.client_for("regional_coordinator", "BG/KRZ").get(address).status_code == 404
    assert coordinator().get(address).status_code == 200


@pytest.mark.parametrize("deed", ["remind/", "close/", "reopen/"])
@pytest.mark.parametrize(
    "role", ["municipality_expert", "service_manager", "ministry_viewer", "case_manager", "dpo_auditor"]
)
def test_only_the_coordinator_runs_a_round(deed, role):
    round_ = collection(1)
    assert people.client_for(role).post(f"/survey/rounds/{round_.code}/{deed}").status_code == 404
    assert Message.objects.count() == 0


@pytest.mark.parametrize("deed", ["verify/", "return/", "excuse/", "expect/", "contact/"])
def test_a_head_does_not_verify_the_own_card(deed):
    card = make.card(stage=stages.SUBMITTED)
    client = people.client_for("service_manager", card.service.path)
    assert (
        client.post(f"/survey/cards/{card.code}/{deed}", {"reason": "x", "do": "verify"}).status_code == 404
    )
    card.refresh_from_db()
    assert card.stage == stages.SUBMITTED


def test_statistics_count_cards_and_lead_to_them():
    round_ = collection(3)
    cards = list(round_.cards.all())
    for card in cards[:2]:
        make.bring(card, stages.SUBMITTED)
    asked = {q.path: q for q in statistics.questions(round_)}
    actor = make.coordinator()
    found = statistics.result(actor, round_, asked["needs.lacks"], "municipality")
    assert (found.answered, found.cards) == (2, 2)
    yes = next(line for line in found.lines if line.value == "yes")
    assert yes.count == 2 == sum(yes.by_group.values())
    behind = statistics.cards_behind(actor, round_, asked["needs.lacks"], value="yes")
    assert {c.pk for c in behind} == {c.pk for c in cards[:2]}
    page = coordinator().get(f"/survey/rounds/{round_.code}/questions/places.capacity/").text
    assert "Сбор" in page
    assert not re.search(r"\d,0\b", page)
    texts = coordinator().get(f"/survey/rounds/{round_.code}/questions/needs.whom/").text
    assert "логопед" in texts


def test_an_unknown_question_does_not_exist():
    round_ = collection(1)
    assert coordinator().get(f"/survey/rounds/{round_.code}/questions/none.such/").status_code == 404


@pytest.mark.once  # the wall of PostgreSQL adds its own statements: one a request, and its transaction
def test_the_board_asks_the_database_little(django_assert_max_num_queries):
    round_ = collection(19)
    client = coordinator()
    client.get("/survey/")
    with django_assert_max_num_queries(
        14
    ):  # eight of the board, the rest the frame and the panels of upper rooms
        assert client.get(f"/survey/rounds/{round_.code}/").status_code == 200
    assert queries.counts(make.coordinator(), round_)["expected"] == 19


def test_the_list_of_the_missing_runs_no_formula_and_leaves_an_empty_telephone_empty():
    register.service("=1+1", phone="", head="@SUM(A1)", code="X-1")
    round_ = make.round_()
    line = coordinator().get(f"/survey/rounds/{round_.code}/missing.csv").text.splitlines()[1]
    cells = line.split(";")
    assert (cells[1], cells[4], cells[5]) == ("'=1+1", "'@SUM(A1)", "")
