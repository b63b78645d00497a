"""From a round to an agreed programme, by actions."""

from __future__ import annotations

import pytest

from opora.evidence.monitoring import queries, stages
from opora.evidence.monitoring.tests import make

pytestmark = pytest.mark.django_db


def test_from_a_plan_to_an_agreed_programme():
    visit = make.visit(
        stages.AGREED,
        ({"1.1": 1, "1.2": 3, "2.1": 2, "2.2": "na"}, {"1.1": 3, "1.2": 3, "2.1": 3, "2.2": "na"}),
    )
    assert visit.stage == stages.AGREED
    told = queries.marks_of(make.head(visit.service), visit.round)[0]
    assert told.levels() == {"1.1": 3.0, "1.2": 3.0, "2.1": 2.5, "2.2": None}
    first = told.marks[0]
    assert first.agreed == "Видяхме пак."
    assert [one.level for one in first.seen] == [1, 3]
    assert list(visit.stages.values_list("stage", flat=True)) == [
        stages.AGREED, stages.ANSWERED, stages.REPORTED, stages.CONSENSUS, stages.LOCKED, stages.MARKING, stages.PLANNED
    ]  # fmt: skip
