"""A file goes to another service: who offers, who accepts, what goes along, when old access ends, nothing lost."""

import datetime as dt
import re

import pytest

from opora.care.casework import actions, queries, stages
from opora.care.casework.models import ClientFile, Event, Plan, Transfer
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
BORN = dt.date(2014, 2, 5)


@pytest.fixture
def there():
    return make.service("LOV-99")


@pytest.fixture
def file():
    number = make.egn(BORN)
    found = make_ending.at_work(make.file(identifier=number, identifier_kind="egn"))
    worker = make_ending.worker_of(found)
    note = actions.add_note(
        worker, found, kind="call", on=clock.today(), text="Вчера.", key="k", voice="Искам."
    )
    actions.correct_note(worker, note, text="Днес.")
    actions.mark_goal(worker, found.plans.get().goals.get(), on=clock.today(), level=1)
    return found


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_whole_way_through_the_pages(file, there) -> None:
    old_head = people.client_of(make.person_in(file.service, "service_manager"))
    new_head_user = make.person_in(there, "service_manager")
    new_worker = make.person_in(there, "case_manager")
    new_head = people.client_of(new_head_user)
    address = f"/files/{file.code}/transfer/?service=LOV-99"
    given = {
        "do": "offer", "to": "LOV-99", "parts": ["plan", "chronology"], "left_why": "Другото не се отнася до тях.", "why": "Семейството се мести.",
        "ends_on": f"{clock.today() + dt.timedelta(days=5):%d.%m.%Y}",
    }  # fmt: skip
    assert "чака отговор" in text_of(old_head.post(address, given, follow=True)).lower()
    pk = Transfer.objects.get().pk
    assert "предлага досие" in text_of(new_head.get("/"))
    page = text_of(new_head.get(f"/files/transfers/{pk}/"))
    assert "Калина Измислена" in page
    assert "Вчера." not in page
    page = text_of(
        new_head.post(f"/files/transfers/{pk}/", {"do": "accept", "lead": new_worker.pk}, follow=True)
    )
    new = Transfer.objects.get().made
    assert new is not None
    for words in (new.code, "Вчера.", "Днес.", "Приемане", new_worker.name):
        assert words in page
    plan = text_of(people.client_of(new_worker).get(f"/files/{new.code}/plan/"))
    assert "Да има приятел" in plan
    assert "60,0" in plan
    assert new_head.get(f"/files/transfers/{pk}/").status_code == 404


def test_no_day_ends_the_reading_of_the_old_team_unless_the_head_says_it(file, there) -> None:
    head = people.client_of(make.person_in(file.service, "service_manager"))
    make.person_in(there, "service_manager")
    address = f"/files/{file.code}/transfer/?service=LOV-99"
    field = re.search(r'<input[^>]*name="ends_on"[^>]*>', text_of(head.get(address)))
    assert field is not None
    assert 'value=""' in field.group()
    given = {"do": "offer", "to": "LOV-99", "parts": list(Transfer.WHOLE), "why": "Мести се.", "ends_on": ""}
    page = text_of(head.post(address, given))
    assert 'href="#id_ends_on"' in page
    assert "Мести се." in page
    assert not Transfer.objects.exists()


def test_the_old_team_reads_to_the_last_day_and_writes_no_more(file, there) -> None:
    offered = make_ending.offered(file, there)
    Transfer.objects.filter(pk=offered.pk).update(ends_on=clock.today() + dt.timedelta(days=3))
    actions.accept_transfer(make_ending.head_of(there), offered)
    client = people.client_of(file.lead)
    assert client.get(f"/files/{file.code}/").status_code == 200
    kept = ClientFile.objects.get(pk=file.pk)
    with pytest.raises(NotAllowed):
        actions.add_note(
            make_ending.worker_of(file), kept, kind="call", on=clock.today(), text="Още.", key="z"
        )
    with clock.at(clock.now() + dt.timedelta(days=4)):
        actor = make_ending.worker_of(file)
        assert not queries.files_for(actor).exists()


def test_the_new_service_never_reads_the_old_file_nor_the_old_one_the_new(file, there) -> None:
    new_head = make_ending.head_of(there)
    new = actions.accept_transfer(new_head, make_ending.offered(file, there))
    assert [one.code for one in queries.files_for(new_head)] == [new.code]
    old_head = make_ending.head_of(file.service)
    assert [one.code for one in queries.files_for(old_head)] == [file.code]


