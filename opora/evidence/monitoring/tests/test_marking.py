"""What observers enter: once whatever how often it is sent, two versions where two devices differ, blind until locked."""

from __future__ import annotations

import io
import uuid

import pytest
from django.test import Client
from PIL import Image

from opora.evidence.monitoring import actions, completeness, entries, policies, queries, queries_visit, stages
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.models import COMPLIANCE, Entry, Mark, Photo
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import store
from opora.foundation.documents.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return make.visit()


@pytest.fixture
def seat(visit):
    return visit.observers.select_related("user").get(place=1)


def enter(seat, slot, value, *base, key=None):
    (row,) = actions.receive(
        make.as_actor(seat.user), make.again(seat.visit), [Typed(key or make.key(), slot, value, base)]
    )
    return row


def standing(seat, slot):
    return [row.value for row in seat.entries.standing().filter(slot=slot)]


def test_the_same_entry_sent_again_is_written_once(seat):
    typed = [Typed(make.key(), f"voice:user-{number}", f"думи {number}") for number in range(100)]
    actor = make.as_actor(seat.user)
    for cut in range(10):
        actions.receive(actor, make.again(seat.visit), typed[: 10 * cut + 10])
    actions.receive(actor, make.again(seat.visit), typed)
    assert Entry.objects.count() == 100


def test_what_is_typed_over_gives_way_and_stays_in_the_history(seat):
    first = enter(seat, "note:1.1", "едно")
    enter(seat, "note:1.1", "две", first.key)
    assert standing(seat, "note:1.1") == ["две"]
    assert Entry.objects.filter(value="едно").exists()
    assert Mark.objects.get().note == "две"


def test_a_chain_in_one_sending_keeps_its_order(seat):
    keys = [make.key() for _ in range(3)]
    typed = [
        Typed(keys[0], "level:1.1", "1"),
        Typed(keys[1], "level:1.1", "2", (keys[0],)),
        Typed(keys[2], "level:1.1", "3", (keys[1],)),
    ]
    actions.receive(make.as_actor(seat.user), seat.visit, typed)
    assert standing(seat, "level:1.1") == ["3"]
    assert Mark.objects.get().level == 3


def test_two_devices_in_one_field_leave_both_versions_until_one_is_chosen(seat):
    shared = enter(seat, "note:1.1", "общо")
    one = enter(seat, "note:1.1", "от таблета", shared.key)
    two = enter(seat, "note:1.1", "от телефона", shared.key)
    assert sorted(standing(seat, "note:1.1")) == ["от таблета", "от телефона"]
    (clash,) = entries.clashing(seat.entries.standing().select_related("indicator"))
    assert (clash.slot, clash.code) == ("note:1.1", "1.1")
    enter(seat, "note:1.1", "и двете", one.key, two.key)
    assert standing(seat, "note:1.1") == ["и двете"]


def test_two_devices_that_say_the_same_do_not_clash(seat):
    enter(seat, "level:1.1", "2")
    enter(seat, "level:1.1", "2")
    assert standing(seat, "level:1.1") == ["2"]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("level:1.1", "5"),
        ("level:1.1", "две"),
        ("level:9.9", "1"),
        ("other:1.1", "1"),
        ("note:", "x"),
        ("note:1.1", "x" * 4001),
    ],
)
def test_what_is_not_of_the_framework_is_refused_whole(seat, slot, value):
    typed = [Typed(make.key(), "level:1.2", "2"), Typed(make.key(), slot, value)]
    with pytest.raises(ActionRefused):
        actions.receive(make.as_actor(seat.user), seat.visit, typed)
    assert not Entry.objects.exists()


def test_only_the_observer_marks_until_they_lock(seat):
    visit = seat.visit
    with pytest.raises(NotAllowed):
        actions.receive(make.coordinator(), visit, [Typed(make.key(), "level:1.1", "2")])
    make.mark(seat, 2)
    actions.lock_marks(make.as_actor(seat.user), make.again(visit))
    with pytest.raises(NotAllowed):
        enter(seat, "level:1.1", "3")


def test_a_tie_declared_after_the_plan_stops_the_marking(seat, client):
    actions.declare_tie(make.as_actor(seat.user), service=seat.visit.service, note="съпругът ми работи там")
    with pytest.raises(NotAllowed):
        enter(seat, "level:1.1", "3")
    page = people.client_of(seat.user).get(f"/monitoring/visits/{seat.visit.code}/mark/", follow=True).text
    assert "Координаторът ще изпрати друг" in page


