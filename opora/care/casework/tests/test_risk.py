"""Risk is set by a person with a reason; a safety plan is agreed, kept in versions and printed."""

import datetime as dt

import pytest

from opora.care.casework import actions, queries_crisis, queries_work
from opora.care.casework.models import ClientFile, Risk, SafetyPlan
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.queries_papers import source
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
LINES = {"sign": ["Вика"], "help": ["Музика"], "call": ["Баба, 0670 1"], "step": ["Отивам при баба", "Звъня"]}


def risk(
    file, *, level=1, why="Видях го.", person=None, actor=None, review=None, raises=("Пие",), protects=()
):
    return actions.set_risk(
        actor or make.as_actor(file.lead), file, person or file.person, level=level, why=why,
        factors={"for": raises, "against": protects}, review_on=review,
    )  # fmt: skip


def plan(file, *, lines=LINES, agreed="детето", review=None, actor=None):
    day = review or clock.today() + dt.timedelta(days=30)
    return actions.write_safety_plan(
        actor or make.as_actor(file.lead), file, lines=lines, agreed_with=agreed, review_on=day
    )


def test_the_newest_level_of_each_person_counts_and_the_older_ones_stay() -> None:
    file = make.file()
    soon = clock.today() + dt.timedelta(days=7)
    for level in (0, 3, 2):
        risk(file, level=level, review=soon)
    assert [one.level for one in queries_crisis.risks_of(make.as_actor(file.lead), file)] == [2]
    assert Risk.objects.count() == 3
    (found,) = queries_work.open_files(make.as_actor(file.lead))
    assert found.urgency.level == 2


def test_the_level_is_the_one_the_person_set_whatever_factors_stand_beside() -> None:
    file = make.file()
    found = risk(file, level=0, raises=["Пие", "Бие", "Заплашва", " "])
    assert (found.level, found.by, found.profession) == (0, file.lead.name, "социален работник")
    assert found.factors.count() == 3


@pytest.mark.parametrize("wrong", [{"why": " "}, {"level": 4}, {"level": 2}, {"level": 3}])
def test_no_reason_an_unknown_level_or_a_high_one_without_review_is_refused(wrong: dict) -> None:
    with pytest.raises(ActionRefused):
        risk(make.file(), **wrong)


def test_only_people_of_the_file_have_a_risk_in_it() -> None:
    with pytest.raises(ActionRefused, match="за кого"):
        risk(make.file(), person=make.file(first_name="Друга").person)


def test_a_stranger_and_a_closed_file_are_refused() -> None:
    file = make.file()
    stranger = make.as_actor(make.person_in(file.service, "specialist"))
    with pytest.raises(NotAllowed):
        risk(file, actor=stranger)
    with pytest.raises(NotAllowed):
        plan(file, actor=stranger)
    actions.enter_stage(make.as_actor(file.lead), file, "closed", on=clock.today(), why="Край.")
    with pytest.raises(NotAllowed):
        risk(ClientFile.objects.get(pk=file.pk))


def test_a_new_version_of_the_safety_plan_keeps_the_one_before() -> None:
    file = make.file()
    plan(file)
    second = plan(file, lines=LINES | {"help": []})
    assert (second.number, SafetyPlan.objects.count()) == (2, 2)
    assert queries_crisis.safety_plan_of(make.as_actor(file.lead), file) == second


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": LINES | {"sign": []}},
        {"lines": LINES | {"call": [" "]}},
        {"lines": LINES | {"step": []}},
        {"agreed": ""},
        {"review": dt.date(2020, 1, 1)},
    ],
)
def test_a_plan_without_what_it_is_for_is_refused(wrong: dict) -> None:
    with pytest.raises(ActionRefused):
        plan(make.file(), **wrong)


def test_the_paper_says_neither_whose_file_nor_which_service() -> None:
    file = make.file(last_name="Щъркова")
    plan(file)
    actor = make.as_actor(file.lead)
    book = making.book(actor, source(actor, file), making.SAFETY, Recipient("service"))
    said = repr(book)
    for hidden in (file.code, "Щъркова", "Калина", file.service.name, file.lead.name):
        assert hidden not in said
    assert "Отивам при баба" in said
    assert book.large


def test_a_parents_copy_says_nothing_of_crises_and_the_services_says_all_but_to_the_court_who_told() -> None:
    file = make.file()
    actor = make.as_actor(file.lead)
    mother = file.relations.create(kind="mother", person=make.file(first_name="Мария").person, decides=True)
    now = clock.now() - dt.timedelta(hours=1)
    actions.receive_signal(
        actor, file, source="family", whom="Леля Щъркова", what="Удариха го.", received_at=now
    )
    risk(file, why="Видях синините.")
    said = {}
    for code, parent in (("service", None), ("court", None), (f"parent-{mother.pk}", mother)):
        said[code[:6]] = repr(
            making.book(actor, source(actor, file), making.WHOLE, Recipient(code, parent)).parts
        )
    for hidden in ("Криза", "Удариха", "Щъркова", "синините", "криза"):
        assert hidden not in said["parent"]
    assert all(text in said["servic"] for text in ("Криза № 1", "Удариха го.", "Щъркова", "Видях синините."))
    assert "Удариха го." in said["court"]
    assert "Щъркова" not in said["court"]


def test_a_plan_is_agreed_through_the_page_and_the_next_begins_with_its_words() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    where = f"/files/{file.code}/crisis/plan/"
    given = {"sign": "Вика\nЗаключва", "help": "", "call": "Баба", "step": "Излизам", "agreed_with": "детето"}
    page = client.post(where, given).content.decode()
    assert "Нужна е поправка" in page
    assert "Заключва" in page
    day = clock.today() + dt.timedelta(days=5)
    client.post(where, given | {"review_on": f"{day:%d.%m.%Y}"})
    assert SafetyPlan.objects.get().lines.filter(kind="sign").count() == 2
    assert "Заключва" in client.get(where).content.decode()
    assert "Вика; Заключва" in client.get(f"/files/{file.code}/crisis/").content.decode()


def test_a_risk_is_set_through_the_page_with_name_and_reason() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    where = f"/files/{file.code}/crisis/risk/"
    given = {
        "person": file.person_id,
        "raises": "Пие\nВика",
        "protects": "Баба",
        "level": "1",
        "why": "Видях.",
    }
    page = client.post(where, given, follow=True).content.decode()
    assert "1: има риск" in page
    assert file.lead.name in page
    assert "Пие; Вика" in page
    assert "1: има риск" in client.get(f"/files/{file.code}/").content.decode()
