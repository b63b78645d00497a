"""A hand-over to a day to come: until then everything is the present lead's, from it the new one's."""

import datetime as dt

import pytest
from icalendar import Calendar

from opora.care.casework import (
    actions,
    calendar_feed,
    policies_crisis,
    presenters,
    queries,
    queries_crisis,
    queries_work,
)
from opora.care.casework.models import ClientFile, Event
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.messages.models import Message
from opora.foundation.ui import formats

pytestmark = pytest.mark.django_db
AWAY = 10


@pytest.fixture
def world():
    """A file with a running term, its lead, the one who takes it over in ten days, and the head."""
    file = make_ending.at_work()
    return file, file.lead, make.person_in(file.service, "case_manager"), make_ending.head_of(file.service)


def day(away: int = AWAY) -> dt.date:
    return clock.today() + dt.timedelta(days=away)


def in_days(away: int):
    return clock.at(clock.now() + dt.timedelta(days=away))


def fresh(file) -> ClientFile:
    return ClientFile.objects.get(pk=file.pk)


def terms_in_calendar(user) -> int:
    content = calendar_feed.feed(make.as_actor(user), lambda _visit: "x", lambda _term: "y")
    return len(Calendar.from_ical(content).walk("VEVENT"))


def loads(head) -> dict[str, int]:
    return {one.name: one.files for one in queries_work.caseload(queries_work.open_files(head))}


def test_on_its_day_and_not_before_lead_access_caseload_list_calendar_and_terms_change(world) -> None:
    file, old, new, head = world
    actions.hand_over(head, file, new, on=day())
    for away, leads, other in ((0, old, new), (AWAY - 1, old, new), (AWAY, new, old), (AWAY + 1, new, old)):
        with in_days(away):
            kept, actor = fresh(file), make.as_actor(leads)
            assert kept.lead_now == leads, away
            assert loads(head) == {leads.name: 1}
            assert [one.code for one in queries.listed(actor, lead="me")] == [file.code]
            assert not queries.listed(make.as_actor(other), lead="me").exists()
            assert queries.deadlines_led_by(actor).exists()
            assert terms_in_calendar(leads) == 1
            assert terms_in_calendar(other) == 0
            assert queries_work.leads_of(head) == [leads]
            assert [one.code for one in queries_work.led_by(head, leads.pk)] == [file.code]
            told = queries_crisis.told_of(kept)
            assert (leads in told, other in told) == (True, False)
            assert not queries.files_for(make.as_actor(other)).exists()


def test_meanwhile_the_page_says_until_when_and_who_comes_after(world) -> None:
    file, old, new, head = world
    user = make.person_in(file.service, "service_manager")
    client = people.client_of(user)
    given = {"to": new.pk, "on": f"{day():%d.%m.%Y}"}
    page = client.post(f"/files/{file.code}/lead/", given, follow=True).content.decode()
    last = formats.date(day(AWAY - 1))
    assert f"{old.name} до {last}, после {new.name}" in page
    assert "Дотогава води досегашният" in page
    listed = client.get("/files/").content.decode()
    assert f"до {last}" in listed
    assert presenters.lead(fresh(file)) == f"{old.name} до {last}, после {new.name}"
    with in_days(AWAY):
        assert presenters.lead(fresh(file)) == new.name
    event = Event.objects.filter(file=file, text__contains=new.name).get()
    assert event.on == clock.today()
    assert f"От {formats.date(day())}" in event.text
    assert head is not None


def test_the_lead_of_that_day_may_close_a_crisis(world) -> None:
    file, old, new, head = world
    specialist = make.person_in(file.service, "specialist")
    file.members.create(user=specialist, part="specialist", since=clock.today(), given_by="х")
    actions.hand_over(head, file, new, on=day())
    said = {"source": "school", "what": "Синини.", "received_at": clock.now()}
    actions.receive_signal(make.as_actor(specialist), file, **said)
    for away, may, may_not in ((0, old, new), (AWAY, new, old)):
        with in_days(away):
            crisis = file.crises.select_related("file").get()
            assert policies_crisis.close_crisis(make.as_actor(may), crisis)
            assert not policies_crisis.close_crisis(make.as_actor(may_not), crisis)


def test_naming_todays_lead_again_calls_it_off_and_everybodys_access_is_as_it_was(world) -> None:
    file, old, new, head = world
    actions.hand_over_files(head, [file], new, on=day())
    actions.hand_over_files(head, [fresh(file)], old, on=clock.today())
    with in_days(AWAY + 5):
        assert fresh(file).lead_now == old
        assert queries.files_for(make.as_actor(old)).exists()
        assert not queries.files_for(make.as_actor(new)).exists()
    assert "отпада" in Event.objects.filter(file=file).first().text
    assert "отпада" in Message.objects.filter(to_email=new.email).latest("pk").body
    with pytest.raises(ActionRefused, match="вече е водещ"):
        actions.hand_over(head, fresh(file), old, on=day())


def test_another_choice_before_the_day_replaces_the_first(world) -> None:
    file, old, new, head = world
    third = make.person_in(file.service, "case_manager")
    actions.hand_over(head, file, new, on=day())
    actions.hand_over(head, fresh(file), third, on=day(4))
    for away, leads in ((0, old), (3, old), (4, third), (AWAY, third)):
        with in_days(away):
            assert fresh(file).lead_now == leads
            seeing = {one for one in (old, new, third) if queries.files_for(make.as_actor(one)).exists()}
            assert seeing == {leads}


def test_a_specialist_who_becomes_lead_keeps_their_access_when_it_is_called_off(world) -> None:
    file, old, _new, head = world
    specialist = make.person_in(file.service, "specialist")
    file.members.create(user=specialist, part="specialist", since=clock.today(), given_by="х")
    actions.hand_over(head, file, specialist, on=day())
    actions.hand_over(head, fresh(file), old, on=clock.today())
    with in_days(AWAY + 1):
        assert queries.files_for(make.as_actor(specialist)).exists()


def test_after_its_day_the_next_hand_over_begins_from_the_new_lead(world) -> None:
    file, old, new, head = world
    actions.hand_over(head, file, new, on=day(2))
    with in_days(5):
        actions.hand_over(head, fresh(file), old, on=clock.today())
        kept = fresh(file)
        assert (kept.lead, kept.next_lead, kept.lead_now) == (old, None, old)
        assert not queries.files_for(make.as_actor(new)).exists()
