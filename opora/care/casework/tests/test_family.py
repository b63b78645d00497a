"""The family in the room: who stands around the person, how it is drawn, who is the same in another file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from opora.care.casework import actions, kinship, queries, queries_family
from opora.care.casework.models import ClientFile, Person, Relation
from opora.care.casework.tests import make
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.ui.pictures import Kin, Pair
from opora.foundation.ui.tests.hands import Hands

pytestmark = pytest.mark.django_db


def world() -> tuple[ClientFile, User]:
    file = make.file()
    assert file.lead is not None
    return file, file.lead


def relative(file: ClientFile, kind: str = "mother", first_name: str = "Росица", **more: Any) -> Relation:
    said = {"kind": kind, "first_name": first_name, "last_name": "Измислена"} | more
    assert file.lead is not None
    return actions.add_relative(make.as_actor(file.lead), file, said)


def page(user: User, name: str, *args: Any) -> str:
    answer = people.client_of(user).get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def drawn(file: ClientFile) -> tuple[dict[str, Kin], list[Pair]]:
    found, pairs = kinship.drawn(file.person, queries.family_of(file))
    return {one.name.split()[0]: one for one in found}, pairs


def names(file: ClientFile, keys: tuple[str, ...]) -> set[str]:
    found, _pairs = kinship.drawn(file.person, queries.family_of(file))
    return {one.name.split()[0] for one in found if one.key in keys}


# -- what follows from the kinds ----------------------------------------------------------------------------------------


def test_three_generations_follow_from_what_each_is_to_the_child() -> None:
    file, _worker = world()
    mother, father = relative(file), relative(file, "father", "Стоян")
    relative(file, "grandparent", "Велика", sex="f", through=mother)
    relative(file, "grandparent", "Тодор", sex="m", through=mother)
    relative(file, "aunt", "Ивелина", through=mother)
    step = relative(file, "step", "Камен", through=mother)
    relative(file, "sibling", "Мартин")
    relative(file, "sibling", "Дара", through=step)
    relative(file, "sibling", "Полина", through=father)
    relative(file, "close", "Съседка")
    found, pairs = drawn(file)
    assert names(file, found["Калина"].parents) == {"Росица", "Стоян"} == names(file, found["Мартин"].parents)
    assert (
        names(file, found["Росица"].parents) == {"Велика", "Тодор"} == names(file, found["Ивелина"].parents)
    )
    assert names(file, found["Дара"].parents) == {"Росица", "Камен"}
    assert names(file, found["Полина"].parents) == {"Стоян"}
    assert found["Съседка"].parents == found["Стоян"].parents == ()
    joined = {frozenset(names(file, (pair.one, pair.other))) for pair in pairs}
    assert joined == {
        frozenset(two) for two in (("Росица", "Стоян"), ("Росица", "Камен"), ("Велика", "Тодор"))
    }


def test_a_grown_person_has_a_partner_and_children() -> None:
    file = make.file(born=dt.date(1980, 3, 3))
    partner = relative(file, "partner", "Асен", separated=True)
    relative(file, "child", "Яна", sex="f", through=partner)
    found, pairs = drawn(file)
    assert [pair.apart for pair in pairs] == [True]
    assert set(found["Яна"].parents) == {kinship.CENTRE, str(partner.pk)}
    assert found["Яна"].lines[0].startswith("дъщеря")


def test_one_grandmother_needs_no_way_when_there_is_one_parent() -> None:
    file, _worker = world()
    relative(file)
    relative(file, "grandparent", "Велика", sex="f")
    found, _pairs = drawn(file)
    assert names(file, found["Росица"].parents) == {"Велика"}
    relative(file, "father", "Стоян")
    found, _pairs = drawn(file)
    assert found["Росица"].parents == found["Стоян"].parents == ()  # now it must be said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"born": dt.date(1986, 3, 1)}, "40\u00a0г."), ({"birth_year": 1986}, "40\u00a0г."),
        ({"birth_year": 1950, "dead": True, "died": dt.date(2019, 2, 1)}, "1950–2019"),
        ({"dead": True}, "починал"), ({}, ""),
    ],
)  # fmt: skip
def test_years(facts: dict[str, Any], said: str) -> None:
    with clock.at(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)):
        assert kinship.years(Person(first_name="А", **facts)) == said


# -- writing ---------------------------------------------------------------------------------------------------------------


def test_two_parents_who_part_are_told_once() -> None:
    file, worker = world()
    mother, father = relative(file), relative(file, "father", "Стоян")
    actions.change_relative(
        make.as_actor(worker), mother, {"kind": "mother", "separated": True}, version=mother.person.version
    )
    father.refresh_from_db()
    assert father.separated
    assert [pair.apart for pair in drawn(file)[1]] == [True]
    page_ = page(worker, "casework_family", file.code)
    assert "са разделени" in page_


def test_a_father_who_comes_later_does_not_unsay_that_they_parted() -> None:
    file, _worker = world()
    relative(file, separated=True)
    relative(file, "father", "Стоян")
    assert [one.separated for one in queries.family_of(file)] == [True, True]


def test_a_relative_who_is_no_longer_near_leaves_the_picture_and_stays_in_the_file() -> None:
    file, worker = world()
    foster = relative(file, "foster", "Добрина")
    browser = people.client_of(worker)
    answer = browser.post(reverse("casework_relative_end", args=[file.code, foster.pk]), follow=True)
    text = answer.content.decode()
    assert "Хора отпреди (1)" in text
    assert "Добрина" not in drawn(file)[0]
    assert Entry.objects.filter(deed="case.relative_ended", subject=file.code).exists()


def test_a_way_through_somebody_who_cannot_be_it_is_refused() -> None:
    file, _worker = world()
    sibling = relative(file, "sibling", "Мартин")
    with pytest.raises(ActionRefused, match="чрез избрания"):
        relative(file, "grandparent", "Велика", through=sibling)
    other = make.file(first_name="Друга")
    with pytest.raises(ActionRefused, match="чрез избрания"):
        relative(file, "grandparent", "Велика", through=relative(other))


def test_the_same_number_twice_in_one_file_is_refused() -> None:
    file, _worker = world()
    number = make.egn(dt.date(1986, 1, 1))
    relative(file, identifier=number, identifier_kind="egn")
    with pytest.raises(ActionRefused, match="вече е в досието"):
        relative(file, "father", "Стоян", identifier=number, identifier_kind="egn")
    assert file.relations.count() == 1


def test_the_same_form_sent_twice_adds_one_and_a_namesake_is_another() -> None:
    file, worker = world()
    browser, address = people.client_of(worker), reverse("casework_relative_new", args=[file.code])
    sent = {"kind": "sibling", "first_name": "Мария", "last_name": "Измислена"}
    for more in ({}, {}, {"birth_year": "2019"}):
        browser.post(address, sent | more)
    assert file.relations.count() == 2


def test_who_writes_second_learns_of_the_first_and_keeps_the_words() -> None:
    file, worker = world()
    mother = relative(file)
    old = mother.person.version
    second = Hands(
        people.client_of(worker), reverse("casework_relative", args=[file.code, mother.pk]), at="first_name"
    )
    actions.change_relative(make.as_actor(worker), mother, {"kind": "mother", "phone": "0888 1"}, version=old)
    with pytest.raises(Clash):
        actions.change_relative(make.as_actor(worker), mother, {"kind": "mother"}, version=old)
    text = second.send(phone="0888 2", note="Моят текст")
    assert "Колега промени" in text
    assert "0888 1" in text
    assert "Моят текст" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Нужна е поправка"), ({"first_name": ""}, "Нужна е поправка"),
        ({"born": "01.01.2200"}, "минал ден"), ({"identifier": "1234567890"}, "една от цифрите"),
        ({"born": "02.03.1990", "died": "01.03.1990"}, "преди раждането"),
        ({"born": "02.03.1990", "identifier": make.egn(dt.date(1991, 1, 1))}, "не съвпада с ЕГН"),
    ],
)  # fmt: skip
def test_a_wrong_form_says_what_and_keeps_what_was_typed(wrong: dict[str, str], said: str) -> None:
    file, worker = world()
    sent = {"kind": "mother", "first_name": "Росица", "note": "Работи нощни смени."} | wrong
    text = (
        people.client_of(worker)
        .post(reverse("casework_relative_new", args=[file.code]), sent)
        .content.decode()
    )
    assert said in text
    assert "Работи нощни смени." in text
    assert not file.relations.exists()


def test_a_place_is_added_changed_and_ended() -> None:
    file, worker = world()
    browser = people.client_of(worker)
    sent = {
        "kind": "school",
        "name": "Училище Пробно",
        "strength": "tense",
        "gives": "from",
        "note": "Отсъства.",
    }
    text = browser.post(reverse("casework_agency_new", args=[file.code]), sent, follow=True).content.decode()
    for said in ("Училище Пробно", "напрегната, от тях към детето", "Отсъства."):
        assert said in text
    agency = file.agencies.get()
    sent |= {"version": str(agency.version), "until": clock.today().strftime("%d.%m.%Y")}
    text = browser.post(
        reverse("casework_agency", args=[file.code, agency.pk]), sent, follow=True
    ).content.decode()
    assert "Места и организации" not in text


# -- who may -----------------------------------------------------------------------------------------------------------------


def test_only_who_works_on_the_file_changes_the_family() -> None:
    file, _worker = world()
    mother = relative(file)
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    for name, args in (
        ("casework_family", ()),
        ("casework_relative_new", ()),
        ("casework_relative", (mother.pk,)),
        ("casework_agency_new", ()),
    ):
        assert people.client_of(stranger).get(reverse(name, args=[file.code, *args])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.add_relative(make.as_actor(stranger), file, {"kind": "father", "first_name": "Х"})
    with pytest.raises(NotAllowed):
        actions.end_relative(make.as_actor(stranger), mother, on=clock.today())
    with pytest.raises(NotAllowed):
        actions.set_agency(make.as_actor(stranger), file, {"kind": "school", "name": "Х"})


def test_who_reads_in_an_emergency_sees_the_family_and_changes_nothing() -> None:
    file, _worker = world()
    mother = relative(file)
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    actions.open_in_emergency(
        make.as_actor(stranger), file, reason="danger", why="Детето е в болница, търсим близък."
    )
    text = page(stranger, "casework_family", file.code)
    assert "Росица" in text
    assert "Добави човек" not in text
    answer = people.client_of(stranger).get(reverse("casework_relative", args=[file.code, mother.pk]))
    assert answer.status_code == 404


def test_in_a_sealed_file_a_new_relative_has_no_name_in_the_rows() -> None:
    file, worker = world()
    head = make.person_in(file.service, "service_manager")
    actions.seal_file(make.as_actor(head), file, kind="violence", why="Бащата издирва детето.")
    asked = actions.ask_to_unseal(make.as_actor(head), file, why="Работа")
    actions.answer_unsealing(make.as_actor(worker), asked, confirm=True)
    opened = queries.file_for(make.as_actor(head), file.code)
    made = actions.add_relative(
        make.as_actor(head),
        opened,
        {"kind": "mother", "first_name": "Тайна", "last_name": "Скритова", "phone": "0888 7"},
    )
    row = Person.objects.get(pk=made.person_id)
    assert (row.first_name, row.last_name, row.phone, row.sound_text) == ("Близък 1", "", "", "")
    assert "Тайна Скритова" in page(head, "casework_family", file.code)
    shown = queries_family.relation_of(opened, made.pk)
    actions.change_relative(
        make.as_actor(head), shown, {"kind": "mother", "phone": "0888 8"}, version=shown.person.version
    )
    row.refresh_from_db()
    assert (row.first_name, row.phone) == ("Близък 1", "")
    assert queries_family.relation_of(opened, made.pk).person.phone == "0888 8"


# -- the same human being in two files ----------------------------------------------------------------------------------------


def two_files(*, seen: bool) -> tuple[ClientFile, ClientFile, User]:
    """Two children of one mother; the worker of the first sees the second, or it is of another service."""
    file, worker = world()
    place = file.service if seen else make.service("LOV-99")
    other = make.file(place, worker=worker if seen else None, first_name="Мартин", last_name="Другиев")
    return file, other, worker


MOTHER = {"born": dt.date(1986, 4, 5)}


def test_the_same_mother_is_proposed_and_tied_with_what_is_known_there() -> None:
    file, other, worker = two_files(seen=True)
    there = relative(other, "mother", "Росица", phone="0888 123", **MOTHER)
    sent = {"kind": "mother", "first_name": "Русица", "last_name": "Измислена", "born": "05.04.1986"}
    answer = people.client_of(worker).post(
        reverse("casework_relative_new", args=[file.code]), sent, follow=True
    )
    text = answer.content.decode()
    assert "познат и в друго досие" in text
    assert other.code in text
    here = file.relations.get()
    link = reverse("casework_relative_link", args=[file.code, here.pk])
    text = people.client_of(worker).post(link, {"person": there.person_id}, follow=True).content.decode()
    assert "същият човек е и в" in text
    here.refresh_from_db()
    assert here.person.same_as_id == there.person_id
    assert here.person.phone == "0888 123"
    assert "същият човек е и в" in page(worker, "casework_family", other.code)
    assert Entry.objects.filter(deed="case.relative_linked", subject=file.code).exists()


def test_the_same_number_is_one_person_without_asking() -> None:
    file, other, worker = two_files(seen=True)
    number = make.egn(dt.date(1986, 4, 5))
    for one in (file, other):
        relative(
            one,
            first_name="Росица" if one == file else "Роза",
            identifier=number,
            identifier_kind="egn",
            **MOTHER,
        )
    assert "същият човек е и в" in page(worker, "casework_family", file.code)


def test_three_files_of_one_mother_are_tied_in_whatever_order() -> None:
    file, other, worker = two_files(seen=True)
    third = make.file(file.service, worker=worker, first_name="Трето")
    a, b, c = (relative(one, "mother", "Росица", **MOTHER) for one in (file, other, third))
    actor = make.as_actor(worker)
    actions.link_relative(actor, a, b.person_id)
    actions.link_relative(actor, c, a.person_id)
    actions.link_relative(actor, b, c.person_id)
    found = queries_family.linked_elsewhere(actor, file, [Person.objects.get(pk=a.person_id)])
    assert {one.file for one in found[a.person_id]} == {other, third}


def test_a_sibling_with_a_file_of_their_own_is_known() -> None:
    file, other, worker = two_files(seen=True)
    sibling = relative(file, "sibling", "Мартин", last_name="Другиев", born=other.person.born)
    known = queries_family.known_elsewhere(make.as_actor(worker), file, sibling.person)
    assert [(one.file, one.relation, one.visible) for one in known] == [(other, None, True)]


def test_of_a_file_one_may_not_see_only_the_service_and_telephone_are_shown() -> None:
    file, other, worker = two_files(seen=False)
    type(other.service).objects.filter(pk=other.service_id).update(phone="0670 600 99")
    there = relative(other, "mother", "Росица", phone="0888 123", note="Тайна бележка", **MOTHER)
    here = relative(file, "mother", "Росица", **MOTHER)
    text = page(worker, "casework_relative", file.code, here.pk)
    assert "Има случай в" in text
    assert "0670 600 99" in text
    for hidden in (other.code, "0888 123", "Тайна бележка", "Другиев", f'value="{there.person_id}"'):
        assert hidden not in text
    with pytest.raises(ActionRefused, match="които виждате"):
        actions.link_relative(make.as_actor(worker), here, there.person_id)
    link = reverse("casework_relative_link", args=[file.code, here.pk])
    people.client_of(worker).post(link, {"person": there.person_id})
    here.person.refresh_from_db()
    assert (here.person.same_as_id, here.person.phone) == (None, "")


def test_one_person_by_number_in_a_file_one_may_not_see_shows_its_service_only() -> None:
    file, other, worker = two_files(seen=False)
    number = make.egn(dt.date(1986, 4, 5))
    for one in (file, other):
        relative(one, "mother", "Росица", identifier=number, identifier_kind="egn", **MOTHER)
    text = page(worker, "casework_family", file.code)
    assert "познат и в „ЦОП Пробен“" in text
    assert other.code not in text


def test_a_sealed_file_is_never_told_of() -> None:
    file, other, worker = two_files(seen=False)
    number = make.egn(dt.date(1986, 4, 5))
    relative(other, "mother", "Росица", identifier=number, identifier_kind="egn", **MOTHER)
    head = make.person_in(other.service, "service_manager")
    actions.seal_file(make.as_actor(head), other, kind="adoption", why="Осиновяване")
    here = relative(file, "mother", "Росица", identifier=number, identifier_kind="egn", **MOTHER)
    assert queries_family.known_elsewhere(make.as_actor(worker), file, here.person) == []
    assert queries_family.linked_elsewhere(make.as_actor(worker), file, [here.person]) == {}


def test_others_of_the_same_name_born_another_day_are_not_proposed() -> None:
    file, other, worker = two_files(seen=True)
    relative(other, "mother", "Росица", born=dt.date(1986, 4, 6))
    here = relative(file, "mother", "Росица", **MOTHER)
    assert queries_family.known_elsewhere(make.as_actor(worker), file, here.person) == []


def test_the_family_page_asks_the_database_as_often_for_ten_people_as_for_two(
    django_assert_max_num_queries: Any,
) -> None:
    file, worker = world()
    relative(file)
    relative(file, "father", "Стоян")
    browser, address = people.client_of(worker), reverse("casework_family", args=[file.code])
    browser.get(address)
    for number in range(8):
        relative(file, "sibling", f"Дете{number}")
    with django_assert_max_num_queries(34):
        browser.get(address)


def test_reading_the_family_is_in_the_audit() -> None:
    file, worker = world()
    page(worker, "casework_family", file.code)
    assert Entry.objects.filter(deed="case.read", subject=file.code, details_text__contains="family").exists()