def test_nothing_is_lost_and_only_what_was_chosen_goes(file, there) -> None:
    before = {
        "events": Event.objects.filter(file=file).count(), "plans": file.plans.count(),
        "marks": file.plans.get().goals.get().marks.count(),
    }  # fmt: skip
    new = actions.accept_transfer(make_ending.head_of(there), make_ending.offered(file, there, ("family",)))
    assert not new.plans.exists()
    assert not new.assessments.exists()
    assert "Вчера." not in [event.text for event in new.events.all()]
    old = ClientFile.objects.get(pk=file.pk)
    assert old.stage == stages.TRANSFERRED
    assert old.events.exclude(stage=stages.TRANSFERRED).count() == before["events"]
    assert (old.plans.count(), old.plans.get().goals.get().marks.count()) == (
        before["plans"],
        before["marks"],
    )


def test_the_whole_history_is_the_same_in_the_new_file(file, there) -> None:
    old = [
        (e.kind, e.on, e.at, e.by, e.text, e.voice) for e in Event.objects.filter(file=file).order_by("id")
    ]
    new = actions.accept_transfer(
        make_ending.head_of(there), make_ending.offered(file, there, ("family", "plan", "chronology"))
    )
    copied = [(e.kind, e.on, e.at, e.by, e.text, e.voice) for e in new.events.order_by("id")]
    assert copied[: len(old)] == old
    corrected = new.events.get(kind="correction").corrects
    assert corrected is not None
    assert corrected.file_id == new.pk
    assert new.plans.get().state == Plan.APPROVED
    assert [mark.level for mark in new.plans.get().goals.get().marks.all()] == [1]
    assert new.assessments.get().parts.count() == 12
    assert (new.person.identifier, new.person_id != file.person_id) == (file.person.identifier, True)


def test_with_a_plan_goes_its_assessment(file, there) -> None:
    assert make_ending.offered(file, there, ("plan",)).parts == ["assessment", "plan"]


def test_a_refusal_says_why_and_leaves_the_file(file, there) -> None:
    offered = make_ending.offered(file, there)
    client = people.client_of(make.person_in(there, "service_manager"))
    page = text_of(client.post(f"/files/transfers/{offered.pk}/", {"do": "refuse", "why": ""}))
    assert "Напишете защо" in page
    client.post(f"/files/transfers/{offered.pk}/", {"do": "refuse", "why": "Нямаме свободно място."})
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert "Нямаме свободно място." in text_of(head.get(f"/files/{file.code}/transfer/"))
    assert ClientFile.objects.get().stage == stages.WORK


def test_nobody_accepts_a_file_without_somebody_who_leads_it(file, there) -> None:
    offered = make_ending.offered(file, there)
    head = people.client_of(make.person_in(there, "service_manager"))
    make.person_in(there, "case_manager")
    page = head.post(f"/files/transfers/{offered.pk}/", {"do": "accept", "lead": ""})
    assert page.status_code == 200
    assert "Изберете кой поема случая" in text_of(page)
    offered.refresh_from_db()
    assert offered.answered_at is None


def test_an_offer_is_taken_back_before_the_answer(file, there) -> None:
    offered = make_ending.offered(file, there)
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert "оттеглена" in text_of(
        head.post(f"/files/{file.code}/transfer/", {"do": "take_back"}, follow=True)
    )
    with pytest.raises(NotAllowed):
        actions.accept_transfer(make_ending.head_of(there), offered)


def test_who_may_offer_and_who_may_answer(file, there) -> None:
    with pytest.raises(NotAllowed):
        actions.offer_file(
            make_ending.worker_of(file), file, there, parts=Transfer.WHOLE, why="Защо.", ends_on=clock.today()
        )
    offered = make_ending.offered(file, there)
    for stranger in (make_ending.head_of(file.service), make.as_actor(make.person_in(there, "case_manager"))):
        with pytest.raises(NotAllowed):
            actions.accept_transfer(stranger, offered)
    with pytest.raises(ActionRefused, match="вече е помолена"):
        make_ending.offered(file, there)
    with pytest.raises(ActionRefused, match="помолена"):
        actions.close_file(make_ending.worker_of(file), file, make_ending.summary())


def test_an_offer_to_others_does_not_exist(file, there) -> None:
    offered = make_ending.offered(file, there)
    for role in (*people.ACCOUNT_ROLES, "public"):
        own = role in ("service_manager", "case_manager", "specialist")
        answer = people.client_for(role, file.path if own else None).get(f"/files/transfers/{offered.pk}/")
        assert answer.status_code == (302 if role == "public" else 404), role


def test_a_part_stays_behind_only_with_a_reason_that_the_other_head_reads(file, there) -> None:
    head = make_ending.head_of(file.service)
    with pytest.raises(ActionRefused, match="остава тук"):
        actions.offer_file(head, file, there, parts=["family"], why="Мести се.", ends_on=clock.today())
    offered = make_ending.offered(file, there, ("family", "chronology"), by=head)
    page = text_of(
        people.client_of(make.person_in(there, "service_manager")).get(f"/files/transfers/{offered.pk}/")
    )
    assert "Не се отнася до новата услуга." in page
