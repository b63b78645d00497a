"""What a reader of the log can ask for."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from opora.foundation.audit import actions, queries
from opora.foundation.audit.queries import Filters
from opora.foundation.audit.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows() -> None:
    """Three deeds of two people on two days."""
    other = make.Person(9, "Петър Стоев")
    with time_machine.travel(dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC), tick=False):
        actions.record(make.Person(), "consult", "К-2026-001", chain="svc:A", ground="проверка")
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC), tick=False):
        actions.record(other, "survey.card_submitted", "Карта 14", chain="org:1")
        actions.record(make.Person(), "change", "К-2026-001", chain="svc:A")


@pytest.mark.parametrize(
    ("filters", "subjects"),
    [
        (Filters(), ["К-2026-001", "Карта 14", "К-2026-001"]),
        (Filters(kind="collect"), ["Карта 14"]),
        (Filters(actor_id=9), ["Карта 14"]),
        (Filters(chain="svc:A", kind="change"), ["К-2026-001"]),
        (Filters(words="стоев КАРТА"), ["Карта 14"]),
        (Filters(words="няма такова"), []),
        # 22:30 UTC is half past midnight on the 21st in Bulgaria.
        (Filters(until=dt.date(2026, 11, 20)), []),
        (Filters(since=dt.date(2026, 11, 21), until=dt.date(2026, 11, 21)), ["К-2026-001"]),
        (Filters(since=dt.date(2026, 11, 22)), ["К-2026-001", "Карта 14"]),
    ],
)
def test_filters(filters: Filters, subjects: list[str]) -> None:
    assert [entry.subject for entry in queries.entries(filters)] == subjects


def test_rows_for_a_file_have_headings_and_bulgarian_dates() -> None:
    heading, *lines = queries.rows(Filters(actor_id=9))
    assert heading[:3] == ["кога", "кой", "роля"]
    assert lines[0][:2] == ["22.11.2026 11:00:00", "Петър Стоев"]
    assert lines[0][4:6] == ["Събиране на данни", "survey.card_submitted"]


def test_what_happened_to_one_thing() -> None:
    assert [entry.kind for entry in queries.last_for("К-2026-001")] == ["change", "consult"]
    assert queries.chain_names() == ["org:1", "svc:A"]
