"""Frozen facts in, a frozen result out."""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.planning.needs import reckoning as r
from opora.planning.needs.reckoning import grammar
from opora.planning.needs.tests import fabricate

seeds = st.integers(0, 10_000)


def test_same_facts_same_result_to_the_letter():
    one, other = r.reckon(fabricate.facts(3)), r.reckon(fabricate.facts(3))
    assert json.dumps(r.as_json(one)) == json.dumps(r.as_json(other))
    assert fabricate.facts(3).sha256 == fabricate.facts(3).sha256 != fabricate.facts(4).sha256


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_json_loses_nothing(seed):
    facts = fabricate.facts(seed)
    result = r.reckon(facts)
    assert r.from_json(json.loads(json.dumps(facts.as_json()))) == facts
    assert r.result_from_json(json.loads(json.dumps(r.as_json(result)))) == result


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 30), st.integers(1, 8))
def test_totals_are_sums_of_their_rows(seed, services, towns):
    result = r.reckon(fabricate.facts(seed, size=services, towns=towns))
    for table in result.tables:
        if table.key.startswith(("places.", "staff.", "need.", "crisis.")) and any(
            row.total for row in table.rows
        ):
            for column in table.columns:
                if column.key in {
                    "services",
                    "capacity",
                    "occupied",
                    "waiting",
                    "posts",
                    "filled",
                    "users",
                    "hours",
                }:
                    parts = [cell.value for _, cell in table.column(column.key) if cell.value is not None]
                    assert (table.cell("region", column.key).value or 0) == pytest.approx(sum(parts))


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_every_sum_is_what_its_rows_gave(seed):
    for table, row, column, cell in r.reckon(fabricate.facts(seed)).cells():
        derived = {
            "free",
            "occupancy",
            "filled_share",
            "load",
            "fte",
            "rate",
            "used",
            "share",
            "mean",
            "vacant",
        }
        if (
            isinstance(cell.value, int | float)
            and cell.refs
            and column.key not in derived
            and column.key != "hours"
        ):
            assert cell.value == pytest.approx(sum(amount for _, amount in cell.refs)), (
                table.key,
                row.key,
                column.key,
            )


def test_known_figures():
    services = (
        r.ServiceFacts(
            "A", "А", "csri", "X1", ("kids",), 10, None, 12, 5, (r.PostFacts("психолог", 2, 0.5),)
        ),
        r.ServiceFacts("B", "Б", "csc", "X2", ("kids", "adults"), 30, 2, 24, 0),
    )
    facts = fabricate.facts(
        services=services,
        cards=(),
        municipalities=(r.Place("X1", "Алфа"), r.Place("X2", "Бета")),
        population=(r.PopulationFacts("X1", "pop_current", 2_000, "2026-06-15", "ГРАО"),),
    )
    result = r.reckon(facts)
    places = result.table("places.municipality")
    assert [cell.value for cell in places.rows[0].cells] == [1, 10, 12, -2, 1.2, 5, None]
    assert [cell.value for cell in places.rows[-1].cells] == [2, 40, 36, 4, 0.9, 5, 2]
    assert result.table("staff.municipality").cell("X1", "load").value == 24.0
    assert result.table("people.coverage").cell("X1", "rate").value == 5.0
    assert result.table("people.population").cell("region", "pop_current").value is None
    gaps = next(c for c in result.chapters if c.key == "gaps").text
    assert "Община Алфа: местата са заети на 120 %.".replace(" %", "\u00a0%") in gaps
    assert "Община Алфа: чакат 5 души, свободните места са 0." in gaps
    assert result.table("staff.profession").cell("психолог", "lacking").value == "–"


def test_missing_figure_is_no_zero():
    unknown = dataclasses.replace(
        fabricate.facts().services[0], capacity=None, occupied=None, waiting=None, posts=()
    )
    result = r.reckon(fabricate.facts(services=(unknown,), cards=()))
    row = result.table("places.municipality").rows[-1]
    assert [cell.value for cell in row.cells][1:6] == [None] * 5


