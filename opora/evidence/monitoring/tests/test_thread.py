"""From a round to an agreed programme, by actions."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.evidence.monitoring import actions, queries, queries_visit, results, stages
from opora.evidence.monitoring.models import Programme, Visit
from opora.evidence.monitoring.tests import make
from opora.foundation.audit.models import Entry as AuditEntry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
ONE = {"1.1": 1, "1.2": 3, "2.1": 2, "2.2": "na"}
TWO = {"1.1": 3, "1.2": 3, "2.1": 3, "2.2": "na"}


def test_from_a_plan_to_an_agreed_programme():
    visit = make.visit(stages.AGREED, (ONE, TWO))
    told = queries.marks_of(make.head(visit.service), visit.round)[0]
    assert told.levels() == {"1.1": 3.0, "1.2": 3.0, "2.1": 2.5, "2.2": None}
    assert told.marks[0].agreed == "Видяхме пак."
    assert [one.level for one in told.marks[0].seen] == [1, 3]
    assert [mark.applies for mark in told.marks] == [True, True, True, False]
    assert list(visit.stages.values_list("stage", flat=True)) == [
        stages.AGREED, stages.ANSWERED, stages.REPORTED, stages.CONSENSUS, stages.LOCKED, stages.MARKING, stages.PLANNED
    ]  # fmt: skip


def test_every_deed_stands_in_the_audit_by_code():
    visit = make.visit(stages.AGREED, (ONE, TWO))
    deeds = set(AuditEntry.objects.filter(subject=visit.code).values_list("deed", flat=True))
    assert deeds >= {
        f"monitoring.{one}"
        for one in (
            "marks_received", "marks_locked", "mark_agreed", "report_sent", "report_answered", "programme_row_added",
            "programme_offered", "programme_agreed",
        )
    }  # fmt: skip


def test_equal_marks_need_no_talk():
    assert make.visit(stages.CONSENSUS, (2, 3)).stage == stages.CONSENSUS
    visit = Visit.objects.get()
    assert not visit.stages.filter(stage=stages.LOCKED).exists()
    assert set(results.of_visits([visit])[0].levels().values()) == {2.5}


def test_one_says_it_does_not_apply_is_talked_over():
    visit = make.visit(stages.LOCKED, ({"1.1": "na", "1.2": 2, "2.1": 2, "2.2": 2}, 2))
    from opora.evidence.monitoring.actions.consensus import left

    assert [one.code for one in left(visit)] == ["1.1"]


def test_nobody_writes_the_report_while_something_is_not_talked_over():
    visit = make.visit(stages.LOCKED, (0, 4))
    with pytest.raises(NotAllowed):
        actions.issue_report(make.coordinator(), visit, strengths="да", advice="да")


def test_settling_asks_for_a_reason_a_level_of_the_scale_and_a_difference():
    visit = make.visit(
        stages.LOCKED, ({"1.1": 0, "1.2": 2, "2.1": 2, "2.2": 2}, {"1.1": 4, "1.2": 2, "2.1": 2, "2.2": 2})
    )
    by = make.as_actor(visit.observers.first().user)
    asked = {one.code: one for one in queries.indicators_of(visit.round.version)}
    for code, value, why in (("1.1", "2", " "), ("1.1", "7", "защо"), ("1.2", "2", "защо")):
        with pytest.raises(ActionRefused):
            actions.agree_mark(by, visit, asked[code], value=value, why=why)
    actions.agree_mark(by, visit, asked["1.1"], value="na", why="Услугата няма такава дейност.")
    assert make.again(visit).stage == stages.CONSENSUS
    assert results.of_visits([visit])[0].levels()["1.1"] is None


def test_a_reported_visit_is_settled_no_more():
    visit = make.visit(stages.REPORTED, (2, 3))
    by = make.as_actor(visit.observers.first().user)
    indicator = queries.indicators_of(visit.round.version)[0]
    with pytest.raises(NotAllowed):
        actions.agree_mark(by, visit, indicator, value="2", why="защо")


def test_the_term_to_answer_follows_from_the_rule():
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        visit = make.visit(stages.REPORTED)
        report = queries_visit.report_of(make.coordinator(), visit)
    assert report.answer_until == dt.date(2026, 11, 16)


def test_only_the_head_of_the_service_answers_and_once():
    visit = make.visit(stages.REPORTED)
    stranger = make.head(register.service(where=register.municipality("LOV34")))
    for actor in (stranger, make.coordinator()):
        with pytest.raises(NotAllowed):
            actions.answer_report(actor, visit, text="да")
    actions.answer_report(make.head(visit.service), visit, text="Съгласни сме.")
    with pytest.raises(NotAllowed):
        actions.answer_report(make.head(visit.service), visit, text="Още нещо.")


def test_a_programme_is_written_offered_returned_and_agreed():
    visit = make.visit(stages.ANSWERED)
    head, over = make.head(visit.service), make.coordinator()
    with pytest.raises(ActionRefused):
        actions.offer_programme(head, visit)
    with pytest.raises(ActionRefused):
        actions.add_row(head, visit, what="нещо", who="някой", due=clock.today())
    row = actions.add_row(head, visit, what="Едно", who="Екипът", due=clock.today() + dt.timedelta(days=9))
    actions.add_row(head, visit, what="Две", who="Екипът", due=clock.today() + dt.timedelta(days=5))
    actions.remove_row(head, row)
    with pytest.raises(ActionRefused):
        actions.agree_programme(over, visit)
    actions.offer_programme(head, visit)
    with pytest.raises(ActionRefused):
        actions.add_row(head, visit, what="Три", who="Екипът", due=clock.today() + dt.timedelta(days=9))
    actions.return_programme(over, visit, note="Добавете срок за кризисния ред.")
    assert Programme.objects.get().returned
    actions.offer_programme(head, visit)
    with pytest.raises(NotAllowed):
        actions.agree_programme(head, visit)
    actions.agree_programme(over, visit)
    assert make.again(visit).stage == stages.AGREED


def test_the_next_visit_starts_from_the_programme():
    first = make.visit(stages.AGREED)
    people = [seat.user for seat in first.observers.all()]
    with clock.at(clock.now() + dt.timedelta(days=200)):
        second = make.round_(services=[first.service], of=first.round.version, observers=people).visits.get()
        (row,) = queries_visit.rows_to_check(make.again(second))
        assert row.what == "Мери напредъка по целите"
        with pytest.raises(NotAllowed):
            actions.check_row(make.head(first.service), row, second, found="done")
        actions.check_row(make.as_actor(people[0]), row, second, found="partly", note="Мери се при двама.")
    row.refresh_from_db()
    assert (row.found, row.found_in) == ("partly", second)


def test_rooms_above_read_marks_error_and_the_tree():
    from opora.engines.scoring import scores
    from opora.evidence.monitoring import agreeing

    visit = make.visit(
        stages.REPORTED, ({"1.1": 1, "1.2": 3, "2.1": 2, "2.2": 2}, {"1.1": 2, "1.2": 3, "2.1": 2, "2.2": 2})
    )
    told = queries.marks_of(make.coordinator(), visit.round)
    assert agreeing.error(told) == {"1.1": pytest.approx(0.5**0.5), "1.2": 0, "2.1": 0, "2.2": 0}
    tree = queries.tree_of(visit.round.version)
    raw = {code: [level] for code, level in told[0].levels().items()}
    assert scores(raw, tree).index[0] == pytest.approx(100 * ((1.5 + 3) / 2 + 2) / 2 / 4)
    assert queries.latest_visits(make.coordinator()) == {visit.service_id: visit}
    assert queries.latest_visits(make.coordinator("BG/KRZ")) == {}
