"""The family's part at every stage: told once, gaps shown with the reason, shares that lead to the files (C3)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from opora.care.casework import actions, queries_presence
from opora.care.casework.models import ClientFile, Event
from opora.care.casework.tests import make
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db


def worked() -> tuple[ClientFile, Actor]:
    """A file with admission, assessment, plan and a session."""
    file = make.file()
    assert file.lead is not None
    actor = make.as_actor(file.lead)
    actions.enter_stage(actor, file, "intake", on=clock.today())
    head = make.person_in(file.service, "service_manager")
    make.approved(actor, make.as_actor(head), file)
    actions.add_note(
        actor,
        file,
        kind="session",
        on=clock.today(),
        text="Сесия",
        key="s",
        present=["child"],
        voice="Рисувах.",
    )
    return file, actor


def by_part(file: ClientFile, actor: Actor) -> dict[str, queries_presence.Attended]:
    return {one.part: one for one in queries_presence.attended(actor, file)}


def admission(file: ClientFile) -> Event:
    return file.events.get(stage="intake")


def test_nothing_is_typed_twice() -> None:
    file, actor = worked()
    found = by_part(file, actor)
    assert set(found) == {"intake", "assessment", "plan", "session"}
    assert found["assessment"].present == ("child", "mother")
    assert (found["plan"].child_words, found["plan"].family_words) == ("Искам да рисувам.", "Съгласни сме.")
    assert (found["session"].child, found["session"].family, found["session"].child_words) == (
        True,
        False,
        "Рисувах.",
    )
    assert [one.part for one in found.values() if one.gap] == ["intake"]


def test_a_stage_told_of_when_it_begins_has_no_gap() -> None:
    file = make.file()
    assert file.lead is not None
    sent = {
        "stage": "intake", "on": clock.today().strftime("%d.%m.%Y"), "present": ["child", "father"], "voice": "Страх ме е.",
        "family_voice": "Моля помогнете.",
    }  # fmt: skip
    browser = people.client_of(file.lead)
    browser.post(reverse("casework_stage", args=[file.code]), sent)
    one = by_part(file, make.as_actor(file.lead))["intake"]
    assert (one.present, one.child_words, one.family_words) == (
        ("child", "father"),
        "Страх ме е.",
        "Моля помогнете.",
    )
    text = browser.get(reverse("casework_file", args=[file.code])).content.decode()
    assert "Страх ме е." in text
    assert "Моля помогнете." in text


def test_a_gap_stands_on_the_file_until_somebody_says_who_was_there_or_why_nobody() -> None:
    file, actor = worked()
    assert file.lead is not None
    browser = people.client_of(file.lead)
    address = reverse("casework_presence", args=[file.code])
    note = reverse("casework_presence_note", args=[file.code, admission(file).pk])
    text = browser.get(address).content.decode()
    assert "На 1 място няма нито участник, нито причина." in text
    assert note in text
    empty = browser.post(note, {"voice": "Запазен текст"}).content.decode()
    assert "Отбележете кой от семейството участва" in empty
    assert "Запазен текст" in empty
    text = browser.post(note, {"absent_why": "майката беше на работа"}, follow=True).content.decode()
    assert "никой: майката беше на работа" in text
    assert "няма нито участник" not in text
    browser.post(note, {"present": ["mother"], "family_voice": "Ще идваме."})
    one = by_part(file, actor)["intake"]
    assert (one.present, one.family_words) == (("mother",), "Ще идваме.")
    admitted = admission(file)
    assert (admitted.present, admitted.absent_why) == ([], "")  # what was written stays as it was


def test_only_stages_and_meetings_are_told_of_and_only_by_who_works_on_the_file() -> None:
    file, actor = worked()
    call = actions.add_note(actor, file, kind="call", on=clock.today(), text="Обади се.", key="c")
    with pytest.raises(ActionRefused, match="Участие се отбелязва"):
        actions.note_presence(actor, call, present=["child"])
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    with pytest.raises(NotAllowed):
        actions.note_presence(make.as_actor(stranger), admission(file), present=["child"])
    browser = people.client_of(stranger)
    assert browser.get(reverse("casework_presence", args=[file.code])).status_code == 404
    assert (
        browser.get(reverse("casework_presence_note", args=[file.code, admission(file).pk])).status_code
        == 404
    )


def test_a_plan_not_yet_sent_and_an_open_assessment_are_no_gap() -> None:
    file = make.file()
    assert file.lead is not None
    actor = make.as_actor(file.lead)
    actions.begin_assessment(actor, file)
    assert queries_presence.attended(actor, file) == []


def test_the_head_sees_shares_that_lead_to_the_files() -> None:
    file, _actor = worked()
    other = make.file(file.service, first_name="Друго")
    assert other.lead is not None
    actions.enter_stage(
        make.as_actor(other.lead), other, "intake", on=clock.today(), present=["child", "mother"]
    )
    head = people.client_of(make.person_in(file.service, "service_manager"))
    text = head.get(reverse("casework_presence_shares")).content.decode()
    assert "60 %" in text  # three of five: one admission, the assessment and the plan
    gaps = head.get(reverse("casework_presence_shares"), {"part": "intake", "who": "gap"}).content.decode()
    assert file.code in gaps
    assert other.code not in gaps
    both = head.get(reverse("casework_presence_shares"), {"part": "intake", "who": "all"}).content.decode()
    assert file.code in both
    assert other.code in both


def test_stages_of_more_than_a_year_ago_and_other_services_do_not_count() -> None:
    file = make.file()
    assert file.lead is not None
    old = clock.today() - dt.timedelta(days=500)
    actions.enter_stage(make.as_actor(file.lead), file, "intake", on=old)
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    assert len(queries_presence.attended_in_services(head, old)) == 1
    assert queries_presence.attended_in_services(head, queries_presence.year_ago()) == []
    stranger = make.as_actor(make.person_in(make.service("LOV-99"), "service_manager"))
    assert queries_presence.attended_in_services(stranger, old) == []
    assert queries_presence.attended_in_services(make.as_actor(file.lead), old) == []


def test_the_figures_are_for_heads_only() -> None:
    file, _actor = worked()
    assert file.lead is not None
    assert people.client_of(file.lead).get(reverse("casework_presence_shares")).status_code == 404
