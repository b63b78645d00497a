"""Words typed into a form wait on the server until the form is taken: only for who typed them, sealed, and not for ever."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.contrib import messages
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make
from opora.foundation.core import clock, sealing
from opora.foundation.core.errors import ActionRefused
from opora.foundation.drafts import middleware, unsent
from opora.foundation.drafts.models import Unsent
from opora.foundation.ui import keeping

ANNA = Actor(user_id=1, name="Анна Колева")
BORIS = Actor(user_id=2, name="Борис Янев")
PAGE = "/files/Д-2026-007/review/"
ADDRESS = "/drafts/unsent/"
TEXT = "Майката се обади. Детето говори по-малко от преди."


def words(
    text: str = TEXT, *, sitting: str = "", after: tuple[str, ...] = (), form: str = "a1"
) -> unsent.Words:
    return unsent.Words(sitting or str(uuid.uuid4()), form, [("text", text)], after, clock.now())


def texts(actor: Actor, page: str = PAGE) -> list[str]:
    return [one.values[0][1] for one in unsent.waiting(actor, page)]


@pytest.mark.django_db
def test_words_wait_for_who_typed_them_on_the_page_they_were_typed_on():
    unsent.keep(ANNA, PAGE, words())
    assert texts(ANNA) == [TEXT]
    assert (texts(BORIS), texts(ANNA, "/files/Д-2026-008/review/")) == ([], [])


@pytest.mark.django_db
def test_two_pages_of_one_person_overwrite_nothing_and_the_newest_comes_first():
    unsent.keep(ANNA, PAGE, words("по-ранното"))
    unsent.keep(ANNA, PAGE, words("по-късното"))
    assert texts(ANNA) == ["по-късното", "по-ранното"]


@pytest.mark.django_db
def test_a_sitting_goes_on_from_what_was_put_back():
    first, second = words("Майката се обади."), words(TEXT)
    unsent.keep(ANNA, PAGE, first)
    unsent.keep(ANNA, PAGE, unsent.Words(second.sitting, "a1", second.values, (first.sitting,), clock.now()))
    assert texts(ANNA) == [TEXT]


@pytest.mark.django_db
def test_what_was_sent_does_not_come_back_with_a_saving_that_was_on_its_way():
    one = words()
    unsent.keep(ANNA, PAGE, one)
    unsent.sent(ANNA, one.sitting, [])
    assert unsent.keep(ANNA, PAGE, one) is None
    assert texts(ANNA) == []
    never_saved = words()
    unsent.sent(ANNA, never_saved.sitting, [])
    assert unsent.keep(ANNA, PAGE, never_saved) is None


@pytest.mark.django_db
def test_nobody_reaches_the_words_of_another():
    one = words()
    unsent.keep(ANNA, PAGE, one)
    assert unsent.keep(BORIS, PAGE, words("чуждо", sitting=one.sitting)) is None
    unsent.sent(BORIS, one.sitting, [one.sitting])
    unsent.drop(BORIS, [one.sitting])
    assert texts(ANNA) == [TEXT]


@pytest.mark.django_db
def test_words_lie_sealed():
    number = "1402054321"
    unsent.keep(ANNA, PAGE, words(f"ЕГН {number} на детето"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM drafts_unsent")
        row = repr(cursor.fetchall())
    assert number not in row
    assert sealing.key_of(bytes(Unsent.objects.get().sealed or b"")) in unsent.key_numbers()


@pytest.mark.django_db
def test_words_whose_key_is_gone_are_not_shown(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "one"
    unsent.keep(ANNA, PAGE, words())
    settings.KEY_DIR = tmp_path / "two"
    assert texts(ANNA) == []


@pytest.mark.django_db
def test_words_wait_fourteen_days():
    with clock.at(clock.now() - dt.timedelta(days=13, hours=23)):
        unsent.keep(ANNA, PAGE, words("още чака"))
    with clock.at(clock.now() - dt.timedelta(days=14, hours=1)):
        unsent.keep(ANNA, PAGE, words("отива си"))
    assert (unsent.sweep(), texts(ANNA)) == (1, ["още чака"])


@pytest.mark.django_db
def test_what_was_typed_about_an_erased_file_goes_with_it():
    pages = [PAGE, "/files/Д-2026-0071/review/", "/files/new/", "/register/services/3/edit/"]
    for page in pages:
        unsent.keep(ANNA, page, words())
    unsent.forget(re.compile(r"Д-2026-007(?!\d)"), within="/files/", known=re.compile(r"Д-\d{4}-\d+"))
    assert [bool(texts(ANNA, page)) for page in pages] == [False, True, False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("values", [[("t", "а" * 100_001)], [("t", "а")] * 401])
def test_more_than_a_form_can_hold_is_refused(values):
    with pytest.raises(ActionRefused):
        unsent.keep(ANNA, PAGE, unsent.Words(str(uuid.uuid4()), "a1", values, (), clock.now()))


class AnyWords(TestCase):
    """Whatever is typed comes back as it was."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.text(max_size=300)), max_size=12
        )
    )
    def test_they_come_back_as_they_were(self, values: list[tuple[str, str]]) -> None:
        one = unsent.Words(str(uuid.uuid4()), "a1", values, (), clock.now())
        unsent.keep(ANNA, PAGE, one)
        assert unsent.waiting(ANNA, PAGE)[0].values == values


