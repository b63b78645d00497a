"""The pages of long work."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opora.foundation.accounts.models import User
from opora.foundation.accounts.queries import actor_for
from opora.foundation.accounts.tests import make as people
from opora.foundation.jobs import actions
from opora.foundation.jobs.models import Job, State
from opora.foundation.jobs.tests import make
from opora.foundation.jobs.worker import run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return people.user("regional_coordinator", "BG/LOV")


def test_a_running_job_shows_how_far_it_is_and_refreshes_with_and_without_script(person: User) -> None:
    job = make.job(actor_for(person))
    actions.claim(job.pk, "w")
    actions.advance(job.pk, "w", done=340, total=1000, note="Луковит")
    page = people.client_of(person).get(reverse("jobs_job", args=[job.pk])).content.decode()
    assert 'value="340" max="1000"' in page
    assert "340 от 1\u202f000: Луковит" in page
    assert f'hx-get="/jobs/{job.pk}/progress/"' in page
    assert '<meta http-equiv="refresh"' in page
    assert "Спри работата" in page


def test_a_finished_job_gives_its_result_and_stops_refreshing(person: User) -> None:
    job = make.job(actor_for(person))
    run_worker(once=True)
    client = people.client_of(person)
    page = client.get(reverse("jobs_job", args=[job.pk])).content.decode()
    part = client.get(reverse("jobs_progress", args=[job.pk])).content.decode()
    for text in (page, part):
        assert "Преброени 3" in text
        assert '<a class="govuk-link" href="/jobs/">Виж</a>' in text
        assert "/progress/" not in text
    assert "http-equiv" not in page
    assert "<html" not in part


def test_a_failed_job_says_why(person: User) -> None:
    job = make.job(actor_for(person), "trial.refuse")
    run_worker(once=True)
    page = people.client_of(person).get(reverse("jobs_job", args=[job.pk])).content.decode()
    assert "Кръгът не е приключен." in page


def test_a_job_is_stopped_from_its_page(person: User) -> None:
    job = make.job(actor_for(person))
    client = people.client_of(person)
    answer = client.post(reverse("jobs_cancel", args=[job.pk]), follow=True)
    assert "Направеното дотук остава" in answer.content.decode()
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED
    again = client.post(reverse("jobs_cancel", args=[job.pk]), follow=True)
    assert "вече е приключила" in again.content.decode()
    assert client.get(reverse("jobs_cancel", args=[job.pk])).status_code == 405


def test_the_list_shows_ones_own_jobs(person: User) -> None:
    client = people.client_of(person)
    assert "Няма продължителни задачи" in client.get(reverse("jobs_list")).content.decode()
    make.job(actor_for(person))
    make.job()
    page = client.get(reverse("jobs_list")).content.decode()
    assert page.count("Пробна работа") == 1


@pytest.mark.parametrize("name", ["jobs_job", "jobs_progress", "jobs_cancel"])
@pytest.mark.parametrize("role", [role for role in people.ALL_ROLES if role != "national_admin"])
def test_another_persons_job_does_not_exist(role: str, name: str, person: User) -> None:
    address = reverse(name, args=[make.job(actor_for(person)).pk])
    client = people.client_for(role)
    answer = client.post(address) if name == "jobs_cancel" else client.get(address)
    assert answer.status_code == (302 if role == "public" else 404)
    if role == "public":
        assert "/accounts/" in answer.headers["Location"] or "login" in answer.headers["Location"]


def test_the_national_administrator_sees_the_programs_own_jobs(person: User) -> None:
    client = people.client_for("national_admin")
    assert client.get(reverse("jobs_job", args=[make.job().pk])).status_code == 200
    assert client.get(reverse("jobs_job", args=[make.job(actor_for(person)).pk])).status_code == 404
