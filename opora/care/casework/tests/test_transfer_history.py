"""What belongs to the case goes to the new service whole, with its origin; what stays is shut; sealed files stay sealed."""

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.db import connection

from opora.care.casework import (
    actions,
    policies,
    policies_ending,
    queries,
    queries_copies,
    queries_outcomes,
    stages,
    wall,
)
from opora.care.casework.models import ArchiveOpening, ClientFile, Event, Opinion, Person, Transfer
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.tests import make as papers
from opora.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
WHY = "Съдът поиска препис от плана за дело № 12."


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def there():
    return make.service("LOV-99")


@pytest.fixture
def file():
    """A file in which there is something of everything."""
    found = make_ending.at_work(
        make.file(
            parent={"first_name": "Росица", "last_name": "Измислена", "kind": "mother", "decides": True}
        )
    )
    worker, head = make_ending.worker_of(found), make_ending.head_of(found.service)
    granny = {
        "first_name": "Пена",
        "last_name": "Стара",
        "kind": "grandparent",
        "through": found.relations.get(),
    }
    actions.add_relative(worker, found, granny)
    contract = actions.set_contract(worker, found, make_ending.terms())
    actions.sign_contract(worker, contract, on=clock.today(), name="скан.pdf", content=papers.pdf())
    actions.hold_review(worker, found, make_ending.said())
    actions.record_situation(worker, found, on=clock.today(), living="residential", school="no")
    actions.record_satisfaction(
        worker, found, on=clock.today(), who="child", answers=(2, 1, 2), words="Добре е."
    )
    kit = actions.take_toolkit(head, found.service, "day_centre")
    actions.begin_form(worker, found, kit, "assessment")
    actions.enclose(worker, found, kind="drawing", on=clock.today(), upload=("рисунка.png", papers.picture()))
    request, _secret, _code = make.asked(found)
    actions.answer_request(
        request, actions.outside.Said("Може да спортува.", document=("становище.pdf", papers.pdf()))
    )
    actions.write_team_opinion(worker, found, actions.outside.Said("Само за нас."), key="team")
    actions.set_risk(
        worker,
        found,
        found.person,
        level=2,
        why="Бащата заплашва.",
        factors={"for": ["Заплахи"], "against": []},
        review_on=clock.today(),
    )
    actions.receive_signal(
        worker, found, source="school", what="Синини.", received_at=clock.now(), whom="Учителката Тонева"
    )
    return ClientFile.objects.get(pk=found.pk)


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def moved(file, there, *, lead=True) -> ClientFile:
    """The file accepted elsewhere, led by somebody there."""
    worker = make.person_in(there, "case_manager") if lead else None
    return actions.accept_transfer(make_ending.head_of(there), make_ending.offered(file, there), lead=worker)


def later(file) -> ClientFile:
    """The file once the old team's days have passed."""
    ClientFile.objects.filter(pk=file.pk).update(read_until=clock.today() - dt.timedelta(days=1))
    return ClientFile.objects.get(pk=file.pk)


def test_the_new_team_reads_everything_that_belongs_to_the_case_and_types_nothing(file, there) -> None:
    new = moved(file, there)
    client = people.client_of(new.lead)
    name = file.service.name
    expected = {
        "": [file.code, name, "Откъде дойде досието"],
        "family/": ["Росица", "Пена"],
        "assessment/": ["Не говори с други деца.", f"от {name}"],
        "opinions/": ["Може да спортува.", f"от {name}"],
        "plan/": ["Да има приятел", f"от {name}"],
        "review/": ["Играе с едно дете.", name],
        "contract/": ["на предишната услуга", name],
        "outcome/": ["в услуга за резидентна грижа", "Добре е.", name],
        "forms/": ["Оценка по инструментариума", name],
        "enclosures/": [f"{new.code}-рисунка.png", name],
        "crisis/": ["Бащата заплашва.", f"от {name}"],
        "crisis/1/": ["Синини."],
    }
    for part, wanted in expected.items():
        page = text_of(client.get(f"/files/{new.code}/{part}"))
        for one in wanted:
            assert one in page, (part, one)
        for never in ("Само за нас.", "Тонева"):
            assert never not in page, part


