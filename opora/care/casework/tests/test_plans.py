"""From assessment to plan to attainment: who may, what stands, what is refused, what is carried over."""

import datetime as dt

import pytest

from opora.care.casework import actions, plan_view, queries, queries_work, stages
from opora.care.casework.domains import DOMAINS
from opora.care.casework.models import Assessment, ClientFile, Goal, Plan
from opora.care.casework.plan_view import PlanView
from opora.care.casework.tests import make
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed

pytestmark = pytest.mark.django_db
PART = {"need": 3, "situation": "Не говори с други деца.", "strengths": "Рисува.", "source": "observation"}


@pytest.fixture
def file():
    made = make.file()
    return actions.enter_stage(make.as_actor(made.lead), made, stages.INTAKE, on=dt.date.today())


@pytest.fixture
def worker(file):
    return make.as_actor(file.lead)


@pytest.fixture
def head(file):
    return make.as_actor(make.person_in(file.service, "service_manager"))


def test_an_assessment_begins_with_twelve_domains_and_moves_the_file(file, worker) -> None:
    found = actions.begin_assessment(worker, file)
    assert [part.domain for part in found.parts.all()] == list(DOMAINS)
    assert len(DOMAINS) == 12
    assert ClientFile.objects.get(pk=file.pk).stage == stages.ASSESSMENT
    assert actions.begin_assessment(worker, file) == found


def test_a_part_has_its_author_and_a_colleagues_newer_text_is_not_overwritten(file, worker, head) -> None:
    part = actions.begin_assessment(worker, file).parts.get(domain="social")
    kept = actions.write_part(worker, part, PART, version=1)
    assert (kept.by, kept.profession, kept.version) == (worker.name, "социален работник", 2)
    with pytest.raises(Clash) as clash:
        actions.write_part(head, part, PART | {"situation": "Друго."}, version=1)
    assert clash.value.theirs.situation == PART["situation"]
    assert actions.write_part(head, part, PART, version=1).by == worker.name  # nothing new: no author changes


def test_an_assessment_is_finished_only_whole_and_with_the_family_or_a_reason(file, worker) -> None:
    found = actions.begin_assessment(worker, file)
    with pytest.raises(ActionRefused, match="Липсва степен на потребност: Здраве, "):
        actions.finish_assessment(worker, found, present=["child"])
    make.whole(worker, found)
    with pytest.raises(ActionRefused, match="кой от семейството"):
        actions.finish_assessment(worker, found)
    done = actions.finish_assessment(worker, found, absent_why="Майката е в болница.")
    assert not done.is_open
    with pytest.raises(ActionRefused, match="приключена"):
        actions.write_part(worker, done.parts.first(), PART, version=2)


def test_a_plan_needs_a_finished_assessment_and_offers_its_needs(file, worker) -> None:
    with pytest.raises(ActionRefused, match="Първо приключете"):
        actions.begin_plan(worker, file)
    plan = make.plan(worker, file)
    assert [part.domain for part in PlanView(worker, plan).offered] == ["social", "communication"]
    make.goal(worker, plan, "social")
    assert [part.domain for part in PlanView(worker, queries.plan_of(worker, file)).offered] == [
        "communication"
    ]


def test_a_goal_says_how_it_will_be_seen_and_takes_the_words_of_the_need(file, worker) -> None:
    plan = make.plan(worker, file)
    with pytest.raises(ActionRefused, match="по какво ще личи"):
        make.goal(worker, plan, "social", expected=" ")
    goal = make.goal(worker, plan, "social")
    assert goal.need == PART["situation"]
    with pytest.raises(Clash):
        make.goal(worker, plan, "social", goal=goal, version=goal.version + 1)
    assert make.goal(worker, plan, "social", goal=goal, version=goal.version, title="Друга").title == "Друга"
    assert [activity.text for activity in goal.activities.all()] == ["Група по рисуване, всяка седмица"]


def test_a_plan_goes_to_the_head_who_approves_or_returns_it_with_a_reason(file, worker, head) -> None:
    plan = make.plan(worker, file)
    with pytest.raises(ActionRefused, match="още няма цел"):
        make.sent(worker, plan)
    make.goal(worker, plan, "social")
    with pytest.raises(ActionRefused, match="кой от семейството"):
        make.sent(worker, plan, present=[])
    make.sent(worker, plan)
    (waits,) = queries_work.to_decide(head, queries_work.open_files(head))
    assert (waits.code, waits.plan) == (file.code, plan.number)
    assert queries_work.to_decide(worker, queries_work.open_files(worker)) == []
    with pytest.raises(NotAllowed):
        actions.decide_plan(worker, plan, approve=True)
    with pytest.raises(ActionRefused, match="какво да се промени"):
        actions.decide_plan(head, plan, approve=False)
    assert actions.decide_plan(head, plan, approve=False, note="Добавете говора.").state == Plan.RETURNED
    make.goal(worker, plan, "communication")
    make.sent(worker, plan)
    assert actions.decide_plan(head, plan, approve=True).state == Plan.APPROVED
    with pytest.raises(ActionRefused, match="не се променя"):
        make.goal(worker, plan, "health")


