"""Quality standards: what is required beside what is really done, counted by direction, never a mean."""

from __future__ import annotations

import pytest

from opora.evidence.monitoring import norms, queries, settling, stages
from opora.evidence.monitoring.models import COMPLIANCE, FrameworkVersion, Round, Visit
from opora.evidence.monitoring.papers import making
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
SEEN = {"1.1": 2, "1.2": 1, "2.1": 0, "2.2": "na"}


def checked(
    stage: str = stages.REPORTED, second: dict[str, int | str] | None = None, **given: object
) -> Visit:
    version = make.version(kind=COMPLIANCE)
    for one in queries.indicators_of(version):
        one.required = f"Изисква се ред за {one.code}."
        one.save()
    return make.visit(stage, (SEEN, second or SEEN), of=version, **given)


def page(visit: Visit) -> str:
    reader = visit.observers.select_related("user").first().user
    return people.client_of(reader).get(f"/monitoring/visits/{visit.code}/").content.decode()


def test_the_page_lays_what_is_required_beside_what_is_done_and_counts() -> None:
    shown = page(checked())
    assert "Изисква се ред за 1.1." in shown
    assert "Какво се прави наистина" in shown
    assert "изпълнява се: 1, отчасти: 1" in shown
    assert "не се изпълнява: 1, неприложимо: 1" in shown
    assert "средно" not in shown


def test_the_paper_says_the_same_without_a_mean() -> None:
    visit = checked()
    laid = making.book(make.coordinator(), visit)
    text = str(laid)
    assert "Изисква се: Изисква се ред за 1.1." in text
    assert "Общо: изпълнява се: 1, отчасти: 1." in text
    assert "средно" not in text


def test_every_difference_is_talked_over_and_no_half_standard_is_left() -> None:
    visit = checked(stages.LOCKED, SEEN | {"1.1": 1})
    assert norms.step_of(visit) == 0
    reader = visit.observers.select_related("user").first().user
    shown = people.client_of(reader).get(f"/monitoring/visits/{visit.code}/consensus/").content.decode()
    assert "Всяко различие се обсъжда" in shown
    make.settle(visit)
    told = queries.marks_of_visit(make.coordinator(), make.again(visit))
    assert all(mark.level is None or mark.level.is_integer() for mark in told.marks)


def test_what_to_praise_and_what_to_mend_follow_the_standards_and_not_the_levels_of_maturity() -> None:
    told = queries.marks_of_visit(make.coordinator(), checked())
    assert [mark.code for mark in settling.high(told, COMPLIANCE)] == ["1.1"]
    assert [mark.code for mark in settling.low(told, COMPLIANCE)] == ["2.1", "1.2"]


def test_a_standard_not_wholly_met_asks_for_what_is_really_done() -> None:
    visit = checked(stages.PLANNED)
    seat = visit.observers.select_related("user").first()
    make.mark(seat, SEEN, note="")
    with pytest.raises(ActionRefused, match="напишете какво се прави наистина"):
        make.actions.lock_marks(make.as_actor(seat.user), make.again(visit))


def test_the_newest_visit_of_maturity_stays_the_newest_after_one_by_standards() -> None:
    service = register.service(where=register.municipality("LOV18"))
    observers = [make.observer(), make.observer()]
    first = make.visit(stages.REPORTED, services=[service], observers=observers)
    second = checked(services=[service], observers=observers)
    reader = make.coordinator()
    assert queries.latest_visits(reader) == {service.pk: first}
    assert queries.latest_visits(reader, kind=COMPLIANCE) == {service.pk: second}
    Round.objects.update(closed_at=first.round.opened_at)
    assert list(queries.closed_rounds(reader)) == [first.round]
    assert (
        FrameworkVersion.objects.filter(rounds__in=queries.closed_rounds(reader, kind=COMPLIANCE)).count()
        == 1
    )