def test_the_copies_hang_together_in_the_new_file_and_have_bytes_of_their_own(file, there) -> None:
    new = moved(file, there)
    relation = new.relations.get(kind="grandparent")
    assert relation.through == new.relations.get(kind="mother")
    assert new.contracts.get().plan.file_id == new.reviews.get().plan.file_id == new.pk
    opinion = Opinion.objects.get(file=new)
    assert (opinion.request.file_id, opinion.parts.count()) == (
        new.pk,
        Opinion.objects.get(file=file, team_only=False).parts.count(),
    )
    stored = Attachment.objects.values_list("stored_as", flat=True)
    assert len(stored) == len(set(stored)) == 6
    client = people.client_of(new.lead)
    old, copy = file.enclosures.get(attachment__isnull=False), new.enclosures.get()
    assert client.get(f"/files/{new.code}/enclosures/{copy.pk}/").status_code == 200
    assert client.get(f"/files/{new.code}/opinions/{opinion.number}/document/").status_code == 200
    assert client.get(f"/files/{file.code}/enclosures/{old.pk}/").status_code == 404
    scan = Attachment.objects.get(owner="casework.contract", owner_id=str(new.contracts.get().pk))
    assert client.get(f"/documents/{scan.token}/").status_code == 200


def test_work_goes_on_beside_the_history(file, there) -> None:
    """The old contract stays the old one's; a new review, contract, opinion and form are counted after it."""
    new = moved(file, there)
    worker, head = make.as_actor(new.lead), make_ending.head_of(there)
    old = new.contracts.get()
    made = actions.set_contract(worker, new, make_ending.terms())
    assert (made.number, made.origin, old.origin) == (2, "", file.service.name)
    with pytest.raises(NotAllowed):
        actions.sign_contract(worker, old, on=clock.today())
    page = text_of(people.client_of(new.lead).get(f"/files/{new.code}/documents/contract/"))
    assert there.name in page
    actions.write_team_opinion(worker, new, actions.outside.Said("Наше."), key="again")
    assert Opinion.objects.filter(file=new).count() == 2
    again = make.service("LOV-98")
    third = actions.accept_transfer(make_ending.head_of(again), make_ending.offered(new, again, by=head))
    assert {one.origin for one in third.reviews.all()} == {file.service.name}


def test_figures_of_a_service_are_its_own_and_begin_with_how_the_person_came(file, there) -> None:
    new = moved(file, there)
    actions.record_situation(
        make.as_actor(new.lead), new, on=clock.today(), living="parents", school="regular"
    )
    (mine,) = queries_outcomes.people_of(make_ending.head_of(there), there)
    assert (mine.living, mine.steps, mine.answers) == (("residential", "parents"), (), ())
    whole = queries_outcomes.person_outcome(new)
    assert (len(whole.steps), whole.answers) == (3, (2, 1, 2))


def test_a_crisis_goes_on_at_the_new_place_and_ends_at_the_old_one(file, there) -> None:
    new = moved(file, there)
    assert (new.crises.get().is_open, new.crises.get().lead) == (True, new.lead)
    assert file.crises.get().outcome == "handed"


def test_who_may_read_the_two_files(file, there) -> None:
    old_worker, old_head = make_ending.worker_of(file), make_ending.head_of(file.service)
    new_head = make_ending.head_of(there)
    new = actions.accept_transfer(
        new_head, make_ending.offered(file, there, by=old_head), lead=make.person_in(there, "case_manager")
    )
    file.refresh_from_db()
    assert policies.read_file(old_worker, file)
    assert policies.read_file(old_head, file)
    assert not any(policies.write_file(one, file) for one in (old_worker, old_head))
    assert policies.read_file(make.as_actor(new.lead), new)
    assert policies.read_file(new_head, new)
    assert not any(policies.read_file(one, new) for one in (old_worker, old_head))
    assert not any(policies.read_file(one, file) for one in (new_head, make.as_actor(new.lead)))
    with clock.at(clock.now() + dt.timedelta(days=1)):
        file = ClientFile.objects.get(pk=file.pk)
        assert not policies.read_file(old_worker, file)
        assert not policies.read_file(old_head, file)
        assert policies.open_old_file(old_head, file)
        assert not policies.open_old_file(old_worker, file)
        assert not policies.change_team(old_head, file)
        assert not queries.files_for(old_head).exists()
        assert not queries.files_for(old_worker).exists()


