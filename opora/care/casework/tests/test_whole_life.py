"""The whole life of one file: three specialists, both parents, a crisis, a plan that fails and is changed, another service.

Read it from top to bottom: each step is what somebody does, in the order in which it would happen.
"""

import datetime as dt
import io
import re

import pypdf
import pytest

from opora.care.casework import actions, queries, stages
from opora.care.casework.actions.outside import Said
from opora.care.casework.models import ClientFile, Goal, Plan, Transfer
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.rules.actions import load_builtin_rules
from opora.register.models import Service

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BEGUN = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)
ASKED = (
    ("clinical", "Лилия Савова", "клиничен психолог", "Тъгува. Има нужда от сигурност.", 3),
    ("speech", "Павел Гочев", "логопед", "Говорът е за възрастта си.", 0),
    ("bones", "Тодор Стаменски", "ортопед", "Може да спортува.", 1),
)


class Life:
    """One child, the people around, and the day it is."""

    def __init__(self) -> None:
        load_builtin_rules()
        self.place, self.there = make.service(), make.service("LOV-99")
        self.worker_user = make.person_in(self.place, "case_manager")
        self.head_user = make.person_in(self.place, "service_manager")
        self.worker, self.head = make.as_actor(self.worker_user), make.as_actor(self.head_user)
        self.new_head_user = make.person_in(self.there, "service_manager")
        self.new_worker_user = make.person_in(self.there, "case_manager")
        self.code = ""

    @property
    def file(self) -> ClientFile:
        """As it stands now."""
        return ClientFile.objects.get(code=self.code)

    # given
    def a_mother_comes_with_her_child(self) -> None:
        parent = {
            "kind": "mother",
            "first_name": "Росица",
            "last_name": "Измислена",
            "phone": "0888 111 222",
            "decides": True,
        }
        made = make.file(
            self.place, worker=self.worker_user, parent=parent, identifier=make.egn(dt.date(2014, 2, 5))
        )
        self.code = made.code
        father = {"kind": "father", "first_name": "Стоян", "last_name": "Драганов", "decides": True}
        self.father = actions.add_relative(self.worker, made, father)
        self.mother = made.relations.get(kind="mother")
        actions.give_consent(
            self.worker, made, purpose="specialist", how="paper", since=clock.today(), giver=self.mother
        )
        said = {
            "present": ["child", "mother", "father"],
            "voice": "Искам да рисувам.",
            "family_voice": "Искаме помощ.",
        }
        actions.enter_stage(self.worker, made, stages.INTAKE, on=clock.today(), **said)

    # when
    def three_specialists_answer(self) -> None:
        assessment = actions.begin_assessment(self.worker, self.file)
        make.whole(self.worker, assessment)
        for key, name, profession, text, level in ASKED:
            request, _secret, _code = make.asked(
                self.file, key=key, name=name, profession=profession, email=f"{key}@example.bg"
            )
            actions.answer_request(request, Said(text, {"social": (level, "")}))
        actions.finish_assessment(self.worker, assessment, present=["child", "mother", "father"])

    def a_plan_is_agreed(self) -> None:
        plan = actions.begin_plan(self.worker, self.file)
        make.goal(self.worker, plan, "social")
        make.sent(self.worker, plan, present=["child", "mother", "father"])
        actions.decide_plan(self.head, plan, approve=True)
        contract = actions.set_contract(
            self.worker, self.file, make_ending.terms(starts_on=clock.today(), until=dt.date(2026, 12, 31))
        )
        actions.sign_contract(self.worker, contract, on=clock.today())
        if self.file.stage != stages.WORK:
            actions.enter_stage(self.worker, self.file, stages.WORK, on=clock.today())

    def somebody_calls_about_a_danger(self) -> None:
        file = self.file
        signal = actions.receive_signal(
            self.worker,
            file,
            source="school",
            whom="Класната",
            what="Детето не е прибрано.",
            received_at=clock.now(),
        )
        self.assert_clock(signal.received_at, signal.due)
        crisis = file.crises.get()
        with pytest.raises(ActionRefused):
            actions.close_crisis(self.worker, crisis, outcome="safe_home", closing="Рано.")
        step = actions.add_step(
            self.worker, crisis, kind="step", text="Посещение у дома", who=self.worker.name
        )
        actions.end_step(self.worker, step, done=True, result="Бабата го е взела.")
        actions.assess_signal(self.worker, signal, finding="Детето е при баба си.", danger="none")
        actions.set_risk(
            self.worker, file, file.person, level=2, why="Вечерите са без надзор.", factors={"for": ["смени"], "against": ["баба"]},
            review_on=clock.today() + dt.timedelta(days=14),
        )  # fmt: skip
        lines = {"sign": ["Вика"], "call": ["Баба"], "step": ["Излизам при съседката"]}
        actions.write_safety_plan(
            self.worker,
            file,
            lines=lines,
            agreed_with="детето",
            review_on=clock.today() + dt.timedelta(days=14),
        )
        actions.close_crisis(self.worker, crisis, outcome="safe_home", closing="Бабата взима детето в сряда.")

    def assert_clock(self, since: dt.datetime, due: dt.datetime | None) -> None:
        """Twenty-four hours by the clock (ЗЗДет 36г)."""
        assert due is not None
        assert due - since == dt.timedelta(hours=24)

    def the_plan_fails_and_is_changed(self) -> None:
        goal = Goal.objects.get(plan__file=self.file, plan__state=Plan.APPROVED)
        actions.mark_goal(self.worker, goal, on=clock.today(), level=-2, note="Не тръгна.")
        actions.hold_review(
            self.worker,
            self.file,
            make_ending.said(decision="change", why="Групата не е за него.", present=["child", "father"]),
        )
        plan = actions.begin_plan(self.worker, self.file)
        kept = plan.goals.get()
        make.goal(
            self.worker, plan, "social", title="Да рисува с още едно дете", goal=kept, version=kept.version
        )
        make.sent(self.worker, plan, present=["child", "father"])
        page = people.client_of(self.head_user).get(f"/files/{self.code}/plan/").content.decode()
        assert "Да рисува с още едно дете" in page
        assert "Различия" in page
        actions.decide_plan(self.head, plan, approve=True)

    def it_works(self) -> None:
        for level, days in ((-1, 30), (0, 60), (1, 90)):
            with clock.at(clock.now() + dt.timedelta(days=days)):
                goal = Goal.objects.get(plan__file=self.file, plan__state=Plan.APPROVED)
                actions.mark_goal(self.worker, goal, on=clock.today(), level=level)

    def the_family_moves(self) -> ClientFile:
        offered = actions.offer_file(
            self.head, self.file, self.there, parts=list(Transfer.WHOLE), why="Местят се.",
            ends_on=clock.today() + dt.timedelta(days=7),
        )  # fmt: skip
        return actions.accept_transfer(make.as_actor(self.new_head_user), offered, lead=self.new_worker_user)


