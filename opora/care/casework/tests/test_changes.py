"""One person in two files: what is changed in one is offered in the other, to who may see both, and never from a sealed one."""

import datetime as dt

import pytest

from opora.care.casework import actions, queries, queries_changes, queries_family
from opora.care.casework.models import ChangeOffer, ClientFile, Person
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
BORN = dt.date(1986, 5, 4)


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.fixture
def world():
    """Two children of one mother, in two files of one service; the same worker leads both."""
    first = make.file()
    worker = first.lead
    second = make.file(worker=worker, first_name="Мартин", born=dt.date(2016, 1, 1))
    actor = make.as_actor(worker)
    mother = {
        "kind": "mother",
        "first_name": "Росица",
        "last_name": "Измислена",
        "born": BORN,
        "phone": "0888 111",
    }
    one, other = (actions.add_relative(actor, file, mother) for file in (first, second))
    actions.link_relative(actor, other, one.person_id)
    return first, second, worker


def mother_of(file):
    return queries.family_of(file)[0]


def change(file, user=None, **said):
    relation = mother_of(file)
    facts = {"kind": "mother"} | said
    return actions.change_relative(
        make.as_actor(user or file.lead), relation, facts, version=relation.person.version
    )


def offers(user, file) -> list[str]:
    return [one.offer.field for one in queries_changes.offers_for(make.as_actor(user), file)]


def test_a_changed_telephone_is_offered_in_the_other_file_and_one_click_takes_it(world) -> None:
    first, second, worker = world
    change(first, phone="0899 222")
    client = people.client_of(worker)
    assert "В другото досие има 1 промяна" in text_of(client.get(f"/files/{second.code}/"))
    page = text_of(client.get(f"/files/{second.code}/family/"))
    assert f"В другото досие {first.code} телефонът на Росица Измислена е променен на" in page
    assert "0899 222. Тук е 0888 111." in page
    offer = ChangeOffer.objects.get()
    page = text_of(
        client.post(f"/files/{second.code}/family/changes/{offer.pk}/", {"do": "accept"}, follow=True)
    )
    assert "Промяната е приета и тук" in page
    assert "Променено в другото досие" not in page
    person = mother_of(second).person
    assert (person.phone, person.phone_digits) == ("0899 222", "0899222")
    entry = Entry.objects.get(deed="case.change_accepted")
    assert entry.details["field"] == "phone"
    assert "0899" not in str(entry.details)
    assert offers(worker, first) == []


@pytest.mark.parametrize(
    ("said", "field", "shown"),
    [
        ({"first_name": "Роза"}, "names", "Роза"),
        ({"born": dt.date(1986, 5, 5)}, "born", "05.05.1986"),
        ({"dead": True, "died": dt.date(2026, 11, 1)}, "death", "01.11.2026"),
    ],
)
def test_names_birth_and_death_are_offered_too(world, said, field, shown) -> None:
    first, second, worker = world
    change(first, **said)
    assert offers(worker, second) == [field]
    assert shown in text_of(people.client_of(worker).get(f"/files/{second.code}/family/"))
    actions.accept_change(make.as_actor(worker), second, ChangeOffer.objects.get().pk)
    here, there = mother_of(second).person, mother_of(first).person
    for name in said:
        assert getattr(here, name) == getattr(there, name)


def test_what_stays_here_stays_and_is_not_asked_again_until_it_changes_again(world) -> None:
    first, second, worker = world
    change(first, phone="0899 222")
    actions.decline_change(make.as_actor(worker), second, ChangeOffer.objects.get().pk)
    assert offers(worker, second) == []
    assert mother_of(second).person.phone == "0888 111"
    change(first, phone="0899 333")
    assert offers(worker, second) == ["phone"]
    change(first, phone="0899 444")
    assert ChangeOffer.objects.waiting().count() == 1
    change(first, phone="0888 111")
    assert offers(worker, second) == []  # the two say the same again


def test_the_team_that_may_not_see_the_other_file_is_offered_nothing(world) -> None:
    first, second, worker = world
    specialist = make.person_in(second.service, "specialist")
    second.members.create(user=specialist, part="specialist", since=clock.today(), given_by="х")
    change(first, phone="0899 222")
    assert offers(worker, second) == ["phone"]
    assert offers(specialist, second) == []
    client = people.client_of(specialist)
    for page in ("", "family/"):
        text = text_of(client.get(f"/files/{second.code}/{page}"))
        assert "0899 222" not in text
        assert "В другото досие" not in text
    with pytest.raises(ActionRefused):
        actions.accept_change(make.as_actor(specialist), second, ChangeOffer.objects.get().pk)
    with pytest.raises(NotAllowed):
        actions.accept_change(
            make_ending.head_of(make.service("LOV-99")), second, ChangeOffer.objects.get().pk
        )


