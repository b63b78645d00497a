"""Sealed files: nobody finds them, two persons open them, names stand encrypted."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from opora.care.casework import actions, queries
from opora.care.casework.models import ClientFile, Person, SealOpening
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
WHY = "Бащата издирва детето."


def world():
    """A sealed file with its worker, its head, a specialist who works on it, and one who does not."""
    place = make.service()
    worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
    helper, other = make.person_in(place, "specialist"), make.person_in(place, "specialist")
    actor = make.as_actor(worker)
    file = actions.open_file(
        actor, place, person={"first_name": "Калина", "last_name": "Измислена", "identifier": make.egn(dt.date(2014, 2, 5)), "born": dt.date(2014, 2, 5)},
        asked_by="parent", ground="wish", wished_on=clock.today(), lead=worker,
        parent={"kind": "mother", "first_name": "Милка", "last_name": "Скритова", "phone": "0888 999 111"},
    )  # fmt: skip
    file.members.create(user=helper, part="specialist", since=clock.today(), given_by="х")
    actions.seal_file(make.as_actor(head), file, kind="violence", why=WHY)
    return ClientFile.objects.get(pk=file.pk), worker, head, helper, other


def unsealed(file, first, second) -> SealOpening:
    asked = actions.ask_to_unseal(make.as_actor(first), file, why="Работа по плана")
    return actions.answer_unsealing(make.as_actor(second), asked, confirm=True)


def test_names_are_nowhere_in_its_rows_and_come_back_when_opened() -> None:
    file, worker, head, *_rest = world()
    with connection.cursor() as cursor:
        cursor.execute("select * from casework_person")
        raw = "".join(
            str(bytes(v) if isinstance(v, (bytes, memoryview)) else v)
            for row in cursor.fetchall()
            for v in row
        )
    for word in ("Калина", "Измислена", "Милка", "Скритова", "0888"):
        assert word.lower() not in raw.lower()
    unsealed(file, worker, head)
    shown = people.client_of(worker).get(f"/files/{file.code}/").content.decode()
    for word in ("Калина Измислена", "Милка Скритова", "0888 999 111"):
        assert word in shown


def test_nobody_finds_it_by_name_or_number_or_opens_it_in_an_emergency() -> None:
    file, worker, head, *_rest = world()
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    number = make.egn(dt.date(2014, 2, 5))
    for user in (worker, head, stranger):
        said = {
            "first_name": "Калина",
            "last_name": "Измислена",
            "born": dt.date(2014, 2, 5),
            "identifier": number,
        }
        assert queries.alike(make.as_actor(user), **said) == []
        assert not queries.listed(make.as_actor(user), asked="Измислена").exists()
    browser = people.client_of(stranger)
    assert "Няма такова досие" in browser.post("/files/emergency/", {"code": file.code}).content.decode()
    assert browser.get(f"/files/{file.code}/emergency/").status_code == 404
    assert browser.get(f"/files/{file.code}/sealed/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.open_in_emergency(
            make.as_actor(stranger), file, reason="danger", why="Достатъчно дълъг опис."
        )


def test_sealing_ends_an_emergency_that_runs() -> None:
    place = make.service()
    file, head = make.file(place), make.person_in(place, "service_manager")
    stranger = make.person_in(make.service("LOV-99"), "specialist")
    with clock.at(clock.now() - dt.timedelta(minutes=5)):
        actions.open_in_emergency(
            make.as_actor(stranger), file, reason="danger", why="Достатъчно дълъг опис."
        )
    actions.seal_file(make.as_actor(head), file, kind="adoption", why=WHY)
    assert not queries.files_for(make.as_actor(stranger)).exists()


def test_the_list_shows_a_pseudonym_and_every_page_inside_is_shut() -> None:
    file, worker, head, *_rest = world()
    for user in (worker, head):
        browser = people.client_of(user)
        page = browser.get("/files/").content.decode()
        assert "Запечатано досие" in page
        assert "Измислена" not in page
        assert browser.get(f"/files/{file.code}/")["Location"] == reverse("casework_sealed", args=[file.code])
        for part in ("assessment", "plan", "stage", "lead", "seal"):
            assert browser.get(f"/files/{file.code}/{part}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.add_note(make.as_actor(head), file, kind="call", on=clock.today(), text="х", key="k")
    with pytest.raises(NotAllowed):
        actions.take_seal_off(make.as_actor(head), file, why="Край")


def test_beside_the_pseudonym_nothing_tells_who_it_is_until_it_is_opened() -> None:
    file, worker, head, *_rest = world()
    with clock.at(dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)):  # twelve years old
        for user in (worker, head):
            browser = people.client_of(user)
            asked = {"q": file.code}
            for page in (
                browser.get("/files/"), browser.post("/files/find/", asked), browser.post("/search/", asked),
                browser.post("/search/suggest/", asked), browser.get(f"/files/{file.code}/sealed/"),
            ):  # fmt: skip
                words = page.content.decode()
                assert "Запечатано досие" in words
                assert "12 години" not in words
                assert "Калина" not in words
        unsealed(file, worker, head)
        assert "12 години" in people.client_of(worker).get(f"/files/{file.code}/").content.decode()
        assert "12 години" not in people.client_of(worker).get("/files/").content.decode()


def test_a_meeting_with_a_person_in_a_sealed_file_leads_to_its_door_until_it_is_opened() -> None:
    file, worker, head, _helper, other = world()
    asked = unsealed(file, worker, head)
    planned = actions.plan_visit(
        make.as_actor(worker), file, kind="session", at=clock.now() + dt.timedelta(days=3)
    )
    browser = people.client_of(worker)
    assert browser.get(f"/files/visits/{planned.pk}/").status_code == 200
    with clock.at(asked.until):
        browser = people.client_of(worker)
        assert "Сесия: Запечатано досие" in browser.get("/files/week/").content.decode()
        answer = browser.get(f"/files/visits/{planned.pk}/")
        assert answer["Location"] == reverse("casework_sealed", args=[file.code])
        assert people.client_of(other).get(f"/files/visits/{planned.pk}/").status_code == 404


def test_a_pseudonym_is_not_found_by_the_identity_number_of_a_person() -> None:
    file, worker, head, *_rest = world()
    number = make.egn(dt.date(2014, 2, 5))
    for user in (worker, head):
        browser = people.client_of(user)
        for address in ("/files/find/", "/search/", "/search/suggest/"):
            assert file.code not in browser.post(address, {"q": number}).content.decode()
            assert file.code in browser.post(address, {"q": file.code}).content.decode()
    with_number = make.file(
        file.service,
        worker=worker,
        first_name="Ана",
        last_name="Друга",
        identifier=make.egn(dt.date(2015, 3, 6)),
    )
    found = people.client_of(worker).post("/files/find/", {"q": make.egn(dt.date(2015, 3, 6))})
    assert with_number.code in found.content.decode()


def test_two_persons_open_it_for_a_time_to_the_one_who_asked() -> None:
    file, worker, head, helper, other = world()
    asked = actions.ask_to_unseal(make.as_actor(worker), file, why="Работа по плана")
    assert actions.ask_to_unseal(make.as_actor(worker), file, why="пак") == asked
    for user in (worker, helper, other):  # oneself; two without the head; one who does not work on it
        with pytest.raises(NotAllowed):
            actions.answer_unsealing(make.as_actor(user), asked, confirm=True)
    done = actions.answer_unsealing(make.as_actor(head), asked, confirm=True)
    assert queries.files_for(make.as_actor(worker)).exists()
    assert not queries.files_for(make.as_actor(head)).exists()
    with clock.at(done.until - dt.timedelta(seconds=1)):
        assert queries.files_for(make.as_actor(worker)).exists()
    with clock.at(done.until):
        assert not queries.files_for(make.as_actor(worker)).exists()
    with pytest.raises(ActionRefused, match="вече има отговор"):
        actions.answer_unsealing(make.as_actor(head), asked, confirm=True)
    deeds = Entry.objects.filter(subject=file.code).values_list("deed", flat=True)
    assert {"case.sealed", "case.unsealing_asked", "case.unsealing_confirmed"} <= set(deeds)


def test_the_head_asks_and_who_works_on_it_confirms_in_a_browser() -> None:
    file, _worker, head, helper, _other = world()
    address = reverse("casework_sealed", args=[file.code])
    page = people.client_of(head).post(address, {"why": "Преглед на плана"}, follow=True).content.decode()
    assert "чака друг човек" in page
    second = people.client_of(helper)
    assert "Преглед на плана" in second.get(address).content.decode()
    asked = SealOpening.objects.get()
    second.post(reverse("casework_unsealing", args=[file.code, asked.pk]), {"do": "confirm"})
    first = people.client_of(head)
    assert "Калина Измислена" in first.get(f"/files/{file.code}/").content.decode()
    assert first.get(f"/files/{file.code}/lead/").status_code == 200


def test_a_refused_or_old_request_opens_nothing() -> None:
    file, worker, head, *_rest = world()
    asked = actions.ask_to_unseal(make.as_actor(worker), file, why="Защото")
    actions.answer_unsealing(make.as_actor(head), asked, confirm=False)
    assert not queries.files_for(make.as_actor(worker)).exists()
    old = actions.ask_to_unseal(make.as_actor(worker), file, why="Защото")
    with clock.at(clock.now() + dt.timedelta(hours=25)), pytest.raises(ActionRefused):
        actions.answer_unsealing(make.as_actor(head), old, confirm=True)


def test_the_database_refuses_one_person_twice() -> None:
    file, worker, *_rest = world()
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        SealOpening.objects.create(
            file=file, user=worker, why="х", asked_at=now, answered_by_id=worker.pk, confirmed_at=now,
            until=now + dt.timedelta(hours=1),
        )  # fmt: skip


def test_the_seal_taken_off_gives_all_back() -> None:
    file, worker, head, *_rest = world()
    unsealed(file, head, worker)
    people.client_of(head).post(f"/files/{file.code}/seal/", {"why": "Опасността отмина"})
    kept = ClientFile.objects.get(pk=file.pk)
    assert not kept.sealed
    assert set(Person.objects.values_list("last_name", flat=True)) == {"Измислена", "Скритова"}
    assert not Person.objects.filter(names_sealed__isnull=False).exists()
    assert [one.code for one in queries.listed(make.as_actor(worker), asked="Измислена")] == [file.code]


def test_only_the_head_seals() -> None:
    file = make.file()
    lead = file.lead
    with pytest.raises(NotAllowed):
        actions.seal_file(make.as_actor(lead), file, kind="adoption", why=WHY)
    assert people.client_of(lead).get(f"/files/{file.code}/seal/").status_code == 404


def test_a_copy_for_court_of_an_opened_file_hides_the_true_names_of_others() -> None:
    file, worker, head, *_rest = world()
    unsealed(file, worker, head)
    actor = make.as_actor(worker)
    text = "Милка Скритова звъня от 0888 999 111."
    actions.add_note(actor, file, kind="call", on=clock.today(), text=text, key="1")
    page = people.client_of(worker).get(f"/files/{file.code}/documents/chronology/?to=court").content.decode()
    assert "звъня от" in page
    assert "Скритова" not in page
    assert "999 111" not in page
    assert people.client_of(head).get(f"/files/{file.code}/documents/").status_code == 404
