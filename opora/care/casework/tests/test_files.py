"""A file from first contact on: who sees it, what may follow, when its terms end."""

import datetime as dt

import pytest
import time_machine

from opora.care.casework import actions, queries, stages
from opora.care.casework.models import ClientFile, Event, Person
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
BORN = dt.date(2014, 2, 5)


def codes(user) -> set[str]:
    return {file.code for file in queries.files_for(make.as_actor(user))}


def test_a_file_opens_at_first_contact_with_a_number_a_lead_and_a_term() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC), tick=False):
        file = make.file()
    assert file.code == "Д-2026-001"
    assert file.stage == stages.CONTACT
    deadline = queries.next_deadline(file)
    assert deadline.rule == "preliminary_assessment_term"
    assert deadline.due.date() in (dt.date(2026, 11, 30), dt.date(2026, 11, 29))
    assert not deadline.verified
    assert [member.part for member in queries.team_of(file)] == ["lead"]
    assert Entry.objects.filter(deed="case.opened", subject=file.code).count() == 1


def test_a_worker_sees_only_the_files_they_work_on_and_the_head_all_of_the_service() -> None:
    place = make.service()
    one, other = make.person_in(place, "case_manager"), make.person_in(place, "case_manager")
    head, stranger = (
        make.person_in(place, "service_manager"),
        make.person_in(make.service("LOV-99"), "service_manager"),
    )
    mine, theirs = make.file(place, worker=one), make.file(place, worker=other)
    assert codes(one) == {mine.code}
    assert codes(other) == {theirs.code}
    assert codes(head) == {mine.code, theirs.code}
    assert codes(stranger) == set()


@pytest.mark.parametrize(
    "role", [r for r in people.ALL_ROLES if r not in ("service_manager", "case_manager", "specialist")]
)
def test_no_other_role_sees_a_file(role: str) -> None:
    file = make.file()
    if role == "public":
        assert queries.files_for(people.actor()).count() == 0
    else:
        scope = file.path if role == "external_specialist" else people.scope_of(role)
        assert codes(people.user(role, scope)) == set()


def test_access_ends_on_its_day_and_with_the_role() -> None:
    file = make.file()
    worker = file.lead
    member = file.members.get()
    member.since, member.until = dt.date(2020, 1, 1), dt.date.today() - dt.timedelta(days=1)
    member.save()
    assert codes(worker) == set()
    member.until = None
    member.save()
    assert codes(worker) == {file.code}
    worker.grants.all().delete()
    assert codes(worker) == set()


def test_handing_over_ends_the_access_of_the_lead_before() -> None:
    file = make.file()
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    old, new = file.lead, make.person_in(file.service, "case_manager")
    file.members.update(since=dt.date(2020, 1, 1))
    actions.hand_over(head, file, new, on=dt.date.today())
    assert codes(old) == set()
    assert codes(new) == {file.code}
    assert ClientFile.objects.get().lead == new
    assert new.name in Event.objects.first().text


def test_only_the_head_hands_over() -> None:
    file = make.file()
    with pytest.raises(NotAllowed):
        actions.hand_over(
            make.as_actor(file.lead), file, make.person_in(file.service, "case_manager"), on=dt.date.today()
        )


def test_a_file_is_opened_only_in_ones_own_service_and_not_for_tomorrow() -> None:
    worker = make.person_in(make.service(), "case_manager")
    with pytest.raises(NotAllowed):
        make.file(make.service("LOV-99"), worker=worker)
    with pytest.raises(ActionRefused, match="бъдещето"):
        make.file(worker=worker, wished_on=dt.date.today() + dt.timedelta(days=1))
    assert ClientFile.objects.count() == 0


def test_every_stage_leads_to_work_and_terms_are_met_by_doing_the_work() -> None:
    file = make.file(wished_on=dt.date(2026, 9, 1))
    actor = make.as_actor(file.lead)
    for stage in (
        stages.PRELIMINARY,
        stages.INTAKE,
        stages.ASSESSMENT,
        stages.PLAN,
        stages.CONTRACT,
        stages.WORK,
    ):
        file = actions.enter_stage(actor, file, stage, on=dt.date(2026, 9, 10))
    waiting = list(file.deadlines.waiting())
    assert [deadline.rule for deadline in waiting] == ["plan_review_interval"]
    assert waiting[0].due.date() == dt.date(2027, 3, 10)
    assert file.stages.first().stage == stages.WORK
    actions.enter_stage(actor, file, stages.REVIEW, on=dt.date(2026, 10, 1))
    assert not file.deadlines.waiting().exists()