@pytest.mark.parametrize("role", ["regional_coordinator", "national_admin", "dpo_auditor", "service_manager"])
def test_others_find_neither_file_nor_archive(file, there, role) -> None:
    new = moved(file, there)
    client = people.client_for(role, "BG/SOF/SOF46/org:x/svc:y" if role == "service_manager" else None)
    for address in (f"/files/{file.code}/", f"/files/{new.code}/", f"/files/{file.code}/old/"):
        assert client.get(address).status_code == 404, (role, address)


def test_the_old_head_reads_only_with_a_reason_that_the_new_service_sees(file, there) -> None:
    user = make.person_in(file.service, "service_manager")
    new = moved(file, there)
    receiving = make.person_in(there, "service_manager")
    later(file)
    client = people.client_of(user)
    shut = client.get(f"/files/{file.code}/")
    assert unquote(shut.headers["Location"]) == f"/files/{file.code}/old/"
    assert client.get(f"/files/{file.code}/plan/").status_code == 404
    page = text_of(client.get(f"/files/{file.code}/old/"))
    assert there.name in page
    assert "Вчера" not in page
    refused = text_of(client.post(f"/files/{file.code}/old/", {"reason": "court", "why": "Кратко."}))
    assert "20" in refused
    assert not ArchiveOpening.objects.exists()
    opened = client.post(f"/files/{file.code}/old/", {"reason": "court", "why": WHY}, follow=True)
    assert "Хронология" in text_of(opened)
    assert "Да има приятел" in text_of(client.get(f"/files/{file.code}/plan/"))
    seen = text_of(people.client_of(receiving).get(f"/files/{new.code}/"))
    assert WHY in seen
    letter = Message.objects.get(to_email=receiving.email)
    assert new.code in letter.body
    assert "Калина" not in letter.body + letter.subject
    entry = Entry.objects.get(deed="case.archive_consulted")
    assert (entry.subject, entry.ground) == (file.code, "court")
    with clock.at(clock.now() + dt.timedelta(hours=9)):
        assert people.client_of(user).get(f"/files/{file.code}/plan/").status_code == 404


def test_a_reading_is_told_to_whoever_leads_the_case_now_however_often_it_moved(file, there) -> None:
    old_head = make_ending.head_of(file.service)
    new = moved(file, there)
    far = make.service("LOV-98")
    last = actions.accept_transfer(make_ending.head_of(far), make_ending.offered(new, far))
    opened = actions.open_old_file(old_head, later(file), reason="complaint", why=WHY)
    assert actions.open_old_file(old_head, file, reason="complaint", why=WHY).pk == opened.pk
    assert last.events.filter(kind="archive").count() == 1
    assert not new.events.filter(kind="archive").exists()


def test_nobody_else_opens_the_archive_and_not_before_its_time(file, there) -> None:
    head = make_ending.head_of(file.service)
    moved(file, there)
    with pytest.raises(NotAllowed):
        actions.open_old_file(head, file, reason="court", why=WHY)
    old = later(file)
    for other in (make_ending.worker_of(file), make_ending.head_of(there)):
        with pytest.raises(NotAllowed):
            actions.open_old_file(other, old, reason="court", why=WHY)
    with pytest.raises(ActionRefused):
        actions.open_old_file(head, old, reason="curiosity", why=WHY)


def test_a_copy_for_the_person_is_given_from_the_old_file_only_while_it_is_open(file, there) -> None:
    head = make_ending.head_of(file.service)
    moved(file, there)
    old = later(file)
    asked = {"who": "person", "known_by": "лична карта", "asked_on": clock.today()}
    with pytest.raises(NotAllowed):
        actions.ask_for_copy(head, old, **asked)
    actions.open_old_file(head, old, reason="person", why=WHY)
    waiting = actions.ask_for_copy(head, old, **asked)
    for line in queries_copies.lines_of(waiting):
        actions.decide_attachment(head, waiting, line.attachment.pk, choice="as_is")
    assert actions.give_copy(head, waiting).content


def sealed(file) -> tuple[ClientFile, object]:
    """Sealed, and open to a head by two persons."""
    head = make_ending.head_of(file.service)
    actions.seal_file(head, file, kind="violence", why="Бащата ги търси.")
    kept = ClientFile.objects.get(pk=file.pk)
    asked = actions.ask_to_unseal(head, kept, why="За прехвърляне.")
    actions.answer_unsealing(make_ending.worker_of(file), asked, confirm=True)
    return kept, head


