"""A crisis: opened by a signal, counted in hours, closed with an outcome; nothing of it in mail."""

import datetime as dt
import re

import pytest

from opora.care.casework import actions, crisis_view, queries_crisis, queries_work
from opora.care.casework.models import Crisis, Event, Signal
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.models import Message
from opora.foundation.rules.queries import Value

pytestmark = pytest.mark.django_db
SOFIA = terms.SOFIA
CANARY = "Щъркълбрига"


def signal(file, *, received=None, actor=None, what="Детето е със синини.", source="school", whom=""):
    actor = actor or make.as_actor(file.lead)
    when = received or clock.now() - dt.timedelta(hours=1)
    return actions.receive_signal(actor, file, source=source, what=what, whom=whom, received_at=when)


def closed(actor, crisis):
    for one in crisis.signals.all():
        actions.assess_signal(actor, one, finding="Проверено.", danger="none")
    return actions.close_crisis(actor, crisis, outcome="unfounded", closing="Работата продължава.")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.datetime(2026, 3, 28, 12, 0, tzinfo=SOFIA), dt.datetime(2026, 3, 29, 13, 0, tzinfo=SOFIA)),
        (dt.datetime(2026, 10, 24, 12, 0, tzinfo=SOFIA), dt.datetime(2026, 10, 25, 11, 0, tzinfo=SOFIA)),
        (dt.datetime(2026, 11, 20, 23, 30, tzinfo=SOFIA), dt.datetime(2026, 11, 21, 23, 30, tzinfo=SOFIA)),
    ],
)
def test_a_signal_opens_a_crisis_whose_24_hours_run_through_both_clock_changes(received, due) -> None:
    with clock.at(received - dt.timedelta(days=1)):
        file = make.file()
    with clock.at(received + dt.timedelta(minutes=5)):
        found = signal(file, received=received)
        assert found.minutes_left == 24 * 60 - 5
    assert found.due == due
    assert (found.legal_ref, found.verified) == ("ЗЗД 36г(2)", False)
    assert found.crisis.number == 1


def test_the_clock_begins_when_the_signal_was_received_not_when_it_was_written() -> None:
    late = signal(make.file(), received=clock.now() - dt.timedelta(hours=30))
    assert late.minutes_left == -6 * 60
    assert crisis_view.SignalLine(late).state == ("6 часа след срока", "wrong")


def test_a_second_signal_joins_the_running_crisis_with_a_clock_of_its_own() -> None:
    file = make.file()
    first = signal(file, received=clock.now() - dt.timedelta(hours=5))
    second = signal(file, received=clock.now() - dt.timedelta(hours=2))
    assert first.crisis_id == second.crisis_id
    crisis = Crisis.objects.prefetch_related("signals").get()
    assert crisis.waiting == first
    actions.assess_signal(make.as_actor(file.lead), first, finding="Проверено.", danger="none")
    assert Crisis.objects.prefetch_related("signals").get().waiting == second


def test_a_rule_without_a_number_starts_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Value("signal_assessment", "", "hours", "Оценка", "ЗЗД", False)
    monkeypatch.setattr("opora.care.casework.actions.crisis.rules.rule", lambda *_a: empty)
    assert signal(make.file()).due is None


@pytest.mark.parametrize(
    "wrong", [{"what": " "}, {"source": "crowd"}, {"received": clock.now() + dt.timedelta(days=1)}]
)
def test_a_signal_without_words_source_or_a_moment_that_came_is_refused(wrong: dict) -> None:
    with pytest.raises(ActionRefused):
        signal(make.file(), **wrong)
    assert Crisis.objects.count() == 0


def test_who_does_not_work_on_the_file_neither_opens_nor_sees_a_crisis() -> None:
    file = make.file()
    stranger = make.as_actor(make.person_in(file.service, "specialist"))
    with pytest.raises(NotAllowed):
        signal(file, actor=stranger)
    found = signal(file)
    assert queries_work.in_crisis(queries_work.open_files(stranger)) == []
    assert not queries_crisis.crises_of(stranger, file).exists()
    with pytest.raises(NotAllowed):
        actions.assess_signal(stranger, found, finding="Няма нищо.", danger="none")


