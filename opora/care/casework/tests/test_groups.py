"""Groups: who may see them, sessions with attendance, each line in the person's own chronology."""

import datetime as dt
import re

import pytest

from opora.care.casework import actions, queries_groups
from opora.care.casework.actions.groups import Mark
from opora.care.casework.models import Attendance, Event, Group, GroupSession
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def group(files):
    """A group of these files, led by who leads them."""
    actor = make.as_actor(files[0].lead)
    made = actions.make_group(actor, files[0].service, name="Рисуване", lead=files[0].lead)
    actions.bring_in(actor, made, files, since=clock.today())
    return made


def two_files():
    first = make.file(first_name="Ана")
    return [first, make.file(first_name="Борил", worker=first.lead)]


def hold(made, marks, *, key="k", on=None, actor=None, topic="Моят цвят", note=""):
    actor = actor or make.as_actor(made.lead)
    given = {file.pk: Mark(state) if isinstance(state, str) else state for file, state in marks.items()}
    return actions.write_session(
        actor, made, on=on or clock.today(), topic=topic, marks=given, key=key, note=note
    )


def test_each_line_goes_into_the_persons_own_chronology_without_anybody_elses_name() -> None:
    ana, boril = files = two_files()
    made = group(files)
    hold(
        made,
        {ana: Mark("present", note="Показа рисунката си."), boril: "absent"},
        note="Борил се скара с Ана.",
    )
    texts = {one.file_id: one.text for one in Event.objects.filter(kind="group")}
    assert texts[ana.pk] == "Група „Рисуване“: присъства. Тема: Моят цвят. Показа рисунката си."
    assert texts[boril.pk] == "Група „Рисуване“: отсъства. Тема: Моят цвят."
    assert "Борил" not in texts[ana.pk]
    page = text_of(people.client_of(ana.lead).get(f"/files/{ana.code}/"))
    assert "Показа рисунката си." in page


def test_the_same_form_sent_twice_is_written_once() -> None:
    files = two_files()
    made = group(files)
    marks = dict.fromkeys(files, "present")
    assert hold(made, marks).pk == hold(made, marks).pk
    assert (GroupSession.objects.count(), Attendance.objects.count()) == (1, 2)


def test_everybody_of_that_day_has_a_mark_and_nobody_else() -> None:
    ana, boril = files = two_files()
    made, stranger = group(files), make.file(first_name="Вяра")
    for marks in ({ana: "present"}, {ana: "present", boril: "present", stranger: "present"}, {}):
        with pytest.raises(ActionRefused):
            hold(made, marks)
    for wrong in ({"topic": " "}, {"on": clock.today() + dt.timedelta(days=1)}):
        with pytest.raises(ActionRefused):
            hold(made, dict.fromkeys(files, "present"), **wrong)
    with pytest.raises(ActionRefused):
        hold(made, {ana: "late", boril: "present"})
    assert Event.objects.filter(kind="group").count() == 0


def test_the_words_may_be_about_a_goal_in_force_and_about_no_other() -> None:
    file = make.file()
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    make.approved(make.as_actor(file.lead), head, file)
    made = group([file])
    hold(made, {file: Mark("present", "Да има приятел", "Игра с Ана.")})
    assert "Към цел „Да има приятел“. Игра" in Event.objects.get(kind="group").text
    with pytest.raises(ActionRefused, match="цел"):
        hold(made, {file: Mark("present", "Чужда цел", "x")}, key="k2")


def test_figures_of_each_person_and_a_share() -> None:
    ana, _boril = files = two_files()
    made = group(files)
    for number, states in enumerate((("present", "present"), ("absent", "present"), ("excused", "present"))):
        hold(made, dict(zip(files, states, strict=True)), key=f"k{number}")
    found = {one.file.pk: one for one in queries_groups.figures(made)}
    assert (found[ana.pk].held, found[ana.pk].present, found[ana.pk].excused) == (3, 1, 1)
    assert found[ana.pk].share == pytest.approx(1 / 3)
    page = text_of(people.client_of(made.lead).get(f"/files/groups/{made.code}/"))
    assert "33 %" in page.replace("\u00a0", " ")
    assert "67 %" in page.replace("\u00a0", " ")


