"""Two people with the same form of monitoring open (R12): nothing of either is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.evidence.monitoring import content, stages
from opora.evidence.monitoring.models import Agreed, ImprovementRow
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.ui.tests.hands import Hands

pytestmark = pytest.mark.django_db
SAME = dict.fromkeys(("1.1", "1.2", "2.1", "2.2"), 3)


def editors(where, at):
    return [Hands(people.client_for("regional_coordinator", "BG/LOV"), where, at=at) for _n in range(2)]


def indicator_of(draft, code="1.1"):
    return next(one for one in content.of_version(draft).items if one.code == code)


def test_an_indicator_of_a_draft():
    draft = make.version(published=False)
    where = f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/indicators/1.1/"
    one, other = editors(where, "title")
    one.send(level_0="Няма план.", weight="2,5")
    other.send(level_4="Планът е жив.")
    now = indicator_of(draft)
    assert (now.words[0], now.words[4], str(now.weight)) == ("Няма план.", "Планът е жив.", "2.50")
    one.read(one.client.get(where))
    other.read(other.client.get(where))
    one.send(title="План с детето")
    page = other.send(title="План със семейството")
    assert "План с детето" in page
    assert indicator_of(draft).title == "План с детето"
    other.send()
    assert indicator_of(draft).title == "План със семейството"


def test_an_indicator_that_was_renumbered_meanwhile_keeps_what_was_typed():
    draft = make.version(published=False)
    where = f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/indicators/1.1/"
    one, other = editors(where, "title")
    one.send(code="1.9")
    page = other.send(question="Пита ли се детето?")
    assert "Пита ли се детето?" in page
    assert "вече го няма" in page
    assert {item.code for item in content.of_version(draft).items} >= {"1.9"}


def test_a_mark_both_observers_settle():
    visit = make.visit(stages.LOCKED, marks=(SAME | {"1.1": 1}, SAME | {"1.1": 3}))
    where = f"/monitoring/visits/{visit.code}/consensus/"
    one, other = (Hands(people.client_of(seat.user), where, at="why") for seat in visit.observers.all())
    one.send(value="3", why="Видяхме дневника.")
    page = other.send(value="1", why="Дневникът е празен.")
    assert "Видяхме дневника." in page
    assert "Дневникът е празен." in page
    kept = Agreed.objects.get()
    assert (kept.level, kept.why) == (3, "Видяхме дневника.")
    other.send()
    kept.refresh_from_db()
    assert (kept.level, kept.why) == (1, "Дневникът е празен.")


def test_a_promised_step_both_observers_look_at():
    first = make.visit(stages.AGREED)
    people_ = [seat.user for seat in first.observers.all()]
    with clock.at(clock.now() + dt.timedelta(days=200)):
        second = make.round_(services=[first.service], of=first.round.version, observers=people_).visits.get()
        where = f"/monitoring/visits/{second.code}/"
        one, other = (Hands(people.client_of(user), f"{where}mark/", at="found") for user in people_)
        for hands in (one, other):
            hands.where = f"{where}check/"
        one.send(found="done", note="Видяхме листа.")
        page = other.send(found="not", note="Липсва лист.")
    row = ImprovementRow.objects.get()
    assert (row.found, row.found_note) == ("done", "Видяхме листа.")
    assert "Липсва лист." in page