def test_a_stage_that_does_not_follow_is_refused() -> None:
    file = make.file()
    with pytest.raises(ActionRefused, match="не може да следва"):
        actions.enter_stage(make.as_actor(file.lead), file, stages.CONTRACT, on=dt.date.today())


def test_closing_needs_a_reason_and_only_the_head_opens_again() -> None:
    file = make.file()
    actor, head = make.as_actor(file.lead), make.as_actor(make.person_in(file.service, "service_manager"))
    with pytest.raises(ActionRefused, match="Напишете защо"):
        actions.enter_stage(actor, file, stages.CLOSED, on=dt.date.today(), why=" ")
    file = actions.enter_stage(actor, file, stages.CLOSED, on=dt.date.today(), why="Семейството се премести.")
    assert not file.deadlines.waiting().exists()
    with pytest.raises(NotAllowed):
        actions.enter_stage(actor, file, stages.INTAKE, on=dt.date.today(), why="Върнаха се.")
    assert (
        actions.enter_stage(head, file, stages.INTAKE, on=dt.date.today(), why="Върнаха се.").stage
        == stages.INTAKE
    )


def test_an_identity_number_is_sealed_found_again_and_nowhere_in_clear() -> None:
    number = make.egn(BORN)
    file = make.file(identifier=number)
    person = Person.objects.get(pk=file.person_id)
    assert person.identifier == number
    assert number.encode() not in bytes(person.identifier_sealed)
    row = Person.objects.filter(pk=person.pk).values().get()
    assert number not in str({key: value for key, value in row.items() if key != "identifier_sealed"})
    found = queries.alike(
        make.as_actor(file.lead), first_name="Друга", last_name="Друга", born=None, identifier=number
    )
    assert [(one.file.code, one.exact, one.visible) for one in found] == [(file.code, True, True)]


@pytest.mark.parametrize(("first", "last"), [("Калина", "Измислена"), ("калина", "измеслена")])
def test_a_child_that_sounds_the_same_and_has_the_same_birthday_is_noticed(first: str, last: str) -> None:
    file = make.file()
    stranger = make.as_actor(make.person_in(make.service("LOV-99"), "case_manager"))
    found = queries.alike(stranger, first_name=first, last_name=last, born=BORN)
    assert [(one.file.code, one.visible) for one in found] == [(file.code, False)]
    assert queries.alike(stranger, first_name=first, last_name=last, born=dt.date(2015, 1, 1)) == []


@pytest.mark.parametrize("asked", ["Кал", "измисл", "Измеслена", "Д-2026", "0670600"])
def test_a_file_is_found_by_part_of_a_name_sound_number_or_telephone(asked: str) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC), tick=False):
        file = make.file(phone="0670600123")
        found = queries.listed(make.as_actor(file.lead), asked=asked, stage="all")
        assert [one.code for one in found] == [file.code]
        assert not queries.listed(make.as_actor(file.lead), asked="Щъркел", stage="all").exists()


@pytest.mark.parametrize(
    "asked", ["0888 111 222", "0888111222", "+359 888 111 222", "888111", "0888/111-222"]
)
@pytest.mark.parametrize("written", ["0888 111 222", "+359 888 111222"])
def test_a_parents_telephone_finds_the_child_however_it_is_written(asked: str, written: str) -> None:
    place = make.service()
    worker = make.person_in(place, "case_manager")
    file = make.file(
        place,
        worker=worker,
        parent={"kind": "mother", "first_name": "Росица", "last_name": "Измислена", "phone": written},
    )
    make.file(place, worker=worker, first_name="Явор", phone="0888 999 999")
    assert [one.code for one in queries.listed(make.as_actor(worker), asked=asked, stage="all")] == [
        file.code
    ]


def test_a_file_follows_its_service() -> None:
    file = make.file()
    actions.follow_service(file.path, "BG/LOV/LOV18/org:1/svc:LOV-17")
    assert ClientFile.objects.get().path == "BG/LOV/LOV18/org:1/svc:LOV-17"