def test_it_closes_only_when_nothing_waits_and_with_an_outcome() -> None:
    file = make.file()
    actor, found = make.as_actor(file.lead), signal(file)
    crisis = found.crisis
    step = actions.add_step(actor, crisis, kind="step", text="Лекар", who="Ана")

    def close(**more):
        return actions.close_crisis(actor, crisis, **({"outcome": "safe_home", "closing": "Край."} | more))

    with pytest.raises(ActionRefused, match="без оценка"):
        close()
    actions.assess_signal(actor, found, finding="В безопасност е.", danger="none")
    with pytest.raises(ActionRefused, match="чакат"):
        close()
    with pytest.raises(ActionRefused, match="защо"):
        actions.end_step(actor, step, done=False)
    actions.end_step(actor, step, done=False, result="Не се наложи.")
    for wrong in ({"outcome": "fine"}, {"closing": " "}):
        with pytest.raises(ActionRefused):
            close(**wrong)
    assert close().closed_by == file.lead.name
    with pytest.raises(ActionRefused, match="закрита"):
        actions.add_step(actor, crisis, kind="step", text="Лекар", who="Ана")


def test_a_colleague_who_does_not_lead_does_not_close_it_and_the_head_does() -> None:
    file = make.file()
    colleague = make.person_in(file.service, "specialist")
    file.members.create(user=colleague, part="specialist", since=clock.today(), given_by="Проба")
    crisis = signal(file).crisis
    with pytest.raises(NotAllowed):
        closed(make.as_actor(colleague), crisis)
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    assert (
        actions.close_crisis(head, crisis, outcome="unfounded", closing="Проверено.").outcome == "unfounded"
    )


def test_a_new_signal_after_the_closing_opens_the_second_crisis() -> None:
    file = make.file()
    closed(make.as_actor(file.lead), signal(file).crisis)
    assert signal(file).crisis.number == 2


def test_the_same_form_sent_twice_is_written_once() -> None:
    file, when = make.file(), clock.now() - dt.timedelta(hours=1)
    actor = make.as_actor(file.lead)
    assert signal(file, received=when).pk == signal(file, received=when).pk
    crisis = Crisis.objects.get()
    for _ in range(2):
        actions.add_step(actor, crisis, kind="step", text="Лекар", who="Ана")
        actions.name_helper(actor, crisis, role="police", name="Инспектор", phone="112")
    assert (crisis.signals.count(), crisis.steps.count(), crisis.people.count()) == (1, 1, 1)


def test_a_call_with_its_result_is_written_as_made() -> None:
    file = make.file()
    actor = make.as_actor(file.lead)
    call = actions.add_step(
        actor, signal(file).crisis, kind="call", text="Полиция", who="Ана", result="Идват."
    )
    assert (call.done_at is not None, call.done_by, call.is_waiting) == (True, actor.name, False)


def test_running_crises_stand_most_urgent_first_and_assessed_ones_last() -> None:
    files = [make.file(first_name=name) for name in ("Ана", "Ина", "Ема")]
    for file, hours in zip(files, (2, 20, 22), strict=True):
        signal(file, received=clock.now() - dt.timedelta(hours=hours))
    last = Signal.objects.get(crisis__file=files[2])
    actions.assess_signal(make.as_actor(files[2].lead), last, finding="Проверено.", danger="none")
    head = make.as_actor(make.person_in(files[0].service, "service_manager"))
    found = queries_work.in_crisis(queries_work.open_files(head))
    assert [one.code for one in found] == [files[1].code, files[0].code, files[2].code]
    assert [one.urgency.waits for one in found] == [True, True, False]


def test_nothing_of_a_crisis_goes_into_mail_or_chronology() -> None:
    file = make.file(last_name=CANARY)
    make.person_in(file.service, "service_manager")
    actor = make.as_actor(file.lead)
    crisis = signal(file, what=f"Удариха {CANARY}.", whom=f"Леля {CANARY}").crisis
    actions.add_step(actor, crisis, kind="step", text=f"При {CANARY}", who=CANARY)
    letters = [f"{m.subject} {m.body} {m.to_name}" for m in Message.objects.all()]
    assert len(letters) == 1
    assert file.code in letters[0]
    for text in letters:
        assert not re.search(rf"{CANARY}|криза|сигнал|насили|риск|опасн", text, re.IGNORECASE)
    assert CANARY not in " ".join(Event.objects.filter(kind="crisis").values_list("text", flat=True))
    assert CANARY not in " ".join(str(one.details) for one in Entry.objects.filter(deed__startswith="case."))


