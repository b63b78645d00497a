"""What is typed is kept: a note while it is written, a goal that two people change at once."""

import datetime as dt
import re

import pytest

from opora.care.casework import actions, drafting
from opora.care.casework.models import Event, Goal
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import Clash, NotAllowed
from opora.foundation.drafts import queries as drafts

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


# --- notes


def test_a_note_being_typed_comes_back_to_its_author_and_to_nobody_else() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    typed = {"text": "Говорихме с", "kind": "call", "on": "01.11.2026", "key": "k1", "present": ["mother"]}
    answer = client.post(f"/files/{file.code}/draft/", typed)
    assert answer.status_code == 200
    assert answer.json()["text"].startswith("Черновата е записана в ")
    page = text_of(client.get(f"/files/{file.code}/"))
    assert "Говорихме с" in page
    assert "Върната е черновата" in page
    assert 'value="call" checked' in re.sub(r"\s+", " ", page)
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert "Говорихме с" not in text_of(head.get(f"/files/{file.code}/"))
    assert Event.objects.filter(kind="call").count() == 0


def test_the_written_note_ends_its_draft() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    typed = {"text": "Говорихме.", "kind": "call", "on": "01.11.2026", "key": "k1"}
    client.post(f"/files/{file.code}/draft/", typed)
    client.post(f"/files/{file.code}/", typed)
    assert drafts.draft(make.as_actor(file.lead), f"note:{file.code}:{file.lead_id}").version == 0
    assert "Върната е черновата" not in text_of(client.get(f"/files/{file.code}/"))


def test_a_save_on_its_way_while_the_note_is_written_brings_nothing_back() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    typed = {"text": "Говорихме.", "kind": "call", "on": "01.11.2026", "key": "k1"}
    client.post(f"/files/{file.code}/", typed)
    client.post(f"/files/{file.code}/draft/", typed)
    assert "Върната е черновата" not in text_of(client.get(f"/files/{file.code}/"))


def test_an_emptied_note_is_no_draft_and_a_restored_one_has_a_key_of_its_own() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    client.post(f"/files/{file.code}/draft/", {"text": " ", "kind": "call", "on": "", "key": "k1"})
    assert "Върната е черновата" not in text_of(client.get(f"/files/{file.code}/"))
    client.post(f"/files/{file.code}/draft/", {"text": "Думи", "kind": "call", "on": "", "key": "k1"})
    assert 'name="key" value="k1"' not in text_of(client.get(f"/files/{file.code}/"))


def test_a_draft_is_kept_only_by_who_may_write_the_file() -> None:
    file = make.file()
    stranger = people.client_of(make.person_in(make.service("LOV-99"), "case_manager"))
    assert stranger.post(f"/files/{file.code}/draft/", {"text": "x"}).status_code == 404
    actions.enter_stage(make.as_actor(file.lead), file, "closed", on=clock.today(), why="Край.")
    assert people.client_of(file.lead).post(f"/files/{file.code}/draft/", {"text": "x"}).status_code == 422


def test_signed_out_the_page_is_told_to_sign_in_and_not_that_it_is_saved() -> None:
    file = make.file()
    answer = people.client_for("public").post(f"/files/{file.code}/draft/", {"text": "x"})
    assert answer.status_code == 302
    assert "token" in people.client_of(file.lead).get(f"/files/{file.code}/draft/").json()


# --- goals


def two_writers():
    """A file with a goal in a plan being written, its lead and a colleague with a telephone."""
    file = make.file()
    colleague = make.person_in(file.service, "specialist")
    file.members.create(user=colleague, part="specialist", since=clock.today(), given_by="Проба")
    actor = make.as_actor(file.lead)
    goal = make.goal(actor, make.plan(actor, file), "social")
    return file, goal, people.client_of(file.lead), people.client_of(colleague), colleague


def form_of(client, file, goal) -> dict:
    """What the goal's page would send unchanged."""
    page = text_of(client.get(f"/files/{file.code}/plan/goals/{goal.pk}/"))
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    data = drafting.goal_data(Goal.objects.get(pk=goal.pk))
    return data | {
        "due": f"{dt.date.fromisoformat(data['due']):%d.%m.%Y}",
        "version": version,
        "domain": "social",
    }


