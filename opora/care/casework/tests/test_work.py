"""The work around files: a week and its calendar, files handed over, who carries how much."""

import dataclasses
import datetime as dt
import re

import pytest
from icalendar import Calendar

from opora.care.casework import actions, queries, queries_work
from opora.care.casework.models import CalendarFeed, ClientFile, Deadline, Event, Visit
from opora.care.casework.tests import make
from opora.foundation.accounts.models import Grant, User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.models import Message
from opora.foundation.rules import queries as rules
from opora.foundation.rules.queries import Value

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
CANARY = "Щъркълбрига"


def visit(file, *, hours=24, kind="session", actor=None):
    actor = actor or make.as_actor(file.lead)
    return actions.plan_visit(actor, file, kind=kind, at=clock.now() + hours * HOUR)


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def address_of(client) -> str:
    page = text_of(client.post("/files/week/", {"do": "make"}))
    return re.search(r"/files/calendar/[^\"<]+\.ics", page)[0]


def events(client, address: str) -> list:
    return list(Calendar.from_ical(client.get(address).content).walk("VEVENT"))


# --- calendar


def test_the_calendar_holds_code_and_kind_and_not_a_word_more() -> None:
    file = make.file(last_name=CANARY)
    visit(file)
    actor = make.as_actor(file.lead)
    actions.receive_signal(
        actor, file, source="school", what=f"Бият {CANARY}", received_at=clock.now() - HOUR
    )
    actions.set_risk(
        actor,
        file,
        file.person,
        level=3,
        why=CANARY,
        factors={},
        review_on=clock.today() + dt.timedelta(days=2),
    )
    client = people.client_of(file.lead)
    address = address_of(client)
    raw = client.get(address).content.decode()
    told = {str(one["summary"]) for one in events(client, address)}
    assert told == {f"{file.code} сесия", f"{file.code} предварителна оценка"}
    assert not re.search(
        rf"{CANARY}|Калина|{file.lead.name}|{file.service.name}|криза|сигнал|риск|насили", raw, re.IGNORECASE
    )


def test_the_address_stands_in_a_box_that_is_copied_and_is_shown_once() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    page = text_of(client.post("/files/week/", {"do": "make"}))
    box = re.search(r'<input[^>]*id="calendar-address"[^>]*>', page)
    assert box is not None
    assert re.search(r'value="http://testserver/files/calendar/[^"]+\.ics"', box.group())
    assert " readonly" in box.group()
    assert 'data-op-copy="calendar-address"' in page
    assert "„От адрес“" in page
    assert "calendar-address" not in text_of(client.get("/files/week/"))


def test_days_of_the_week_are_called_by_their_names() -> None:
    with clock.at(dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC)):
        file = make.file()
        for hours in (3, 24, 48):
            visit(file, hours=hours)
        client = people.client_of(file.lead)
        page = text_of(client.get("/files/week/"))
        for words in ("Днес, събота, 28.11.2026", "Утре, неделя, 29.11.2026", "Понеделник, 30.11.2026"):
            assert words in page


def test_an_event_has_its_time_a_stable_id_and_the_link_to_write_it_down() -> None:
    file = make.file()
    made = visit(file)
    client = people.client_of(file.lead)
    address = address_of(client)
    (one,) = [event for event in events(client, address) if str(event["uid"]).startswith("visit")]
    assert one["dtstart"].dt == made.at.replace(microsecond=0)
    assert one["dtend"].dt - one["dtstart"].dt == HOUR
    assert str(one["url"]).endswith(f"/files/visits/{made.pk}/")
    assert str(one["uid"]) == f"visit-{made.pk}@opora"


def test_the_address_opens_without_a_session_and_dies_when_it_is_stopped_or_made_anew() -> None:
    file = make.file()
    client, stranger = people.client_of(file.lead), people.client_for("public")
    actions.plan_visit(make.as_actor(file.lead), file, kind="session", at=clock.now() + dt.timedelta(days=1))
    first = address_of(client)
    answer = stranger.get(first)
    assert answer.status_code == 200
    assert file.code in answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    second = address_of(client)
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    client.post("/files/week/", {"do": "revoke"})
    assert stranger.get(second).status_code == 404
    assert stranger.post(second).status_code in (403, 405)


def test_the_address_is_long_and_only_its_digest_is_kept() -> None:
    file = make.file()
    token = actions.make_calendar(make.as_actor(file.lead))
    assert len(token) >= 43  # 32 bytes, 256 bits
    feed = CalendarFeed.objects.get()
    assert token not in f"{feed.digest}"
    assert token not in " ".join(f"{one.subject} {one.details}" for one in Entry.objects.all())
    assert queries_work.owner_of_feed(feed.digest) is None