def test_a_new_plan_takes_over_the_goals_and_the_head_sees_what_differs(file, worker, head) -> None:
    first = make.approved(worker, head, file)
    second = actions.begin_plan(worker, file)
    assert [goal.title for goal in second.goals.all()] == [goal.title for goal in first.goals.all()]
    copy = second.goals.first()
    make.goal(
        worker, second, "social", goal=copy, version=copy.version, title="Да има приятел и извън центъра"
    )
    make.goal(worker, second, "communication")
    make.sent(worker, second)
    found = PlanView(head, queries.plan_of(head, file)).differences
    assert [kind for kind, _text in found] == ["Променена цел", "Нова цел"]
    assert "цел" in found[0][1]
    actions.decide_plan(head, second, approve=True)
    assert Plan.objects.get(pk=first.pk).state == Plan.REPLACED


def test_a_reached_goal_is_not_carried_on_and_others_begin_where_they_stand(file, worker, head) -> None:
    first = make.approved(worker, head, file)
    reached = first.goals.first()
    actions.mark_goal(worker, reached, on=dt.date.today(), level=1)
    second = actions.begin_plan(worker, file)
    assert not second.goals.exists()
    assert queries.reached_goals(file) == [reached.title]
    going = make.goal(worker, second, "social", title="Друга цел")
    make.sent(worker, second)
    assert ("Постигната цел", reached.title) in PlanView(head, queries.plan_of(head, file)).differences
    actions.decide_plan(head, second, approve=True)
    actions.mark_goal(worker, Goal.objects.get(pk=going.pk), on=dt.date.today(), level=-2)
    third = actions.begin_plan(worker, file)
    assert [(goal.title, goal.baseline) for goal in third.goals.all()] == [("Друга цел", -2)]


def test_a_draft_nobody_was_sent_may_be_thrown_away(file, worker, head) -> None:
    make.approved(worker, head, file)
    second = actions.begin_plan(worker, file)
    actions.drop_plan(worker, second)
    assert [plan.number for plan in file.plans.all()] == [1]
    again = actions.begin_plan(worker, file)
    make.sent(worker, again)
    actions.decide_plan(head, again, approve=False, note="Добавете говора.")
    with pytest.raises(ActionRefused, match="остава в досието"):
        actions.drop_plan(worker, again)
    other = make.as_actor(make.person_in(file.service, "case_manager"))
    with pytest.raises(NotAllowed):
        actions.drop_plan(other, again)


def test_a_goal_left_out_is_a_difference(file, worker, head) -> None:
    make.approved(worker, head, file)
    second = actions.begin_plan(worker, file)
    actions.remove_goal(worker, second.goals.first())
    assert [kind for kind, _text in PlanView(head, queries.plan_of(head, file)).differences] == [
        "Отпаднала цел"
    ]


def test_attainment_follows_the_newest_marks(file, worker, head) -> None:
    plan = make.approved(worker, head, file)
    assert PlanView(worker, plan).attainment is None
    goal = plan.goals.first()
    for day, level in ((1, 0), (2, 1)):
        actions.mark_goal(worker, goal, on=dt.date(2026, 11, day), level=level)
    view = PlanView(worker, queries.plan_of(worker, file))
    assert (view.attainment["t"], view.attainment["before"]) == ("60,0", "40,0")
    assert view.goals[0].way == "−1 → 0 → +1"
    assert view.picture is not None


@pytest.mark.parametrize("level", [-3, 3])
def test_a_mark_off_the_scale_or_of_a_draft_is_refused(file, worker, head, level) -> None:
    plan = make.plan(worker, file)
    goal = make.goal(worker, plan, "social")
    with pytest.raises(ActionRefused, match="одобрения план"):
        actions.mark_goal(worker, goal, on=dt.date.today(), level=0)
    make.sent(worker, plan)
    actions.decide_plan(head, plan, approve=True)
    with pytest.raises(ActionRefused, match="петте степени"):
        actions.mark_goal(worker, Goal.objects.get(pk=goal.pk), on=dt.date.today(), level=level)


def test_whoever_does_not_work_on_the_file_writes_and_reads_nothing(file, worker, head) -> None:
    plan = make.approved(worker, head, file)
    other = make.as_actor(make.person_in(file.service, "specialist"))
    for deed in (
        lambda: actions.begin_assessment(other, file),
        lambda: actions.begin_plan(other, file),
        lambda: actions.write_part(other, Assessment.objects.get().parts.first(), PART, version=2),
        lambda: actions.mark_goal(other, plan.goals.first(), on=dt.date.today(), level=0),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert queries.assessment_of(other, file) is None
    assert queries.plan_of(other, file) is None


@pytest.mark.parametrize(
    ("baseline", "level", "words"),
    [
        (-1, None, "още не е отбелязана"),
        (-1, -2, "под началното ниво"),
        (-1, -1, "без промяна"),
        (-2, -1, "в ход"),
        (-1, 0, "постигната"),
    ],
)
def test_a_goal_that_went_back_is_not_called_unchanged(baseline: int, level: int | None, words: str) -> None:
    assert plan_view.reached(baseline, level)[0] == words
