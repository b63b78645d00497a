"""Long work: done once, told as it goes, stopped when asked, taken up where a dead worker left it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
import time_machine
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opora.foundation.accounts.queries import actor_for
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.jobs import actions, queries
from opora.foundation.jobs.models import Job, State
from opora.foundation.jobs.progress import LeaseLost, Progress
from opora.foundation.jobs.running import carry_out
from opora.foundation.jobs.tests import make
from opora.foundation.jobs.worker import run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seen() -> Iterator[list[int]]:
    make.SEEN.clear()
    yield make.SEEN
    make.SEEN.clear()


def _later(seconds: float = 60) -> time_machine.travel:
    return time_machine.travel(clock.now() + dt.timedelta(seconds=seconds))


def test_a_job_is_done_and_tells_its_result(seen: list[int]) -> None:
    started = make.job(to=4)
    assert (started.state, started.done) == (State.WAITING, 0)
    run_worker(once=True)
    done = Job.objects.get(pk=started.pk)
    assert (done.state, done.done, done.total, done.note) == (State.DONE, 4, 4, "Стъпка 4")
    assert done.result == {"text": "Преброени 4", "url": "/jobs/", "link": "Виж"}
    assert done.finished_at is not None
    assert seen == [1, 2, 3, 4]
    run_worker(once=True)
    assert seen == [1, 2, 3, 4]


def test_starting_is_noted_in_the_audit() -> None:
    actor = people.actor("regional_coordinator")
    started = make.job(actor)
    entry = Entry.objects.get(deed="job.started")
    assert entry.actor_id == actor.user_id
    assert entry.subject == f"trial.count № {started.pk}"


def test_an_unknown_kind_cannot_be_started() -> None:
    with pytest.raises(LookupError, match=r"trial\.unknown"):
        make.job(kind="trial.unknown")


def test_the_same_request_twice_is_one_job(seen: list[int]) -> None:
    first, second = make.job(key="form-1"), make.job(key="form-1")
    assert first.pk == second.pk
    assert make.job(key="form-2").pk != first.pk
    assert make.job().pk != make.job().pk
    run_worker(once=True)
    assert make.job(key="form-1").pk == first.pk
    assert seen == [1, 2, 3] * 4


def test_work_refused_says_why() -> None:
    started = make.job(kind="trial.refuse")
    run_worker(once=True)
    failed = Job.objects.get(pk=started.pk)
    assert (failed.state, failed.error) == (State.FAILED, "Кръгът не е приключен.")


def test_a_fault_is_told_without_its_inside_and_kept_for_the_operator() -> None:
    started = make.job(kind="trial.break")
    run_worker(once=True)
    failed = Job.objects.get(pk=started.pk)
    assert failed.state == State.FAILED
    assert str(started.pk) in failed.error
    assert "ZeroDivision" not in failed.error
    task = DBTaskResult.objects.get(pk=failed.task_id)
    assert task.status == TaskResultStatus.FAILED
    assert "ZeroDivisionError" in task.traceback


def test_a_waiting_job_is_cancelled_at_once(seen: list[int]) -> None:
    actor = people.actor("regional_coordinator")
    started = make.job(actor)
    actions.cancel(actor, started)
    run_worker(once=True)
    assert Job.objects.get(pk=started.pk).state == State.CANCELLED
    assert seen == []
    with pytest.raises(ActionRefused):
        actions.cancel(actor, started)


def test_a_running_job_stops_at_its_next_step_and_keeps_what_it_did(seen: list[int]) -> None:
    started = make.job(kind="trial.stop")
    run_worker(once=True)
    stopped = Job.objects.get(pk=started.pk)
    assert (stopped.state, stopped.done, stopped.mark) == (State.CANCELLED, 1, 1)
    assert seen == [1]


def test_nobody_stops_another_persons_job() -> None:
    started = make.job(people.actor("regional_coordinator"))
    with pytest.raises(NotAllowed):
        actions.cancel(people.actor("regional_coordinator"), started)
    with pytest.raises(NotAllowed):
        actions.cancel(people.actor("national_admin"), started)


def test_a_job_of_a_dead_worker_goes_on_from_its_mark(seen: list[int]) -> None:
    started = make.job(to=5)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    claimed = actions.claim(started.pk, "dead")
    assert claimed is not None
    assert actions.advance(started.pk, "dead", mark=3, done=3)
    run_worker(once=True)
    assert Job.objects.get(pk=started.pk).state == State.RUNNING
    with _later():
        run_worker(once=True)
    assert Job.objects.get(pk=started.pk).state == State.DONE
    assert seen == [4, 5]


def test_a_job_whose_call_was_lost_is_called_again(seen: list[int]) -> None:
    """The worker died between taking the call from the queue and taking the job."""
    started = make.job()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    with _later():
        assert actions.rescue() == 1
        assert actions.rescue() == 0
        run_worker(once=True)
    assert Job.objects.get(pk=started.pk).state == State.DONE


def test_a_job_that_waits_long_in_a_full_queue_is_not_called_twice() -> None:
    make.job()
    with _later():
        assert actions.rescue() == 0
    assert DBTaskResult.objects.count() == 1


def test_a_job_under_a_lease_is_left_alone(seen: list[int]) -> None:
    started = make.job()
    actions.claim(started.pk, "alive")
    assert actions.claim(started.pk, "another") is None
    carry_out(started.pk)
    assert seen == []
    assert actions.keep(started.pk, "alive")
    assert not actions.keep(started.pk, "another")


def test_a_worker_that_lost_its_job_writes_nothing() -> None:
    """Its transaction is rolled back whole, with what it did to the job in between."""
    started = make.job(kind="trial.lose")
    run_worker(once=True)
    left = Job.objects.get(pk=started.pk)
    assert (left.mark, left.note, left.done) == (None, "", 0)
    assert left.state == State.RUNNING


def test_a_late_worker_cannot_step_nor_finish() -> None:
    started = make.job()
    late = actions.claim(started.pk, "late")
    assert late is not None
    progress = Progress(late)
    with _later():
        assert actions.claim(started.pk, "new") is not None
    with pytest.raises(LeaseLost):
        progress.total(3)
    with pytest.raises(LeaseLost):
        progress.check_cancelled()
    assert not actions.finish(started.pk, "late", State.DONE)


def test_a_job_that_kills_every_worker_is_given_up() -> None:
    started = make.job()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    for number in range(actions.ATTEMPTS):
        with _later(60 * (number + 1)):
            assert actions.claim(started.pk, f"victim {number}") is not None
    with _later(60 * 60):
        assert actions.rescue() == 0
    given_up = Job.objects.get(pk=started.pk)
    assert given_up.state == State.FAILED
    assert "5 пъти" in given_up.error


def test_work_runs_as_its_owner_with_the_roles_held_now() -> None:
    person = people.user("regional_coordinator", "BG/LOV")
    claimed = actions.claim(make.job(actor_for(person)).pk, "me")
    assert claimed is not None
    assert Progress(claimed).actor.roles == ("regional_coordinator",)
    person.is_active = False
    person.save()
    assert not Progress(claimed).actor.signed_in


def test_the_worker_ends_when_told_and_does_the_periodic_work() -> None:
    event, calls = threading.Event(), []

    def between() -> None:
        calls.append(1)
        if len(calls) == 3:
            event.set()
        raise ZeroDivisionError

    run_worker(stop_event=event, between=between, pause=0.001)
    assert len(calls) == 3


def test_a_worker_that_ends_gives_its_job_back(seen: list[int]) -> None:
    started = make.job(kind="trial.end")
    make.END.clear()
    run_worker(stop_event=make.END)
    given_back = Job.objects.get(pk=started.pk)
    assert (given_back.state, given_back.mark, given_back.finished_at) == (State.WAITING, 1, None)
    run_worker(once=True)
    assert Job.objects.get(pk=started.pk).state == State.DONE
    assert seen == [1, 2, 3]


def test_the_queue_forgets_what_it_handed_out() -> None:
    make.job()
    run_worker(once=True)
    assert actions.tidy() == 0
    with _later(8 * 24 * 3600):
        assert actions.tidy() == 1
    assert Job.objects.count() == 1


def test_everybody_sees_their_own_jobs() -> None:
    first, second = people.actor("regional_coordinator"), people.actor("municipality_expert")
    mine, other, programs = make.job(first), make.job(second), make.job()
    assert list(queries.jobs_for(first)) == [mine]
    assert queries.running_for(second) == 1
    assert queries.job_for(second, other.pk) == other
    with pytest.raises(Job.DoesNotExist):
        queries.job_for(first, other.pk)
    assert list(queries.jobs_for(people.actor("national_admin"))) == [programs]
    assert list(queries.jobs_for(people.actor("public"))) == []
