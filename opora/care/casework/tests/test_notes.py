"""Notes are added once, never changed, and corrected beside."""

import datetime as dt

import pytest

from opora.care.casework import actions, presenters, queries, stages
from opora.care.casework.models import Event
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db


def note(file, text="Посетихме дома.", *, key="k1", on=None, actor=None, kind="home_visit", **more):
    actor = actor or make.as_actor(file.lead)
    return actions.add_note(actor, file, kind=kind, on=on or dt.date.today(), text=text, key=key, **more)


def test_a_note_has_its_author_profession_and_day_and_stands_on_top() -> None:
    file = make.file(wished_on=dt.date(2026, 11, 1))
    note(file, present=["child", "mother"], voice="Искам да остана тук.")
    first = queries.chronology(make.as_actor(file.lead), file).first()
    assert (first.by, first.profession, first.kind) == (file.lead.name, "социален работник", "home_visit")
    assert first.present == ["child", "mother"]
    assert first.voice == "Искам да остана тук."
    assert Entry.objects.filter(deed="case.note_added", subject=file.code).count() == 1


def test_the_same_form_sent_twice_is_written_once() -> None:
    file = make.file()
    assert note(file).pk == note(file, "друго").pk
    assert Event.objects.filter(kind="home_visit").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "  "}, "Напишете какво"),
        ({"kind": "stage"}, "Изберете какво"),
        ({"kind": "party"}, "Изберете какво"),
        ({"on": dt.date.today() + dt.timedelta(days=1)}, "бъдещето"),
    ],
)
def test_a_note_without_words_kind_or_a_past_day_is_refused(wrong: dict, said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        note(make.file(), **wrong)


def test_who_does_not_work_on_the_file_writes_nothing() -> None:
    file = make.file()
    other = make.as_actor(make.person_in(file.service, "case_manager"))
    with pytest.raises(NotAllowed):
        note(file, actor=other)
    assert not queries.chronology(other, file).exists()


def test_a_closed_file_takes_no_notes() -> None:
    file = make.file()
    actions.enter_stage(make.as_actor(file.lead), file, stages.CLOSED, on=dt.date.today(), why="Край.")
    with pytest.raises(NotAllowed):
        note(file)


def test_a_correction_stands_beside_and_only_the_author_makes_it() -> None:
    file = make.file()
    event = note(file)
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    with pytest.raises(NotAllowed):
        actions.correct_note(head, event, text="Не беше така.")
    made = actions.correct_note(make.as_actor(file.lead), event, text="Посещението беше в училище.")
    event.refresh_from_db()
    assert event.text == "Посетихме дома."
    assert list(event.corrections.all()) == [made]


def test_a_long_chronology_has_pages_and_a_correction_stands_by_its_note() -> None:
    file = make.file()
    worker = make.as_actor(file.lead)
    for number in range(presenters.EVENTS + 20):
        actions.add_note(
            worker, file, kind="call", on=clock.today(), key=f"k{number}", text=f"Разговор {number}."
        )
    first = file.events.get(key="k0")
    actions.correct_note(worker, first, text="Беше среща.")
    client = people.client_of(file.lead)
    newest, oldest = (client.get(f"/files/{file.code}/?page={n}").content.decode() for n in (1, 2))
    assert f"Разговор {presenters.EVENTS + 19}." in newest
    assert "Разговор 0." not in newest
    assert "Разговор 0." in oldest
    assert "Беше среща." in oldest
    assert "page=2" in newest