def test_who_lost_the_role_or_is_blocked_has_an_empty_or_dead_calendar() -> None:
    file = make.file()
    visit(file)
    client = people.client_of(file.lead)
    address = address_of(client)
    assert len(events(client, address)) == 2
    Grant.objects.filter(user=file.lead).update(until=clock.today() - dt.timedelta(days=1))
    assert events(client, address) == []
    User.objects.filter(pk=file.lead_id).update(is_active=False)
    assert people.client_for("public").get(address).status_code == 404


def test_reading_the_calendar_writes_nothing() -> None:
    from tests.trust.walk import listening

    client = people.client_of(make.file().lead)
    address = address_of(client)
    with listening() as ear:
        people.client_for("public").get(address)
    assert ear.written == []


# --- visits


def test_a_visit_is_written_from_its_link_once_and_leaves_week_and_calendar() -> None:
    file = make.file()
    made = visit(file, hours=1)
    client = people.client_of(file.lead)
    page = text_of(client.get(f"/files/visits/{made.pk}/"))
    assert 'value="session" checked' in re.sub(r"\s+", " ", page)
    key = re.search(r'name="key" value="(visit-\d+)"', page)[1]
    given = {"text": "Втора сесия.", "kind": "session", "on": f"{clock.today():%d.%m.%Y}", "key": key}
    for _ in range(2):
        client.post(f"/files/visits/{made.pk}/", given)
    made.refresh_from_db()
    assert made.event == Event.objects.get(kind="session")
    assert queries_work.week_of(make.as_actor(file.lead)) == []
    assert client.get(f"/files/visits/{made.pk}/").status_code == 404


def test_what_was_typed_of_a_visit_comes_back_and_each_kind_stands_once() -> None:
    file = make.file()
    made = visit(file, kind="call")
    client = people.client_of(file.lead)
    client.post(f"/files/{file.code}/draft/", {"text": "Не довърших", "kind": "letter", "on": "", "key": "k"})
    page = text_of(client.get(f"/files/visits/{made.pk}/"))
    assert "Не довърших" in page
    assert re.search(r'name="after" value="k"', page)
    assert re.findall(r'name="kind" type="radio"\s+value="(\w+)" checked', page) == ["call"]
    assert page.count('value="call"') == 1
    client.post(
        f"/files/visits/{made.pk}/",
        {"text": "Готово.", "kind": "call", "on": "01.11.2026", "key": f"visit-{made.pk}", "after": "k"},
    )
    assert "Не довърших" not in text_of(client.get(f"/files/{file.code}/"))


def test_a_visit_that_falls_through_is_nobodys_business_but_the_owners() -> None:
    file = make.file()
    made = visit(file)
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert head.post(f"/files/visits/{made.pk}/", {"do": "drop"}).status_code == 404
    people.client_of(file.lead).post(f"/files/visits/{made.pk}/", {"do": "drop"})
    assert not Visit.objects.waiting().exists()


@pytest.mark.parametrize("wrong", [{"hours": -1}, {"kind": "party"}])
def test_a_visit_in_the_past_or_of_no_kind_is_refused(wrong: dict) -> None:
    with pytest.raises(ActionRefused):
        visit(make.file(), **wrong)


def test_a_visit_is_planned_through_the_page_and_stands_in_the_week() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    day = clock.today() + dt.timedelta(days=2)
    given = {"kind": "session", "on": f"{day:%d.%m.%Y}", "hour": "9", "minutes": "45"}
    page = text_of(client.post(f"/files/{file.code}/visit/", given, follow=True))
    assert "09:00 Сесия: Калина Измислена" in page
    assert "Няма планирани срещи" in text_of(
        people.client_for("service_manager", file.path).get("/files/week/")
    )


# --- hand-over


