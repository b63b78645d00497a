"""Assessment and plan through HTTP, from the first domain to the head's approval."""

import datetime as dt
from urllib.parse import unquote

import pytest

from opora.care.casework import actions, stages
from opora.care.casework.models import Assessment, Goal, GoalMark, Plan
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    made = make.file()
    return actions.enter_stage(make.as_actor(made.lead), made, stages.INTAKE, on=dt.date.today())


@pytest.fixture
def worker(file):
    return people.client_of(file.lead)


@pytest.fixture
def head(file):
    return people.client_of(make.person_in(file.service, "service_manager"))


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def written(found: Assessment, **parts: dict) -> dict:
    """The whole form of an assessment as the page sends it; parts by domain over what stands."""
    sent = {}
    for part in found.parts.all():
        said = {"need": "0", "situation": "", "strengths": "", "source": "", "version": part.version}
        sent |= {
            f"{part.domain}-{name}": value for name, value in (said | parts.get(part.domain, {})).items()
        }
    return sent


def test_from_assessment_to_an_approved_plan(file, worker, head) -> None:
    address = f"/files/{file.code}"
    assert "Още няма оценка" in text_of(worker.get(f"{address}/assessment/"))
    worker.post(f"{address}/assessment/", {"do": "begin"})
    found = Assessment.objects.get()
    need = {"need": "3", "situation": "Не говори с други деца.", "source": "observation"}
    page = text_of(
        worker.post(
            f"{address}/assessment/", written(found, communication=need) | {"do": "save"}, follow=True
        )
    )
    assert "Оценката е записана" in page
    assert "логопед" in page
    page = text_of(
        worker.post(
            f"{address}/assessment/", written(found, communication=need) | {"do": "finish"}, follow=True
        )
    )
    assert "не е приключено" in page
    given = written(found, communication=need) | {"do": "finish", "present": ["child"]}
    assert "Започни план" in text_of(worker.post(f"{address}/assessment/", given, follow=True))
    page = text_of(worker.post(f"{address}/plan/", {"do": "begin"}, follow=True))
    assert "Направи цел: Общуване и език" in page
    page = text_of(worker.get(f"{address}/plan/new/communication/"))
    assert "Не говори с други деца." in page
    goal = {"domain": "communication", "title": "Да говори", "level_0": "Казва изречение.", "baseline": "-1", "weight": "1",
            "responsible": "Логопед", "due": "31.05.2027", "activities": "Логопед, два пъти седмично"}  # fmt: skip
    page = text_of(worker.post(f"{address}/plan/new/communication/", goal, follow=True))
    assert "Логопед, два пъти седмично" in page
    page = text_of(worker.post(f"{address}/plan/", {"do": "send"}))
    assert "кой от семейството участва" in page
    words = {"do": "send", "present": ["child", "mother"], "child_words": "Искам да пея."}
    assert "чака одобрение" in text_of(worker.post(f"{address}/plan/", words, follow=True))
    assert "Планът чака Вашето решение" not in text_of(worker.get(f"{address}/plan/"))
    page = text_of(head.get(f"{address}/plan/"))
    assert "Планът чака Вашето решение" in page
    assert "Искам да пея." in page
    assert "е одобрен" in text_of(head.post(f"{address}/plan/", {"do": "approve", "note": ""}, follow=True))
    pk = Goal.objects.get().pk
    page = text_of(
        worker.post(f"{address}/plan/goals/{pk}/mark/", {"level": "1", "on": "20.11.2026"}, follow=True)
    )
    assert "60,0" in page
    assert "постигната" in page


def test_a_colleagues_text_is_shown_and_ours_is_kept(file, worker) -> None:
    actor = make.as_actor(file.lead)
    found = actions.begin_assessment(actor, file)
    ours = written(found, health={"situation": "Моят текст."})
    part = found.parts.get(domain="health")
    actions.write_part(
        actor, part, {"need": 1, "situation": "Текст на колега.", "strengths": "", "source": ""}, version=1
    )
    page = text_of(worker.post(f"/files/{file.code}/assessment/", ours | {"do": "save"}))
    assert "Текст на колега." in page
    assert "Моят текст." in page
    assert Assessment.objects.get().parts.get(domain="health").situation == "Текст на колега."


def test_a_returned_plan_says_why_and_may_be_written_again(file, worker, head) -> None:
    actor = make.as_actor(file.lead)
    plan = make.plan(actor, file)
    goal = make.goal(actor, plan, "social")
    make.sent(actor, plan)
    address = f"/files/{file.code}/plan/"
    assert "какво да се промени" in text_of(head.post(address, {"do": "return", "note": ""}, follow=True))
    head.post(address, {"do": "return", "note": "Добавете говора."})
    page = text_of(worker.get(address))
    assert "Добавете говора." in page
    assert "Махни целта" in page
    assert "отпадна от плана" in text_of(worker.post(f"{address}goals/{goal.pk}/remove/", follow=True))
    assert not Goal.objects.exists()


def test_what_a_person_may_not_do_has_no_page(file, worker, head) -> None:
    actor = make.as_actor(file.lead)
    plan = make.approved(actor, make.as_actor(make.person_in(file.service, "service_manager")), file)
    goal = plan.goals.get()
    assert worker.get(f"/files/{file.code}/plan/goals/{goal.pk}/").status_code == 404
    assert worker.get(f"/files/{file.code}/plan/new/social/").status_code == 404
    assert worker.post(f"/files/{file.code}/plan/", {"do": "approve"}, follow=True).status_code == 200
    other = people.client_of(make.person_in(file.service, "case_manager"))
    for part in ("assessment/", "plan/", f"plan/goals/{goal.pk}/mark/"):
        assert other.get(f"/files/{file.code}/{part}").status_code == 404
    assert Plan.objects.get().state == Plan.APPROVED
    assert not GoalMark.objects.exists()


def test_the_number_of_a_file_stands_in_its_addresses(file, worker) -> None:
    page = text_of(worker.get(f"/files/{file.code}/"))
    assert f"/files/{file.code}/plan/" in unquote(page)