# — over HTTP —


def named(client: Client, page: str) -> dict[str, str]:
    """The header a page of this person would send."""
    request = RequestFactory().get(page)
    request.actor = Actor(user_id=int(client.session["_auth_user_id"]), name="х")  # type: ignore[attr-defined]
    return {keeping.HEADER: keeping.name_of(request)}


def typed(sitting: str, text: str = TEXT, **more: str) -> dict[str, str]:
    return {"sitting": sitting, "form": "a1", "after": "", "values": json.dumps([["text", text]])} | more


@pytest.mark.django_db
def test_a_page_keeps_words_and_asks_for_them_again():
    client, sitting = make.client_for("regional_coordinator"), str(uuid.uuid4())
    page = named(client, PAGE)
    said = client.post(ADDRESS, typed(sitting), headers=page)
    assert re.fullmatch(r"Черновата е записана в \d\d:\d\d:\d\d", said.json()["text"])
    asked = client.get(ADDRESS, headers=page)
    assert [one["values"] for one in asked.json()["waiting"]] == [[["text", TEXT]]]
    assert asked.headers["Cache-Control"] == "no-store"
    client.post(ADDRESS, {"do": "drop", "after": sitting}, headers=page)
    assert client.get(ADDRESS, headers=page).json()["waiting"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["none", "forged", "of another", "old"])
def test_without_the_page_nothing_is_kept_or_told(how):
    client, other = (
        make.client_for("regional_coordinator"),
        make.client_for("service_manager", "BG/KRZ/KRZ16"),
    )
    page: dict[str, str] = {}
    if how == "forged":
        page = {keeping.HEADER: named(client, PAGE)[keeping.HEADER] + "x"}
    if how == "of another":
        page = named(other, PAGE)
    if how == "old":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.time", lambda: 1_700_000_000)
            page = named(client, PAGE)
    assert client.get(ADDRESS, headers=page).status_code == 404
    assert client.post(ADDRESS, typed(str(uuid.uuid4())), headers=page).status_code == 404
    assert Unsent.objects.count() == 0


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in():
    assert Client().get(ADDRESS).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"sitting": "x"}, {"form": "<b>"}, {"values": "no"}, {"values": "[1]"}, {"values": '[["a b", "x"]]'}],
)
def test_what_is_no_form_of_ours_is_not_kept(wrong):
    client = make.client_for("regional_coordinator")
    answer = client.post(ADDRESS, typed(str(uuid.uuid4())) | wrong, headers=named(client, PAGE))
    assert (answer.status_code, Unsent.objects.count()) == (400, 0)


@pytest.mark.django_db
def test_too_long_a_text_is_told():
    client = make.client_for("regional_coordinator")
    answer = client.post(ADDRESS, typed(str(uuid.uuid4()), "а" * 100_001), headers=named(client, PAGE))
    assert (answer.status_code, "не се пази като чернова" in answer.json()["text"]) == (422, True)


# — when a form is taken —


def answered(response: HttpResponse, *, said: int | None = None, before: Any = None) -> bool:
    """Whether words that were kept are gone after a form with them was answered so."""
    one = words()
    unsent.keep(ANNA, PAGE, one)
    request = RequestFactory().post(PAGE, {"op-sitting": one.sitting})
    request.actor = ANNA  # type: ignore[attr-defined]
    if said is not None:
        request.session = {}  # type: ignore[assignment]
        request._messages = messages.storage.default_storage(request)  # type: ignore[attr-defined]
        messages.add_message(request, said, "х")

    def view(given: HttpRequest) -> HttpResponse:
        around.process_view(given, None, (), {})
        if before:
            before(given)
        return response

    around = middleware.UnsentMiddleware(view)
    around(request)
    return texts(ANNA) == []


def _moved(to: str = PAGE) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": to})


@pytest.mark.django_db
def test_a_taken_form_ends_its_words():
    assert answered(_moved())
    assert answered(_moved(), said=messages.SUCCESS)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 400, 404, 409, 422, 500, 503])
def test_a_form_shown_again_or_refused_keeps_them(status):
    assert not answered(HttpResponse(status=status))


@pytest.mark.django_db
def test_a_refusal_told_on_the_next_page_keeps_them():
    assert not answered(_moved(), said=messages.ERROR)


@pytest.mark.django_db
def test_what_was_taken_stays_taken_though_its_words_cannot_be_ended(monkeypatch):
    def fail(*_given: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(unsent, "sent", fail)
    assert not answered(_moved())


@pytest.mark.django_db
def test_a_form_that_waits_for_a_second_factor_keeps_them():
    assert not answered(_moved("/accounts/"), before=lambda request: setattr(request, "not_taken", True))
    assert not answered(_moved(), before=lambda request: setattr(request, "actor", Actor(None, "")))