def test_locking_asks_for_every_mark_and_for_evidence_of_high_ones(seat):
    actor = make.as_actor(seat.user)
    make.mark(seat, {"1.1": 3, "1.2": 2, "2.1": "na"}, note="")
    found = completeness.of_observer(seat.visit, seat)
    assert (found.done, found.total) == (3, 4)
    assert [one.code for one in found.missing] == ["2.2", "1.1"]
    with pytest.raises(ActionRefused, match=r"2\.2"):
        actions.lock_marks(actor, make.again(seat.visit))
    enter(seat, "level:2.2", "0")
    actions.add_photo(actor, make.again(seat.visit), jpeg(), name="a.jpg", key=make.key(), code="1.1")
    actions.lock_marks(actor, make.again(seat.visit))
    assert make.again(seat.visit).stage == stages.MARKING


def test_a_field_with_two_versions_keeps_from_locking(seat):
    make.mark(seat, 2)
    enter(seat, "note:1.1", "друго")
    with pytest.raises(ActionRefused, match="две версии"):
        actions.lock_marks(make.as_actor(seat.user), make.again(seat.visit))


def test_compliance_asks_what_is_really_done_wherever_it_is_not_met():
    visit = make.visit(of=make.version("1.1", "2.1", kind=COMPLIANCE))
    seat = visit.observers.get(place=1)
    make.mark(seat, {"1.1": 2, "2.1": 1}, note="")
    assert [one.code for one in completeness.of_observer(visit, seat).missing] == ["2.1"]
    with pytest.raises(ActionRefused):
        enter(seat, "level:1.1", "3")


def test_any_difference_in_compliance_is_talked_over():
    visit = make.visit(stages.LOCKED, (1, 2), of=make.version("1.1", kind=COMPLIANCE))
    assert visit.stage == stages.LOCKED


def test_nobody_sees_the_other_before_both_have_locked(visit):
    first, second = visit.observers.select_related("user").order_by("place")
    make.mark(first, 2, note="тайна бележка")
    actions.lock_marks(make.as_actor(first.user), make.again(visit))
    for actor in (
        make.as_actor(second.user),
        make.as_actor(first.user),
        make.coordinator(),
        make.head(visit.service),
    ):
        assert queries.marks_of(actor, visit.round) == []
        assert not policies.see_marks(actor, make.again(visit))
    for path in (f"/monitoring/visits/{visit.code}/", f"/monitoring/visits/{visit.code}/mark/"):
        assert "тайна бележка" not in people.client_of(second.user).get(path).text
    make.mark(second, 2)
    actions.lock_marks(make.as_actor(second.user), make.again(visit))
    assert "тайна бележка" in people.client_of(second.user).get(f"/monitoring/visits/{visit.code}/").text
    assert queries.marks_of(make.head(visit.service), visit.round) == []


def test_words_of_people_stay_with_observers_and_only_their_number_is_reported(visit):
    make.mark(visit.observers.get(place=1), 2)
    enter(visit.observers.get(place=1), f"voice:user-{uuid.uuid4()}", "Тук ми викат.")
    enter(visit.observers.get(place=1), f"voice:family-{uuid.uuid4()}", "Доволни сме.")
    make.bring(visit, stages.REPORTED)
    assert queries_visit.voices_of(make.head(visit.service), make.again(visit)) == []
    assert len(queries_visit.voices_of(make.coordinator(), make.again(visit))) == 2
    assert queries_visit.voices_heard(visit) == (1, 1)
    page = people.client_for("service_manager", visit.path).get(f"/monitoring/visits/{visit.code}/").text
    assert "Тук ми викат" not in page


def jpeg() -> bytes:
    made, exif, out = Image.new("RGB", (40, 30), (9, 90, 70)), Image.Exif(), io.BytesIO()
    exif[0x010E] = "GPS 43.13 24.71"
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_loses_its_place_is_kept_once_and_opens_to_whom_the_marks_are_open(
    visit, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    first, second = visit.observers.select_related("user").order_by("place")
    actor, key = make.as_actor(first.user), make.key()
    for _again in range(2):
        made = actions.add_photo(actor, make.again(visit), jpeg(), name="a.jpg", key=key, code="1.1")
    assert Photo.objects.count() == Attachment.objects.count() == 1
    assert b"GPS" not in store.read(made.attachment.stored_as)
    address = f"/documents/{made.attachment.token}/"
    assert people.client_of(first.user).get(address).status_code == 200
    assert people.client_of(second.user).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    with pytest.raises(ActionRefused):
        actions.add_photo(actor, make.again(visit), b"%PDF-1.4", name="a.pdf", key=make.key())
    with pytest.raises(NotAllowed):
        actions.remove_photo(make.as_actor(second.user), made)
    actions.remove_photo(actor, made)
    assert not Attachment.objects.exists()