def test_changes_of_different_fields_meet_without_asking() -> None:
    file, goal, one, two, _colleague = two_writers()
    where = f"/files/{file.code}/plan/goals/{goal.pk}/"
    mine, theirs = form_of(one, file, goal), form_of(two, file, goal)
    two.post(where, theirs | {"family_part": "Бабата води детето."})
    answer = one.post(where, mine | {"title": "Да има двама приятели"})
    assert answer["Location"].endswith("/plan/")
    goal.refresh_from_db()
    assert (goal.title, goal.family_part) == ("Да има двама приятели", "Бабата води детето.")


@pytest.mark.parametrize(("take", "stays"), [("mine", "Моят текст"), ("theirs", "Техният текст")])
def test_the_same_field_is_shown_with_both_texts_and_the_person_chooses(take: str, stays: str) -> None:
    file, goal, one, two, colleague = two_writers()
    where = f"/files/{file.code}/plan/goals/{goal.pk}/"
    mine, theirs = form_of(one, file, goal), form_of(two, file, goal)
    two.post(where, theirs | {"title": "Техният текст", "responsible": "Друг"})
    answer = one.post(where, mine | {"title": "Моят текст", "level_p2": "Кани дете у дома."}, follow=True)
    page = text_of(answer)
    for said in (
        "Моят текст",
        "Техният текст",
        "Да има приятел",
        colleague.name,
        colleague.phone,
        "Още 1 Ваша",
    ):
        assert said in page
    assert Goal.objects.get(pk=goal.pk).title == "Техният текст"
    hidden = dict(re.findall(r'name="(version|held)" value="(\d+)"', page))
    answer = one.post(f"{where}merge/", hidden | {"take:title": take}, follow=True)
    assert "Двата текста са събрани" in text_of(answer)
    goal.refresh_from_db()
    assert (goal.title, goal.responsible, goal.levels[4]) == (stays, "Друг", "Кани дете у дома.")


def test_a_third_save_meanwhile_asks_again_and_the_held_text_stays() -> None:
    file, goal, one, two, _colleague = two_writers()
    where = f"/files/{file.code}/plan/goals/{goal.pk}/"
    mine, theirs = form_of(one, file, goal), form_of(two, file, goal)
    two.post(where, theirs | {"title": "Първо"})
    page = text_of(one.post(where, mine | {"title": "Моето"}, follow=True))
    hidden = dict(re.findall(r'name="(version|held)" value="(\d+)"', page))
    two.post(where, form_of(two, file, goal) | {"title": "Второ"})
    page = text_of(one.post(f"{where}merge/", hidden | {"take:title": "mine"}, follow=True))
    assert "още промени" in page
    assert "Моето" in page
    assert "Второ" in page


def test_who_does_not_work_on_the_file_neither_saves_nor_merges() -> None:
    file, goal, _one, _two, _colleague = two_writers()
    stranger = make.as_actor(make.person_in(file.service, "specialist"))
    said = drafting.as_goal(drafting.goal_data(goal), goal)
    with pytest.raises(NotAllowed):
        actions.save_goal(stranger, goal, said, activities=[], base_version=0)
    client = people.client_of(make.person_in(file.service, "specialist"))
    assert client.get(f"/files/{file.code}/plan/goals/{goal.pk}/merge/").status_code == 404


def test_a_goal_changed_by_another_way_is_not_overwritten_by_an_old_draft() -> None:
    file, goal, _one, _two, _colleague = two_writers()
    actor = make.as_actor(file.lead)
    said = drafting.as_goal(drafting.goal_data(goal), goal)
    goal = actions.save_goal(actor, goal, said | {"title": "Първо"}, activities=[], base_version=0)
    base = drafts.draft(actor, drafting.goal_key(goal)).version
    actions.set_goal(actor, goal.plan, said | {"title": "Друг път"}, goal=goal, version=goal.version)
    other = file.members.exclude(user=file.lead).get().user
    with pytest.raises(Clash):
        actions.save_goal(
            make.as_actor(other), goal, said | {"title": "Трето"}, activities=[], base_version=base
        )
    assert Goal.objects.get(pk=goal.pk).title == "Друг път"
