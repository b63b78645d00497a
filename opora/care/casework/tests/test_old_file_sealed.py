"""A sealed file that went to another service is read with a reason and by two persons, one of them the head."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from opora.care.casework import actions, policies, queries, wall
from opora.care.casework.models import ArchiveOpening, ClientFile, Event
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
WHY = "Съдът поиска препис от плана за дело № 12."
SAID = {"reason": "court", "why": WHY}


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def old():
    """Sealed, handed over, and the days in which its former team read it are over. Its head and its lead are kept beside."""
    there = make.service("LOV-99")
    there.name = "Център Другаде"
    there.save()
    file = make_ending.at_work()
    head, lead = make_ending.head_of(file.service), file.lead
    actions.seal_file(head, file, kind="violence", why="Бащата ги търси.")
    kept = ClientFile.objects.get(pk=file.pk)
    asked = actions.ask_to_unseal(head, kept, why="За прехвърляне.")
    actions.answer_unsealing(make.as_actor(lead), asked, confirm=True)
    offered = make_ending.offered(kept, there, by=head)
    actions.confirm_transfer(make.as_actor(lead), offered, confirm=True)
    receiving = make.person_in(there, "service_manager")
    new = actions.accept_transfer(
        make.as_actor(receiving), type(offered).objects.get(), lead=make.person_in(there, "case_manager")
    )
    yesterday = clock.today() - dt.timedelta(days=1)
    ClientFile.objects.filter(pk=file.pk).update(read_until=yesterday)
    kept.members.update(since=yesterday, until=yesterday)
    kept.seal_openings.update(until=clock.now(), confirmed_at=clock.now() - dt.timedelta(hours=1))
    found = ClientFile.objects.select_related("service", "person").get(pk=file.pk)
    found.now_at, found.head, found.worker, found.receiving = new, head, lead, receiving
    return found


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def test_one_person_opens_nothing_and_the_second_is_written_to(old):
    asked = actions.open_old_file(old.head, old, **SAID)
    assert asked.opened_at is None
    assert actions.open_old_file(old.head, old, **SAID).pk == asked.pk
    assert not queries.files_for(old.head).filter(pk=old.pk).exists()
    assert not policies.read_file(old.head, old)
    assert not old.now_at.events.filter(kind="archive").exists()
    letters = Message.objects.filter(key__startswith="archive-asked:")
    told = {one.to_email for one in letters}
    assert old.worker.email in told
    assert user_of(old.head).email not in told
    for letter in letters:
        assert old.code in letter.body
        for word in ("Калина", "Измислена", WHY, old.now_at.code, old.now_at.service.name):
            assert word not in letter.body + letter.subject


def test_two_persons_open_it_to_the_first_for_a_time_and_the_new_service_hears(old):
    asked = actions.open_old_file(old.head, old, **SAID)
    worker = make.as_actor(old.worker)
    opened = actions.answer_old_file(worker, asked, confirm=True)
    assert queries.file_for(old.head, old.code).person.name == "Калина Измислена"
    assert policies.read_file(old.head, old)
    assert not queries.files_for(worker).filter(pk=old.pk).exists()
    assert old.now_at.events.filter(kind="archive").count() == 1
    entry = Entry.objects.get(deed="case.archive_consulted")
    assert (entry.ground, entry.details["to"]) == ("court", old.head.user_id)
    with pytest.raises(ActionRefused):
        actions.answer_old_file(worker, asked, confirm=True)
    with clock.at(opened.until):
        assert not queries.files_for(old.head).filter(pk=old.pk).exists()
        assert not policies.read_file(old.head, old)


def test_who_may_be_the_second(old):
    asked = actions.open_old_file(old.head, old, **SAID)
    colleague = make.as_actor(make.person_in(old.service, "case_manager"))
    for nobody in (old.head, colleague, make.as_actor(old.receiving), make.as_actor(old.now_at.lead)):
        with pytest.raises(NotAllowed):
            actions.answer_old_file(nobody, asked, confirm=True)
    with pytest.raises(NotAllowed):
        actions.open_old_file(make.as_actor(old.worker), old, **SAID)
    other_head = make_ending.head_of(old.service)
    assert actions.answer_old_file(other_head, asked, confirm=True).opened_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveOpening.objects.filter(pk=asked.pk).update(answered_by_id=old.head.user_id)


def test_a_request_lives_for_a_day_and_may_be_refused(old):
    asked = actions.open_old_file(old.head, old, **SAID)
    worker = make.as_actor(old.worker)
    with clock.at(clock.now() + dt.timedelta(days=1, seconds=1)), pytest.raises(ActionRefused):
        actions.answer_old_file(worker, asked, confirm=True)
    actions.answer_old_file(worker, asked, confirm=False)
    assert not queries.files_for(old.head).filter(pk=old.pk).exists()
    assert actions.open_old_file(old.head, old, **SAID).pk != asked.pk


def test_the_seal_alone_is_no_way_in(old):
    with pytest.raises(NotAllowed):
        actions.ask_to_unseal(old.head, old, why="Бързам.")


def test_pages_of_both(old):
    first, second = (people.client_of(one) for one in (user_of(old.head), old.worker))
    stranger = people.client_of(make.person_in(old.service, "case_manager"))
    where = f"/files/{old.code}/old/"
    assert second.get(where).status_code == 404
    page = first.get(f"/files/{old.code}/", follow=True).content.decode()
    assert "друг човек потвърди причината" in page
    assert "Калина" not in page
    said = first.post(where, SAID, follow=True).content.decode()
    assert "Искането Ви чака друг човек" in said
    asked = ArchiveOpening.objects.get()
    cover = second.get(f"/files/{old.code}/", follow=True).content.decode()
    assert WHY in cover
    for word in ("Калина", old.now_at.service.name, "Отворете старото досие"):
        assert word not in cover
    assert second.post(where, SAID).status_code == 404
    assert stranger.get(where).status_code == 404
    for nobody in (first, stranger):
        assert nobody.post(f"{where}{asked.pk}/", {"do": "confirm"}).status_code == 404
    assert second.post(f"{where}{asked.pk}/", {"do": "confirm"}).status_code == 302
    assert "Калина Измислена" in first.get(f"/files/{old.code}/").content.decode()
    assert second.get(f"/files/{old.code}/").status_code == 404
    lines = first.get(where).content.decode()
    assert f"потвърдено от {old.worker.name}" in lines


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row-level security")
def test_the_wall_opens_it_to_the_first_only_when_the_second_confirmed(old):
    assert connection.vendor == "postgresql"
    with wall.behind(old.head):
        asked = actions.open_old_file(old.head, old, **SAID)
    with wall.behind(old.head):
        assert not Event.objects.filter(file=old).exists()
    worker = make.as_actor(old.worker)
    with wall.behind(worker):
        actions.answer_old_file(worker, asked, confirm=True)
    with wall.behind(worker):
        assert not Event.objects.filter(file=old).exists()
    with wall.behind(old.head):
        assert Event.objects.filter(file=old).exists()