def test_a_sealed_file_is_offered_by_two_persons_and_nobody_hears_before(file, there) -> None:
    Person.objects.filter(pk=file.person_id).update(born=dt.date(2014, 2, 5))
    kept, head = sealed(file)
    stranger_to_it = make_ending.head_of(file.service)
    with pytest.raises(NotAllowed):
        make_ending.offered(kept, there, by=stranger_to_it)
    offered = make_ending.offered(kept, there, by=head)
    receiving = make.person_in(there, "service_manager")
    client = people.client_of(receiving)
    assert client.get(f"/files/transfers/{offered.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.accept_transfer(make.as_actor(receiving), offered)
    with pytest.raises(NotAllowed):
        actions.confirm_transfer(head, offered, confirm=True)
    second = people.client_of(file.lead)
    assert "предлага досието на друга услуга" in text_of(second.get(f"/files/{kept.code}/sealed/"))
    second.post(f"/files/{kept.code}/transfer/{offered.pk}/", {"do": "confirm"})
    page = text_of(client.get(f"/files/transfers/{offered.pk}/"))
    assert "Запечатано досие" in page
    assert "Калина" not in page
    assert re.search(r"Възраст.*?<dd[^>]*>\s*–", page, re.DOTALL)


def test_names_of_a_sealed_file_stay_sealed_there_and_are_opened_by_two(file, there) -> None:
    kept, head = sealed(file)
    offered = make_ending.offered(kept, there, by=head)
    actions.confirm_transfer(make_ending.worker_of(file), offered, confirm=True)
    new_head = make_ending.head_of(there)
    new = actions.accept_transfer(
        new_head, Transfer.objects.get(), lead=make.person_in(there, "case_manager")
    )
    assert new.sealed
    assert new.seal.kind == "violence"
    rows = Person.objects.filter(pk__in=[new.person_id, *new.relations.values_list("person_id", flat=True)])
    assert [(one.last_name, one.phone, one.sound_text) for one in rows] == [("", "", "")] * 3
    assert {one.first_name for one in rows} == {"Запечатано досие", "Близък 1", "Близък 2"}
    assert not queries.files_for(new_head).exists()
    asked = actions.ask_to_unseal(new_head, new, why="Приемаме детето.")
    actions.answer_unsealing(make.as_actor(new.lead), asked, confirm=True)
    assert queries.file_for(new_head, new.code).person.name == "Калина Измислена"
    assert {one.person.first_name for one in queries.family_of(new)} == {"Росица", "Пена"}


def test_the_second_person_may_say_no(file, there) -> None:
    kept, head = sealed(file)
    offered = make_ending.offered(kept, there, by=head)
    actions.confirm_transfer(make_ending.worker_of(file), offered, confirm=False)
    assert Transfer.objects.get().answered_at is not None
    assert ClientFile.objects.get(pk=file.pk).stage != stages.TRANSFERRED


def test_sealed_after_it_was_offered_it_waits_for_a_second_person(file, there) -> None:
    offered = make_ending.offered(file, there)
    actions.seal_file(make_ending.head_of(file.service), file, kind="other", why="Опасност.")
    fresh = Transfer.objects.select_related("file", "to").get(pk=offered.pk)
    assert not policies_ending.answer_transfer(make_ending.head_of(there), fresh)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row-level security")
def test_the_wall_shuts_the_old_file_and_opens_it_to_the_one_who_said_why(file, there) -> None:
    assert connection.vendor == "postgresql"
    head = make_ending.head_of(file.service)
    other = make_ending.head_of(file.service)
    with wall.behind(make_ending.head_of(there)):
        pass
    new = moved(file, there)
    with wall.behind(head):
        assert Event.objects.filter(file=file).exists()
        assert not ClientFile.objects.filter(pk=new.pk).exists()
    old = later(file)
    with wall.behind(head):
        assert ClientFile.objects.filter(pk=file.pk).exists()
        assert not Event.objects.filter(file=file).exists()
        assert not file.contracts.exists()
        assert not file.enclosures.exists()
        actions.open_old_file(head, old, reason="court", why=WHY)
    with wall.behind(head):
        assert Event.objects.filter(file=file).exists()
    with wall.behind(other):
        assert not Event.objects.filter(file=file).exists()
    with wall.behind(make.as_actor(new.lead)):
        assert new.events.filter(kind="archive").exists()
        assert new.arrival.code == file.code
        assert not ClientFile.objects.filter(pk=file.pk).exists()
        assert not ArchiveOpening.objects.exists()