# --- pages


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_worker_opens_assesses_and_closes_a_crisis_through_the_pages() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    now = clock.now().astimezone(SOFIA)
    given = {"source": "school", "what": "Синини.", "on": f"{now:%d.%m.%Y}", "hour": "0:00"}
    page = text_of(client.post(f"/files/{file.code}/crisis/signal/", given, follow=True))
    assert "Криза № 1" in page
    assert "Бърз изход" in page
    for route in ("", "crisis/", "plan/"):
        assert "Води се криза" in text_of(client.get(f"/files/{file.code}/{route}"))
    assert "криза № 1" in text_of(client.get("/"))
    found, where = Signal.objects.get(), f"/files/{file.code}/crisis/1/"
    page = text_of(client.post(where, {"do": "assess", "pk": found.pk, "assess-finding": ""}))
    assert "Нужна е поправка" in page
    client.post(
        where, {"do": "assess", "pk": found.pk, "assess-finding": "В безопасност е.", "assess-danger": "none"}
    )
    client.post(
        where,
        {"do": "step", "step-kind": "step", "step-text": "Лекар", "step-who": "Ана", "step-hour": "14:30"},
    )
    step = Crisis.objects.get().steps.get()
    assert step.until.astimezone(SOFIA).time() == dt.time(14, 30)
    refused = text_of(
        client.post(where, {"do": "close", "close-outcome": "safe_home", "close-closing": "Край."})
    )
    assert "Има стъпки" in refused
    client.post(where, {"do": "done", "pk": step.pk, "result": "Здрава е."})
    page = text_of(
        client.post(
            where, {"do": "close", "close-outcome": "safe_home", "close-closing": "Край."}, follow=True
        )
    )
    assert "Кризата е закрита." in page
    assert "Кризи, които се водят" not in text_of(client.get("/"))


def test_an_unassessed_future_hour_is_told_and_nothing_typed_is_lost() -> None:
    file = make.file()
    tomorrow = clock.today() + dt.timedelta(days=1)
    given = {"source": "school", "what": "Синини.", "on": f"{tomorrow:%d.%m.%Y}", "hour": "10:00"}
    page = text_of(people.client_of(file.lead).post(f"/files/{file.code}/crisis/signal/", given))
    assert "бъдещето" in page
    assert "Синини." in page


ROUTES = ["crisis/", "crisis/signal/", "crisis/risk/", "crisis/plan/", "crisis/1/"]


@pytest.mark.parametrize("route", ROUTES)
def test_pages_of_a_crisis_of_others_do_not_exist(route: str) -> None:
    file = make.file()
    signal(file)
    for role in ("service_manager", "case_manager", "regional_coordinator", "dpo_auditor"):
        scope = make.service("LOV-99").path if role in ("service_manager", "case_manager") else None
        assert people.client_for(role, scope).get(f"/files/{file.code}/{route}").status_code == 404
    assert people.client_for("public").get(f"/files/{file.code}/{route}").status_code == 302


def test_who_reads_in_an_emergency_sees_the_crisis_and_writes_nothing() -> None:
    file = make.file()
    signal(file, what="Синини по ръката.")
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    actions.open_in_emergency(
        make.as_actor(stranger), file, reason="danger", why="Детето е при нас и е в опасност сега."
    )
    client = people.client_of(stranger)
    page = text_of(client.get(f"/files/{file.code}/crisis/1/"))
    assert "Синини по ръката." in page
    assert "Запиши оценката" not in page
    assert client.get(f"/files/{file.code}/crisis/signal/").status_code == 404


def test_danger_now_says_what_follows_and_keeps_the_crisis_open_until_something_is_done() -> None:
    file = make.file()
    actor, client = make.as_actor(file.lead), people.client_of(file.lead)
    found = signal(file)
    where = f"/files/{file.code}/crisis/{found.crisis.number}/"
    kept = text_of(client.post(where, {"do": "assess", "pk": found.pk, "assess-finding": "Синини."}))
    assert "Синини." in kept
    assert Signal.objects.get().assessed_at is None
    said = {"do": "assess", "pk": found.pk, "assess-finding": "Синини.", "assess-danger": "now"}
    page = text_of(client.post(where, said, follow=True))
    for step in ("Закрила на детето", "Оценете риска", "Договорете план за безопасност"):
        assert step in page.partition("Какво следва")[2]
    assert "отбелязана е опасност сега" in page
    with pytest.raises(ActionRefused, match="Отбелязана е опасност"):
        actions.close_crisis(actor, Crisis.objects.get(), outcome="safe_home", closing="Край.")
    actions.add_step(actor, Crisis.objects.get(), kind="call", text="ОЗД", who="Ана", result="Идват.")
    assert crisis_view.CrisisView(actor, Crisis.objects.get()).next_steps[0]["kind"] == "done"
    assert actions.close_crisis(actor, Crisis.objects.get(), outcome="safe_home", closing="Край.").closed_at