def test_region_without_services_cards_or_population():
    result = r.reckon(fabricate.facts(services=(), cards=(), population=()))
    assert [chapter.key for chapter in result.chapters] == [
        "summary", "services", "needs", "people", "gaps", "answers", "method",
    ]  # fmt: skip
    assert all(chapter.text for chapter in result.chapters)
    assert "Няма внесени данни за населението" in " ".join(result.chapters[3].text)


def test_roles_outside_a_repeat_name_the_specialist():
    choices = (("psy", "психиатър"), ("none", "никой"))
    questions = (
        r.Question("needs.who", "Кой", "choice", "need.specialist", choices=choices, many=True),
        r.Question("needs.psy_users", "Потребители", "number", "need.users:psy"),
        r.Question("needs.psy_hours", "Часове", "number", "need.hours.week:psy"),
        r.Question("cases", "Случаи", "number", "crisis.count"),
    )
    services = fabricate.facts(size=2).services
    answers = (
        ("needs.who", "needs.who", "psy", None),
        ("needs.psy_users", "needs.psy_users", "6", 6.0),
        ("needs.psy_hours", "needs.psy_hours", "3", 3.0),
        ("cases", "cases", "4", 4.0),
    )
    cards = (
        r.CardFacts("К1", services[0].code, "submitted", "Изпратена", answers=answers),
        r.CardFacts(
            "К2",
            services[1].code,
            "submitted",
            "Изпратена",
            answers=(("needs.who", "needs.who", "none", None),),
        ),
    )
    result = r.reckon(fabricate.facts(services=services, questions=questions, cards=cards))
    table = result.table("need.specialist")
    assert [row.label for row in table.rows] == ["психиатър", "Общо"]
    assert [cell.value for cell in table.rows[0].cells] == [1, 6, 13, 0.07]
    assert result.table("crisis.specialist") is None
    assert result.table("crisis.municipality").cell("region", "count").value == 4


def test_other_questions_are_counted_and_open_ones_listed():
    result = r.reckon(fabricate.facts(5))
    transport = result.table("answers.transport")
    assert [row.label for row in transport.rows] == ["да", "не"]
    assert sum(cell.value for _, cell in transport.column("cards")) == 17
    assert result.table("answers.proposals").internal
    assert result.table("answers.capacity") is None


def test_missing_cards_are_named():
    result = r.reckon(fabricate.facts(5))
    assert result.table("cards.returned").cell("region", "missing").value == 2
    assert [row.key for row in result.table("cards.missing").rows] == ["К-2026-006", "К-2026-013"]


def test_comparison_names_what_changed():
    facts = fabricate.facts(2)
    more = dataclasses.replace(facts.services[0], waiting=(facts.services[0].waiting or 0) + 10)
    later = r.reckon(dataclasses.replace(facts, services=(more, *facts.services[1:])))
    changes = r.compare(r.reckon(facts), later)
    assert changes
    assert {change.column for change in changes} == {"Чакащи"}
    assert {change.difference for change in changes} == {10}
    assert r.compare(later, later) == []


def test_bulgarian_counts():
    assert grammar.counted(1, "service") == "1 услуга"
    assert grammar.counted(2, "service") == "2 услуги"
    assert grammar.counted(1, "hour") == "1 час"
    assert grammar.counted(1.5, "hour") == "1,5 часа"
    assert grammar.counted(12_345, "person") == "12\u202f345 души"
    assert grammar.number(-3) == "\u22123"
    assert grammar.listed(["А", "Б", "В"]) == "А, Б и В"
    assert grammar.listed(list("абвгдежз"), 3) == "а, б, в и още 5"


def test_sentences_are_short():
    for seed in range(5):
        for chapter in r.reckon(fabricate.facts(seed)).chapters:
            for sentence in chapter.text:
                if not sentence.startswith(("Събиране на карти", "Заетост:")):
                    assert len(sentence.split()) <= 24, sentence


def test_summary_is_five_sentences_at_most():
    for seed in range(10):
        assert len(r.reckon(fabricate.facts(seed)).chapters[0].text) <= 5