def test_many_files_go_to_a_colleague_access_ends_and_both_are_told_by_number_only() -> None:
    files = [make.file(last_name=CANARY)]
    old = files[0].lead
    files += [make.file(worker=old, last_name=CANARY) for _ in range(2)]
    new = make.person_in(files[0].service, "case_manager")
    head = make.person_in(files[0].service, "service_manager")
    on = clock.today() + dt.timedelta(days=3)
    client = people.client_of(head)
    page = text_of(client.get(f"/files/handover/?lead={old.pk}"))
    assert all(file.code in page for file in files)
    given = {"codes": [files[0].code, files[1].code], "to": new.pk, "on": f"{on:%d.%m.%Y}"}
    page = text_of(client.post(f"/files/handover/?lead={old.pk}", given, follow=True))
    assert "Предадени са 2 досиета" in page
    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert queries.files_for(make.as_actor(old)).count() == 3
        assert queries.files_for(make.as_actor(new)).count() == 0
    with clock.at(clock.now() + dt.timedelta(days=3)):
        assert [one.code for one in queries.files_for(make.as_actor(old))] == [files[2].code]
        assert queries.files_for(make.as_actor(new)).count() == 2
    letters = {one.to_email: f"{one.subject} {one.body}" for one in Message.objects.all()}
    assert set(letters) == {old.email, new.email}
    assert all(files[0].code in text and CANARY not in text for text in letters.values())


def test_all_files_or_none_are_handed_over() -> None:
    file = make.file()
    other = make.file(make.service("LOV-99"))
    new = make.person_in(file.service, "case_manager")
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    with pytest.raises((ActionRefused, NotAllowed)):
        actions.hand_over_files(head, [file, other], new, on=clock.today())
    assert ClientFile.objects.get(pk=file.pk).lead == file.lead
    assert Message.objects.count() == 0
    for files in ([], [other]):
        with pytest.raises((ActionRefused, NotAllowed)):
            actions.hand_over_files(head, files, new, on=clock.today())


def test_only_a_head_sees_load_and_handover() -> None:
    file = make.file()
    for where in ("/files/load/", "/files/handover/"):
        assert people.client_of(file.lead).get(where).status_code == 404


# --- caseload


def test_the_caseload_is_weighed_by_the_rules_and_the_heaviest_stands_first() -> None:
    light, heavy = make.file(), make.file()
    actor = make.as_actor(heavy.lead)
    actions.receive_signal(actor, heavy, source="school", what="Синини.", received_at=clock.now() - HOUR)
    actions.set_risk(
        actor,
        heavy,
        heavy.person,
        level=2,
        why="Видях.",
        factors={},
        review_on=clock.today() + dt.timedelta(days=3),
    )
    head = make.as_actor(make.person_in(light.service, "service_manager"))
    found = queries_work.caseload(queries_work.open_files(head))
    assert [(one.name, one.weight) for one in found] == [(heavy.lead.name, 4.5), (light.lead.name, 1.5)]
    assert (found[0].crises, found[0].high, found[0].beginning) == (1, 1, 1)


def test_a_rule_without_a_number_weighs_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    file = make.file()
    head = make.person_in(file.service, "service_manager")
    empty = Value("caseload_file", "", "points", "Тежест", "", False)
    monkeypatch.setattr("opora.foundation.rules.queries.values", lambda codes: dict.fromkeys(codes, empty))
    assert queries_work.caseload(queries_work.open_files(make.as_actor(head)))[0].weight == 0
    assert "няма стойност и не тежи" in text_of(people.client_of(head).get("/files/load/"))


def test_that_no_weight_is_checked_is_said_once_and_else_beside_each(monkeypatch: pytest.MonkeyPatch) -> None:
    file = make.file()
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert text_of(head.get("/files/load/")).count("непроверен") == 1
    known = rules.values(queries_work.WEIGHTS)
    known["caseload_file"] = dataclasses.replace(known["caseload_file"], verified=True)
    monkeypatch.setattr("opora.foundation.rules.queries.values", lambda _codes: known)
    page = text_of(head.get("/files/load/"))
    assert page.count(", непроверена норма") == len(known) - 1
    assert "непроверени норми" not in page


def test_the_law_under_terms_stands_once_and_each_line_says_whether_it_is_checked() -> None:
    first, _second = make.file(), make.file(last_name="Друга")
    Deadline.objects.update(due=clock.now() + 2 * 24 * HOUR)
    page = text_of(people.client_of(make.person_in(first.service, "service_manager")).get("/files/"))
    due = page.partition('id="found"')[0]
    law = Deadline.objects.filter(file=first).values_list("legal_ref", flat=True)[0]
    assert due.count(f"{first.code[:7]}") >= 2
    assert due.count(law) == 1
    assert due.count(" · непроверена норма") == 2


def test_the_first_page_of_the_head_shows_weight_and_leads_to_its_reasons() -> None:
    file = make.file()
    page = text_of(people.client_of(make.person_in(file.service, "service_manager")).get("/"))
    assert "тежест 1,5" in page
    assert "/files/load/" in page
