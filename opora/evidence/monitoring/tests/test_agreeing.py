"""How far observers agree: alpha from the marks, indicators to reword, severity, every figure down to its marks."""

from __future__ import annotations

import pytest

from opora.engines.agreement import alpha
from opora.evidence.monitoring import agreeing, agreement_page, queries, stages
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db
SEEN = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (1, 2), (3, 3), (2, 2)]
SPLIT = [(0, 4), (4, 0), (1, 3), (3, 0), (2, 4), (0, 3), (4, 1), (1, 4)]


@pytest.fixture
def round_():
    made = make.round_(services=8, of=make.version("1.1", "1.2", "2.1"))
    for place, visit in enumerate(made.visits.all()):
        one, two = SEEN[place], SPLIT[place]
        marks = ({"1.1": one[0], "1.2": two[0], "2.1": 2}, {"1.1": one[1], "1.2": two[1], "2.1": 3})
        make.bring(visit, stages.LOCKED, marks)
    return made


def of(round_):
    return agreeing.of_round(round_, queries.marks_of(make.coordinator(), round_))


def test_alpha_is_the_engine_s_of_the_very_marks(round_):
    found = of(round_)
    table = [[pair[0] for pair in SEEN], [pair[1] for pair in SEEN]]
    assert found.line("1.1").report.alpha == pytest.approx(alpha(table))
    pooled = [
        [a for pair in (SEEN, SPLIT) for a, _b in pair],
        [b for pair in (SEEN, SPLIT) for _a, b in pair],
    ]
    assert found.line("content").report.alpha == pytest.approx(alpha(pooled))
    assert found.line("1.1").spread[0] < found.line("1.1").report.alpha


def test_what_observers_do_not_share_is_to_be_reworded(round_):
    found = of(round_)
    assert found.line("1.1") not in found.to_reword
    # 2 beside 3 in every service shows no agreement on what is there, though no pair is far apart.
    assert [line.code for line in found.to_reword] == ["1.2", "2.1"]
    assert (found.line("1.2").report.apart, found.line("2.1").report.apart) == (8, 0)


def test_the_stricter_observer_is_told_without_judging(round_):
    found = of(round_)
    one, two = sorted(found.observers, key=lambda observer: observer.name)
    assert one.shift == pytest.approx(-two.shift)
    assert one.marks == two.marks == 24
    assert "общи обекти: 24" in one.sentence


def test_a_figure_opens_to_its_marks_the_furthest_apart_first(round_):
    told = queries.marks_of(make.coordinator(), round_)
    rows = agreement_page.rows(told, of(round_).line("1.2"))
    assert len(rows) == 8
    assert [mark.apart for _one, mark in rows] == sorted((abs(a - b) for a, b in SPLIT), reverse=True)
    page = (
        people.client_for("regional_coordinator", "BG/LOV")
        .get(f"/monitoring/rounds/{round_.code}/agreement/1.2/")
        .text
    )
    assert rows[0][0].name in page


def test_a_changed_mark_moves_the_figure(round_):
    before = of(round_).line("1.1").report.alpha
    seat = round_.visits.first().observers.get(place=2)
    seat.marks.filter(indicator__code="1.1").update(level=4)
    assert of(round_).line("1.1").report.alpha < before


def test_the_page_of_agreement_is_for_the_whole_region_only(round_):
    address = f"/monitoring/rounds/{round_.code}/agreement/"
    page = people.client_for("regional_coordinator", "BG/LOV").get(address).text
    assert "Показатели за нова формулировка" in page
    assert "AC2" in page
    assert people.client_for("regional_coordinator", "BG/KRZ").get(address).status_code == 404
    visit = round_.visits.first()
    assert people.client_for("service_manager", visit.path).get(address).status_code == 404


def test_a_round_without_double_marks_says_so():
    round_ = make.round_()
    page = (
        people.client_for("regional_coordinator", "BG/LOV")
        .get(f"/monitoring/rounds/{round_.code}/agreement/")
        .text
    )
    assert "Още няма посещение с две заключени оценки" in page
