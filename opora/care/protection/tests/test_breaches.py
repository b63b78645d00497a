"""D16: the breach clock counts exactly 72 hours; who keeps the register; nothing of a breach goes into mail."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from opora.care.protection import actions, clock_words, fields, queries
from opora.care.protection.models import Breach, BreachChange, BreachEntry
from opora.care.protection.numbers import holds_number
from opora.care.protection.tests import make
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.messages.models import Message
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db
SOFIA = terms.SOFIA
CANARY = "Щъркълбрига"


@pytest.mark.parametrize(
    ("noticed", "due"),
    [
        (
            dt.datetime(2026, 11, 20, 23, 30, 17, tzinfo=SOFIA),
            dt.datetime(2026, 11, 23, 23, 30, 17, tzinfo=SOFIA),
        ),
        (dt.datetime(2026, 10, 24, 12, 0, tzinfo=SOFIA), dt.datetime(2026, 10, 27, 11, 0, tzinfo=SOFIA)),
        (dt.datetime(2027, 3, 27, 12, 0, tzinfo=SOFIA), dt.datetime(2027, 3, 30, 13, 0, tzinfo=SOFIA)),
        (dt.datetime(2026, 12, 24, 9, 0, tzinfo=SOFIA), dt.datetime(2026, 12, 27, 9, 0, tzinfo=SOFIA)),
    ],
)
def test_the_clock_runs_exactly_72_hours_over_weekends_holidays_and_both_clock_changes(noticed, due) -> None:
    with clock.at(noticed + dt.timedelta(minutes=5)):
        breach = make.told(noticed_at=noticed)
        assert breach.minutes_left(clock.now()) == 72 * 60 - 5
    assert breach.due == due
    assert (breach.due.astimezone(dt.UTC) - noticed.astimezone(dt.UTC)).total_seconds() == 72 * 3600
    assert (breach.hours, breach.verified) == (72, False)
    assert "чл. 33" in breach.legal_ref


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2034, 1, 1), timezones=st.just(dt.UTC)))
def test_72_hours_from_any_second_are_259200_seconds(moment) -> None:
    assert (terms.due(moment, 72, "hours") - moment).total_seconds() == 259_200


def test_to_the_second_in_time_and_a_second_later_not() -> None:
    head = make.head()
    late = make.decided(head, make.told(noticed_at=clock.now() - dt.timedelta(days=5)))
    with pytest.raises(ActionRefused, match="причините за забавянето"):
        actions.notify(head, late, whom="commission", at=late.due + dt.timedelta(seconds=1), how="изх. № 1")
    in_time = make.notified(head, late, at=late.due)
    assert not in_time.was_late
    assert not in_time.runs


def test_after_the_term_a_reason_is_kept_and_shown() -> None:
    head = make.head()
    late = make.decided(head, make.told(noticed_at=clock.now() - dt.timedelta(days=5)))
    kept = make.notified(head, late, late_why="Празници, дежурният не беше намерен.")
    assert (kept.was_late, kept.late_why) == (True, "Празници, дежурният не беше намерен.")
    assert clock_words.state(kept) == ("Комисията е уведомена след срока", "wrong")


def test_a_later_rule_moves_no_clock_that_runs_and_no_number_gives_no_end() -> None:
    load_builtin_rules()
    running = make.told()
    Rule.objects.filter(code="breach_notice_hours").update(value="")
    bare = make.told(what="Друго.")
    assert (bare.due, bare.hours) == (None, None)
    assert clock_words.left(bare) == "срокът няма число"
    running.refresh_from_db()
    assert running.hours == 72


def test_when_the_noticing_is_corrected_the_clock_is_wound_again_and_the_history_says_so() -> None:
    head, breach = make.head(), make.told()
    earlier = breach.noticed_at - dt.timedelta(hours=10)
    kept = make.written(head, breach, noticed_at=earlier, happened_at=None)
    assert kept.due == breach.due - dt.timedelta(hours=10)
    change = BreachChange.objects.get(field="noticed_at")
    assert (change.entry.by, change.before != change.after) == (head.name, True)


def test_numbers_follow_within_the_year_of_noticing() -> None:
    with clock.at(dt.datetime(2027, 1, 1, 1, 0, tzinfo=SOFIA)):
        old = make.told(noticed_at=dt.datetime(2026, 12, 31, 22, 0, tzinfo=SOFIA))
        new = make.told(what="Друго", noticed_at=dt.datetime(2027, 1, 1, 0, 30, tzinfo=SOFIA))
    assert (old.code, new.code) == ("Н-2026-001", "Н-2027-001")


def test_the_same_form_sent_twice_is_one_breach() -> None:
    worker, when = make.worker(), clock.now()
    assert make.told(worker, noticed_at=when).pk == make.told(worker, noticed_at=when).pk
    assert Message.objects.count() == 0  # no head and no officer yet


def test_an_urgent_letter_without_a_word_of_it_reaches_the_head_and_the_officer() -> None:
    head, officer, stranger = make.head(), make.officer(), make.head(make.service("KRZ-10"))
    breach = make.told(what=f"{CANARY} вижда чуждо досие.")
    letters = Message.objects.all()
    assert {one.to_email for one in letters} == {head.email, officer.email}
    assert stranger.email not in {one.to_email for one in letters}
    for one in letters:
        assert breach.code in one.subject
        assert CANARY not in one.subject + one.body
        assert one.send_after == one.created_at  # at night too


def test_a_letter_leaves_once_before_the_end_and_once_after_it() -> None:
    head = make.head()
    breach = make.told()
    Message.objects.all().delete()
    at = breach.due
    for hours, letters in ((-25, 0), (-24, 1), (-3, 1), (0, 2), (30, 2)):
        with clock.at(at + dt.timedelta(hours=hours)):
            actions.remind()
        assert Message.objects.count() == letters, hours
    assert {one.to_email for one in Message.objects.all()} == {head.email}


def test_no_letter_once_the_commission_was_told_or_there_is_no_risk() -> None:
    head = make.head()
    told, harmless = make.told(), make.told(what="Друго")
    make.notified(head, make.decided(head, told))
    make.decided(head, harmless, "none")
    Message.objects.all().delete()
    with clock.at(told.due + dt.timedelta(days=1)):
        assert actions.remind() == 0
        assert queries.pressing(head) == []


def test_when_it_turns_out_to_be_a_risk_the_old_clock_runs_on() -> None:
    head = make.head()
    breach = make.decided(head, make.told(), "none")
    assert not breach.runs
    again = make.decided(head, breach, "high")
    assert again.runs
    assert again.due == breach.due


def test_who_keeps_the_register() -> None:
    place, other = make.service(), make.service("KRZ-10")
    breach = make.told(place=place)
    assert list(queries.breaches_for(make.head(place))) == [breach]
    assert list(queries.breaches_for(make.officer())) == [breach]
    assert list(queries.breaches_for(make.head(other))) == []
    worker = make.worker(place)
    assert list(queries.breaches_for(worker)) == []
    with pytest.raises(NotAllowed):
        actions.decide_breach(worker, breach, risk="none", why="Няма.")


def test_nothing_is_decided_by_the_program_and_a_decision_has_a_reason_and_a_name() -> None:
    from opora.foundation.accounts.actors import system

    head, breach = make.head(), make.told()
    assert breach.risk == ""
    with pytest.raises(ActionRefused):
        actions.decide_breach(head, breach, risk="none", why=" ")
    with pytest.raises(NotAllowed):
        actions.decide_breach(system(), breach, risk="none", why="Няма.")
    kept = make.decided(head, breach, "none")
    assert (kept.decided_by, kept.decision_why) == (head.name, "Данните са за здраве.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Breach.objects.filter(pk=kept.pk).update(decision_why="")


def test_it_is_closed_only_when_nothing_is_missing() -> None:
    head, breach = make.head(), make.told()
    said = {"closing": "Списъкът е проверен."}

    def refused(words: str) -> None:
        with pytest.raises(ActionRefused, match=words):
            actions.close_breach(head, breach, **said)

    refused("не е решил")
    make.decided(head, breach, "high")
    refused("Комисията още не е уведомена")
    make.notified(head, breach)
    refused("засегнатите хора не са уведомени")
    make.notified(head, breach, whom="people")
    refused("какви мерки")
    make.written(head, breach)
    closed = actions.close_breach(head, breach, **said)
    assert not closed.is_open
    with pytest.raises(ActionRefused, match="приключено"):
        make.written(head, closed)
    assert actions.reopen_breach(head, closed, why="Писмото е снимано.").is_open


def test_at_high_risk_people_who_do_not_know_yet_stay_on_the_first_page() -> None:
    head = make.head()
    breach = make.notified(head, make.decided(head, make.written(head, make.told()), "high"))
    assert not breach.runs
    assert [one.pk for one in queries.pressing(head)] == [breach.pk]
    assert clock_words.state(breach) == ("хората още не са уведомени", "waiting")
    told = make.notified(head, breach, whom="people")
    assert queries.pressing(head) == []
    assert clock_words.state(told) == ("Комисията е уведомена", "info")


def test_high_risk_without_telling_people_needs_the_reason() -> None:
    head = make.head()
    breach = make.notified(head, make.decided(head, make.written(head, make.told()), "high"))
    closed = actions.close_breach(
        head, breach, closing="Дисковете са шифровани.", untold_why="Лаптопът е шифрован."
    )
    assert closed.untold_why == "Лаптопът е шифрован."


def test_every_step_stands_in_the_history_and_in_the_audit_and_history_cannot_be_changed() -> None:
    head = make.head()
    breach = make.notified(head, make.decided(head, make.written(head, make.told())))
    actions.close_breach(head, breach, closing="Готово.")
    deeds = list(breach.history.order_by("number").values_list("deed", flat=True))
    assert deeds == ["told", "written", "decided", "notified", "closed"]
    audited = list(Entry.objects.filter(subject=breach.code).order_by("id").values_list("deed", flat=True))
    assert audited == [
        "breach.registered", "breach.changed", "breach.decided", "breach.notice_sent", "breach.closed"
    ]  # fmt: skip
    for rows in (BreachEntry.objects.all(), BreachChange.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**{rows.model._meta.fields[-1].name: "друго"})
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_two_keepers_never_overwrite_each_other() -> None:
    head, officer = make.head(), make.officer()
    breach = make.told()
    before = queries.breach_for(officer, breach.code)
    make.written(head, breach, consequences="Първи.")
    facts = make.FACTS | {"noticed_at": before.noticed_at, "consequences": "Втори."}
    with pytest.raises(Clash):
        actions.write_breach(officer, before, facts, make.MARKS, version=before.version)
    assert queries.breach_for(head, breach.code).consequences == "Първи."


def test_a_personal_number_is_refused_and_a_telephone_is_not() -> None:
    from opora.care.casework.tests.make import egn

    number = egn(dt.date(2014, 2, 5))
    assert holds_number(f"детето {number} е")
    assert not holds_number("тел. 0888 123 456, изх. № 20261128001")
    with pytest.raises(ActionRefused, match="ЕГН"):
        make.told(what=f"Видяно е досие {number}.")
    with pytest.raises(ActionRefused, match="ЕГН"):
        make.decided(make.head(), make.told(), "none") and actions.decide_breach(
            make.head(), make.told(), risk="risk", why=number
        )


def test_times_that_cannot_be_are_refused() -> None:
    head, breach = make.head(), make.told()
    future = clock.now() + dt.timedelta(hours=1)
    with pytest.raises(ActionRefused, match="бъдещето"):
        make.told(what="Друго", noticed_at=future)
    with pytest.raises(ActionRefused, match="след часа"):
        make.written(head, breach, happened_at=breach.noticed_at + dt.timedelta(minutes=1))
    with pytest.raises(ActionRefused, match="преди узнаването"):
        actions.notify(
            head, breach, whom="commission", at=breach.noticed_at - dt.timedelta(minutes=1), how="№ 1"
        )


def test_what_is_missing_is_named_and_a_nought_is_an_answer() -> None:
    head, breach = make.head(), make.told()
    assert "Приблизителен брой хора" in fields.missing(queries.breach_for(head, breach.code))
    assert fields.missing(make.written(head, breach, people_about=0)) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(72 * 60, "остават 72 часа"), (61, "остават 1 час и 1 минута"), (60, "остава 1 час"), (1, "остава 1 минута"), (-150, "2 часа и 30 минути след срока")],
)  # fmt: skip
def test_the_clock_in_words(minutes, words) -> None:
    now = clock.now()
    with clock.at(now):
        assert clock_words.left(Breach(due=now + dt.timedelta(minutes=minutes))) == words
