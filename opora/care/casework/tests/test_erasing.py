"""Erasing by two persons (D7), and how long files are kept (D8), through HTTP and by the actions."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from opora.care.casework import actions, hanging, keeping, ledger, stages
from opora.care.casework.models import ClientFile, Erasure, Hold, Person
from opora.care.casework.tests import make
from opora.care.casework.tests.test_copies import full_file
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.store import place
from opora.foundation.drafts import unsent
from opora.foundation.drafts.models import Draft, Unsent
from opora.foundation.jobs.models import Job
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db
ASKED = {"ground": "unlawful", "document": "Решение № 7 от 20.11.2026"}


def period(**numbers):
    load_builtin_rules()
    for code, value in numbers.items():
        Rule.objects.filter(code=f"retention_{code}").update(value=str(value))


def asked(head, file, **more):
    people.client_of(head).post(f"/files/{file.code}/data/erase/", ASKED | more)
    return Erasure.objects.filter(code=file.code).first()


def rows_left(file) -> int:
    found = sum(one.rows(file).count() for one in hanging.hanging())
    return found + ClientFile.objects.filter(pk=file.pk).count()


def test_two_persons_with_a_ground_erase_every_row_attachment_and_draft(django_capture_on_commit_callbacks):
    file, worker, head = full_file()
    other = make.file(worker=worker, first_name="Друга")
    kept_rows = hanging.counted(other)
    stored = place(Attachment.objects.get().stored_as)
    for key in (f"note:{file.code}", f"note:{file.code}9"):
        Draft.objects.create(key=key, saved_at=clock.now())
    for page in (f"/files/{file.code}/review/", f"/files/{other.code}/review/"):
        words = unsent.Words(str(uuid.uuid4()), "a1", [("text", "Майката се обади.")], (), clock.now())
        unsent.keep(make.as_actor(worker), page, words)
    mine = [one.pk for one in hanging.people_of(file)]
    erasure = asked(head, file)
    expected = sum(hanging.counted(file).values())
    officer = people.user("dpo_auditor", "BG")
    officers = people.client_of(officer)
    page = officers.get(f"/files/protection/erasures/{erasure.pk}/").content.decode()
    assert "Решение № 7" in page
    assert "Калина" not in page
    with django_capture_on_commit_callbacks(execute=True):
        officers.post(f"/files/protection/erasures/{erasure.pk}/", {"do": "confirm"})
    assert rows_left(file) == 0
    assert not Person.objects.filter(pk__in=mine).exists()
    assert not Attachment.objects.exists()
    assert not stored.exists()
    assert list(Draft.objects.values_list("key", flat=True)) == [f"note:{file.code}9"]
    assert list(Unsent.objects.values_list("address", flat=True)) == [f"/files/{other.code}/review/"]
    assert hanging.counted(other) == kept_rows
    done = Erasure.objects.get()
    assert (done.rows, done.file, done.answered_by) == (expected, None, officer.name)
    entry = Entry.objects.get(deed="case.erased")
    assert (entry.kind, entry.subject, entry.ground) == ("delete", file.code, "unlawful")
    assert Job.objects.get().kind == "casework.sweep"
    assert [line.code for line in ledger.lines()][-1] == file.code


def test_one_person_alone_erases_nothing():
    file, worker, head = full_file()
    erasure = asked(head, file)
    where = f"/files/protection/erasures/{erasure.pk}/"
    people.client_of(head).post(where, {"do": "confirm"})
    assert people.client_of(worker).post(where, {"do": "confirm"}).status_code == 404
    away = make.person_in(make.service("LOV-18"), "service_manager")
    assert people.client_of(away).post(where, {"do": "confirm"}).status_code == 404
    erasure.refresh_from_db()
    assert erasure.answered_at is None
    assert ClientFile.objects.filter(pk=file.pk).exists()
    with pytest.raises(NotAllowed):
        actions.ask_to_erase(make.as_actor(worker), file, **ASKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(answered_by_id=head.pk)
    second = make.person_in(file.service, "service_manager")
    people.client_of(second).post(where, {"do": "refuse"})
    assert ClientFile.objects.filter(pk=file.pk).exists()
    assert Entry.objects.get(deed="case.erasure_refused").subject == file.code


def test_a_person_in_two_files_stays_in_the_other():
    file, _worker, head = full_file()
    other = make.file(make.service("LOV-18"))
    mother = file.relations.get().person
    other.relations.create(person=mother, kind="mother")
    erasure = asked(head, file)
    actions.answer_erasure(make.as_actor(people.user("dpo_auditor", "BG")), erasure, confirm=True)
    assert Person.objects.filter(pk=mother.pk).exists()
    assert other.relations.get().person_id == mother.pk


def test_an_older_database_put_back_is_erased_again_and_a_new_file_of_the_same_number_is_not():
    load_builtin_rules()
    file, _worker, head = full_file()
    erasure = asked(head, file)
    officer = make.as_actor(people.user("dpo_auditor", "BG"))
    moment = file.opened_at
    actions.answer_erasure(officer, erasure, confirm=True)
    back = make.file()
    ClientFile.objects.filter(pk=back.pk).update(code=file.code)
    assert actions.erase_again(officer) == [], "another file that was given the number"
    ClientFile.objects.filter(pk=back.pk).update(opened_at=moment)
    assert actions.erase_again(officer) == [file.code]
    assert rows_left(back) == 0
    assert Entry.objects.filter(deed="case.erased").last().details["again"] is True


def test_a_line_somebody_added_or_a_power_cut_broke_erases_nothing(settings, tmp_path):
    settings.HEADS_DIR = tmp_path
    file, other = make.file(), make.file()
    line = ledger.Line(file.code, file.opened_at)
    forged = f'{{"erased": "{line.text}", "mac": "{"0" * 64}"}}\n{{"era'
    (tmp_path / ledger.NAME).write_text(forged)
    assert list(ledger.lines()) == []
    ledger.add(ledger.Line(other.code, other.opened_at))
    assert [one.code for one in ledger.lines()] == [other.code]


def test_a_file_that_is_held_is_erased_on_no_ground_until_the_head_lifts_it():
    file, worker, head = full_file()
    people.client_of(worker).post(f"/files/{file.code}/data/hold/", {"why": "Дело № 12", "until": ""})
    assert asked(head, file) is None
    hold = Hold.objects.get()
    lift = f"/files/{file.code}/data/hold/{hold.pk}/lift/"
    assert people.client_of(worker).post(lift).status_code == 404
    assert people.client_of(head).post(lift).status_code == 302
    erasure = asked(head, file)
    actions.hold_file(make.as_actor(worker), file, why="Ново дело")
    with pytest.raises(ActionRefused, match="Ново дело"):
        actions.answer_erasure(make.as_actor(people.user("dpo_auditor", "BG")), erasure, confirm=True)
    assert ClientFile.objects.filter(pk=file.pk).exists()


def closed(file, day):
    file.stages.create(
        stage=stages.CLOSED, on=day, at=dt.datetime.combine(day, dt.time(9), dt.UTC), by="проба"
    )
    ClientFile.objects.filter(pk=file.pk).update(stage=stages.CLOSED)
    file.refresh_from_db()
    return file


def test_without_a_period_nothing_ends_and_the_head_is_reminded():
    period()
    file = closed(make.file(), dt.date(1950, 1, 1))
    head = make.person_in(file.service, "service_manager")
    assert not keeping.may_end(file, clock.today())
    assert asked(head, file, ground="retention") is None
    page = people.client_of(head).get("/files/protection/").content.decode()
    assert "1 закрито досие се пази без край" in page
    home = people.client_of(head).get("/").content.decode()
    assert "срокът за пазене не е зададен" in home


def test_what_the_rules_let_go_is_listed_and_still_takes_two_persons():
    period(after_closing=5)
    file = closed(make.file(), clock.today() - dt.timedelta(days=6 * 366))
    young = closed(make.file(), clock.today() - dt.timedelta(days=100))
    head = make.person_in(file.service, "service_manager")
    page = people.client_of(head).get("/files/protection/").content.decode()
    assert file.code in page
    assert young.code not in page
    assert asked(head, young, ground="retention") is None
    assert asked(head, file, ground="retention").answered_at is None
    assert ClientFile.objects.filter(pk=file.pk).exists()


def test_a_brothers_open_file_keeps_the_others_though_in_another_service():
    period(after_closing=1)
    old = closed(make.file(identifier=make.egn(dt.date(2014, 2, 5))), dt.date(2015, 1, 1))
    assert keeping.may_end(old, clock.today())
    sister = make.file(make.service("LOV-18"), first_name="Сестра")
    same = make.egn(dt.date(2014, 2, 5))
    brother = Person.objects.create(
        first_name="Калина",
        last_name="Измислена",
        sort_name="к",
        identifier_index=old.person.identifier_index,
    )
    assert same == old.person.identifier
    sister.relations.create(person=brother, kind="sibling")
    assert not keeping.may_end(old, clock.today())
    closed(sister, dt.date(2016, 1, 1))
    assert keeping.may_end(old, clock.today())


def test_death_is_recorded_with_a_ground_and_keeps_longer():
    period(after_closing=1, from_death=10)
    file = make.file()
    worker = people.client_of(file.lead)
    page = worker.post(f"/files/{file.code}/data/death/", {"on": "01.11.2026", "ground": ""})
    assert page.status_code == 200
    worker.post(f"/files/{file.code}/data/death/", {"on": "01.11.2026", "ground": "Наследствено дело № 3"})
    assert "Не търсете връзка с него" in worker.get(f"/files/{file.code}/").content.decode()
    closed(file, dt.date(2020, 1, 1))
    assert not keeping.may_end(file, clock.today())
    assert keeping.may_end(file, dt.date(2036, 11, 3))


def test_every_table_that_points_at_a_file_is_known_to_erasing():
    """A row that must have a file and would be left behind stops the erasure at its foreign key; none is forgotten."""
    known = {one.model for one in hanging.hanging()} | {ClientFile, Person}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and not field.null and field.related_model in known:
                assert model in known, f"{model._meta.label}.{field.name}"