@pytest.fixture
def life() -> Life:
    found = Life()
    with clock.at(BEGUN):
        found.a_mother_comes_with_her_child()
    with clock.at(BEGUN + dt.timedelta(days=10)):
        found.three_specialists_answer()
        found.a_plan_is_agreed()
    with clock.at(BEGUN + dt.timedelta(days=70)):
        found.somebody_calls_about_a_danger()
    with clock.at(BEGUN + dt.timedelta(days=120)):
        found.the_plan_fails_and_is_changed()
        found.it_works()
    return found


def test_from_first_contact_to_another_town(life: Life) -> None:
    plans = list(life.file.plans.order_by("number"))
    assert [plan.state for plan in plans] == [Plan.REPLACED, Plan.APPROVED]
    printed = whole_file(life)
    with clock.at(BEGUN + dt.timedelta(days=230)):
        new = life.the_family_moves()
    then_the_old_file_is_read_to_its_day(life)
    then_the_new_service_knows_what_it_must(life, new)
    then_every_step_is_in_the_audit(life)
    then_the_printed_file_tells_it_all(printed)


def whole_file(life: Life) -> list[str]:
    """The text of each sheet, for the service itself."""
    with clock.at(BEGUN + dt.timedelta(days=225)):
        answer = people.client_of(life.worker_user).post(f"/files/{life.code}/documents/file/pdf/?to=service")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def then_the_printed_file_tells_it_all(sheets: list[str]) -> None:
    text = re.sub(r"\s+", " ", " ".join(sheets))
    for _key, name, _profession, said, _level in ASKED:
        assert name in text
        assert said in text
    for words in (
        "Росица Измислена",
        "Стоян Драганов",
        "Искам да рисувам.",
        "Не тръгна",
        "Криза",
        "Да рисува с още едно дете",
    ):
        assert words in text, words
    assert all(
        f"{number} от {len(sheets)}" in re.sub(r"\s+", " ", sheet) for number, sheet in enumerate(sheets, 1)
    )


def then_the_old_file_is_read_to_its_day(life: Life) -> None:
    worker = people.client_of(life.worker_user)
    with clock.at(BEGUN + dt.timedelta(days=236)):
        assert worker.get(f"/files/{life.code}/").status_code == 200
    with clock.at(BEGUN + dt.timedelta(days=239)):
        assert people.client_of(life.worker_user).get(f"/files/{life.code}/").status_code == 404


def then_the_new_service_knows_what_it_must(life: Life, new: ClientFile) -> None:
    with clock.at(BEGUN + dt.timedelta(days=231)):
        client = people.client_of(life.new_worker_user)
        page = client.get(f"/files/{new.code}/").content.decode()
        assert "Искам да рисувам." in page
        assert client.get(f"/files/{life.code}/").status_code == 404
        assert {one.person.first_name for one in queries.family_of(new)} == {"Росица", "Стоян"}
    assert new.stage == stages.INTAKE or ClientFile.objects.get(pk=new.pk).stage == stages.INTAKE
    assert Service.objects.get(pk=new.service_id) == life.there


def then_every_step_is_in_the_audit(life: Life) -> None:
    deeds = set(Entry.objects.filter(subject=life.code).values_list("deed", flat=True))
    assert deeds >= {
        "case.opened", "case.stage", "case.consent_given", "case.signal_received", "case.crisis_closed", "case.risk_set",
        "case.reviewed", "case.contract_signed", "case.transferred", "case.read",
    }  # fmt: skip
    assert not Entry.objects.filter(subject=life.code, details_text__contains="Измислена").exists()