def test_who_left_is_not_asked_for_any_more_and_what_was_written_stays() -> None:
    ana, boril = files = two_files()
    made = group(files)
    hold(made, dict.fromkeys(files, "present"))
    actions.let_go(make.as_actor(made.lead), made.members.get(file=boril))
    with clock.at(clock.now() + dt.timedelta(days=1)):
        hold(made, {ana: "present"}, key="k2")
    assert {one.file.pk: one.held for one in queries_groups.figures(made)} == {ana.pk: 2, boril.pk: 1}


def test_only_files_one_writes_and_of_the_same_service_join() -> None:
    file = make.file()
    other, elsewhere = make.file(), make.file(make.service("LOV-99"))
    made = group([file])
    actor = make.as_actor(file.lead)
    for one in (other, elsewhere):
        with pytest.raises(NotAllowed):
            actions.bring_in(actor, made, [one], since=clock.today())
    assert queries_groups.may_join(actor, made) == []
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    assert queries_groups.may_join(head, made) == [other]


def test_a_group_of_others_does_not_exist() -> None:
    files = two_files()
    made = group(files)
    session = hold(made, dict.fromkeys(files, "present"))
    colleague = make.person_in(made.service, "specialist")
    routes = ("", "members/", "session/", f"sessions/{session.pk}/")
    for client in (
        people.client_of(colleague),
        people.client_for("service_manager", make.service("LOV-99").path),
        people.client_for("regional_coordinator", "BG/LOV"),
    ):
        for route in routes:
            assert client.get(f"/files/groups/{made.code}/{route}").status_code == 404
    with pytest.raises(NotAllowed):
        hold(made, dict.fromkeys(files, "present"), key="k2", actor=make.as_actor(colleague))
    head = people.client_of(make.person_in(made.service, "service_manager"))
    assert all(head.get(f"/files/groups/{made.code}/{route}").status_code == 200 for route in routes)


def test_a_leader_who_does_not_work_on_a_file_sees_its_name_and_none_of_its_goals() -> None:
    file = make.file()
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    make.approved(make.as_actor(file.lead), head, file)
    leader = make.person_in(file.service, "specialist")
    made = actions.make_group(head, file.service, name="Рисуване", lead=leader)
    actions.bring_in(head, made, [file], since=clock.today())
    page = text_of(people.client_of(leader).get(f"/files/groups/{made.code}/session/"))
    assert file.person.name in page
    assert "Да има приятел" not in page
    assert people.client_of(leader).get(f"/files/{file.code}/").status_code == 404


def test_a_sealed_file_stands_under_its_pseudonym() -> None:
    file = make.file(last_name="Щъркова")
    made = group([file])
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    actions.seal_file(head, file, kind="violence", why="Опасност.")
    page = text_of(people.client_of(made.lead).get(f"/files/groups/{made.code}/session/"))
    assert "Щъркова" not in page
    assert "Запечатано досие" in page


def test_a_group_is_made_filled_and_held_through_the_pages() -> None:
    files = two_files()
    client = people.client_of(files[0].lead)
    day = f"{clock.today():%d.%m.%Y}"
    assert "Още не водите група" in text_of(client.get("/files/groups/"))
    given = {"service": files[0].service.code, "name": "Рисуване", "lead": files[0].lead_id, "began_on": day}
    client.post("/files/groups/new/", given)
    made = Group.objects.get()
    assert re.fullmatch(r"Г-\d{4}-001", made.code)
    client.post(f"/files/groups/{made.code}/members/", {"codes": [one.code for one in files], "since": day})
    page = text_of(client.get(f"/files/groups/{made.code}/session/"))
    assert re.sub(r"\s+", " ", page).count('value="present" checked') == 2
    key = re.search(r'name="key" value="([0-9a-f]+)"', page)[1]
    marks = {f"m{one.pk}-state": "present" for one in files} | {f"m{files[1].pk}-state": "excused"}
    wrong = text_of(
        client.post(f"/files/groups/{made.code}/session/", marks | {"on": day, "topic": "", "key": key})
    )
    assert "Нужна е поправка" in wrong
    assert re.sub(r"\s+", " ", wrong).count('value="excused" checked') == 1
    page = text_of(
        client.post(
            f"/files/groups/{made.code}/session/",
            marks | {"on": day, "topic": "Цвят", "key": key},
            follow=True,
        )
    )
    assert "отсъства с причина" in page
    assert GroupSession.objects.get().attendance.filter(state="excused").get().file == files[1]
    client.post(f"/files/groups/{made.code}/members/{made.members.first().pk}/leave/")
    assert made.members.filter(until__isnull=True).count() == 1