def test_across_services_only_who_reads_both_is_offered(world) -> None:
    """The same ЕГН in a file of another service: its team is told nothing of what stands here."""
    first, _second, _worker = world
    number = make.egn(BORN)
    change(first, identifier=number, identifier_kind="egn")
    far = make.file(make.service("LOV-99"), first_name="Ива")
    actions.add_relative(
        make.as_actor(far.lead), far, {"kind": "aunt", "first_name": "Росица", "last_name": "Измислена", "identifier": number, "phone": "0888 111"}
    )  # fmt: skip
    change(first, phone="0899 222")
    assert ChangeOffer.objects.filter(file=far).exists()
    assert offers(far.lead, far) == []
    assert "0899 222" not in text_of(people.client_of(far.lead).get(f"/files/{far.code}/family/"))


def test_nothing_leaks_from_a_sealed_file_nor_into_one(world) -> None:
    first, second, worker = world
    head = make_ending.head_of(first.service)
    change(first, phone="0899 222")
    actions.seal_file(head, first, kind="violence", why="Пази.")
    assert offers(worker, second) == []
    asked = actions.ask_to_unseal(head, ClientFile.objects.get(pk=first.pk), why="Работа.")
    actions.answer_unsealing(make.as_actor(worker), asked, confirm=True)
    opened = queries.file_for(head, first.code)
    relation = queries_family.relation_of(opened, opened.relations.get().pk)
    before = ChangeOffer.objects.count()
    actions.change_relative(
        head, relation, {"kind": "mother", "phone": "0899 999"}, version=relation.person.version
    )
    assert ChangeOffer.objects.count() == before
    assert not Person.objects.filter(phone="0899 999").exists()
    change(second, phone="0899 555")
    assert not ChangeOffer.objects.filter(file=first).exists()
    assert queries_changes.offers_for(head, opened) == []


def test_the_death_of_the_person_of_a_file_asks_for_its_ground_on_its_own_page(world) -> None:
    first, _second, worker = world
    third = make.file(worker=worker, first_name="Ива", born=dt.date(2010, 1, 1))
    actor = make.as_actor(worker)
    sibling = actions.add_relative(
        actor,
        first,
        {"kind": "sibling", "first_name": "Ива", "last_name": "Измислена", "born": dt.date(2010, 1, 1)},
    )
    actions.link_relative(actor, sibling, third.person_id)
    said = {"kind": "sibling", "dead": True, "died": dt.date(2026, 11, 1)}
    fresh = queries_family.relation_of(first, sibling.pk)
    actions.change_relative(actor, fresh, said, version=fresh.person.version)
    page = text_of(people.client_of(worker).get(f"/files/{third.code}/family/"))
    assert f'href="/files/{third.code}/data/death/"'.replace("Д", "%D0%94") in page or "data/death/" in page
    with pytest.raises(ActionRefused, match="основание"):
        actions.accept_change(actor, third, ChangeOffer.objects.get().pk)
    actions.record_death(actor, third, on=dt.date(2026, 11, 1), ground="Висящо дело.")
    assert offers(worker, third) == []


def test_a_recorded_death_is_offered_where_the_person_is_a_relative(world) -> None:
    first, second, worker = world
    actor = make.as_actor(worker)
    sibling = actions.add_relative(
        actor,
        first,
        {"kind": "sibling", "first_name": "Мартин", "last_name": "Измислена", "born": dt.date(2016, 1, 1)},
    )
    actions.link_relative(actor, sibling, second.person_id)
    actions.record_death(actor, second, on=dt.date(2026, 11, 2), ground="Висящо дело.")
    assert offers(worker, first) == ["death"]
    actions.accept_change(actor, first, ChangeOffer.objects.get().pk)
    person = queries_family.relation_of(first, sibling.pk).person
    assert (person.dead, person.died) == (True, dt.date(2026, 11, 2))


def test_offers_go_with_an_erased_file_and_end_when_the_other_one_is_gone(world) -> None:
    first, second, worker = world
    change(first, phone="0899 222")
    head, another = make_ending.head_of(first.service), make_ending.head_of(first.service)
    erasure = actions.ask_to_erase(head, first, ground="unlawful", document="Решение № 7")
    actions.answer_erasure(another, erasure, confirm=True)
    assert offers(worker, second) == []
    erasure = actions.ask_to_erase(head, second, ground="unlawful", document="Решение № 8")
    actions.answer_erasure(another, erasure, confirm=True)
    assert not ChangeOffer.objects.exists()
