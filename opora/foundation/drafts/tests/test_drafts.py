"""Drafts: nothing of what two people type is lost, whatever the order of their saves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from opora.foundation.accounts.actors import Actor
from opora.foundation.core.errors import Clash
from opora.foundation.drafts import actions, queries
from opora.foundation.drafts.models import Draft, DraftVersion, Held

ANNA = Actor(user_id=1, name="Анна Колева")
BORIS = Actor(user_id=2, name="Борис Янев")
KEY = "card:К-2026-014"


@pytest.mark.django_db
def test_a_draft_is_saved_with_who_and_when_and_its_number_grows():
    saved = actions.save(ANNA, KEY, {"a": 1}, base_version=0)
    again = actions.save(ANNA, KEY, {"a": 2}, base_version=saved.version)
    assert (saved.version, again.version, again.data, again.saved_by) == (1, 2, {"a": 2}, "Анна Колева")
    assert queries.draft(BORIS, KEY).data == {"a": 2}


@pytest.mark.django_db
def test_saving_the_same_again_changes_nothing():
    saved = actions.save(ANNA, KEY, {"a": 1}, base_version=0)
    assert actions.save(ANNA, KEY, {"a": 1}, base_version=saved.version) == saved


@pytest.mark.django_db
def test_a_change_is_made_of_what_stands_though_somebody_began_the_draft_meanwhile():
    def mine(data: dict[str, Any]) -> dict[str, Any]:
        if not Draft.objects.filter(key=KEY).exists():
            actions.save(BORIS, KEY, {"b": 1}, base_version=0)
        return data | {"a": 1}

    assert actions.change(ANNA, KEY, mine).data == {"a": 1, "b": 1}


@pytest.mark.django_db
def test_two_people_in_different_fields_are_merged_by_themselves():
    base = actions.save(ANNA, KEY, {"a": 1, "b": 1}, base_version=0)
    actions.save(BORIS, KEY, {"a": 5, "b": 1}, base_version=base.version)
    assert actions.save(ANNA, KEY, {"a": 1, "b": 7}, base_version=base.version).data == {"a": 5, "b": 7}


@pytest.mark.django_db
def test_two_people_in_one_field_nothing_is_overwritten_and_both_texts_are_kept():
    base = actions.save(ANNA, KEY, {"t": "преди", "b": 1}, base_version=0)
    actions.save(BORIS, KEY, {"t": "на Борис", "b": 1}, base_version=base.version)
    with pytest.raises(Clash) as raised:
        actions.save(ANNA, KEY, {"t": "на Анна", "b": 2}, base_version=base.version)
    clash = raised.value.theirs
    assert isinstance(clash, queries.Clashing)
    assert [(c.mine, c.theirs) for c in clash.merge.conflicts] == [("на Анна", "на Борис")]
    assert clash.theirs_by == "Борис Янев"
    assert queries.draft(ANNA, KEY).data["t"] == "на Борис"
    settled = actions.settle(ANNA, KEY, mine={"t"}, version=clash.version)
    assert settled.data == {"t": "на Анна", "b": 2}
    assert queries.clash(ANNA, KEY) is None


@pytest.mark.django_db
def test_a_save_by_the_colleague_while_choosing_asks_again():
    base = actions.save(ANNA, KEY, {"t": "преди"}, base_version=0)
    theirs = actions.save(BORIS, KEY, {"t": "1"}, base_version=base.version)
    with pytest.raises(Clash):
        actions.save(ANNA, KEY, {"t": "мое"}, base_version=base.version)
    actions.save(BORIS, KEY, {"t": "2"}, base_version=theirs.version)
    with pytest.raises(Clash) as raised:
        actions.settle(ANNA, KEY, mine=set(), version=theirs.version)
    assert raised.value.version == theirs.version + 1
    assert actions.settle(ANNA, KEY, mine=set(), version=raised.value.version).data == {"t": "2"}


@pytest.mark.django_db
def test_a_second_tab_of_the_same_person_is_no_clash():
    base = actions.save(ANNA, KEY, {"t": "преди"}, base_version=0)
    actions.save(ANNA, KEY, {"t": "аб"}, base_version=base.version)
    assert actions.save(ANNA, KEY, {"t": "абв"}, base_version=base.version).data == {"t": "абв"}


@pytest.mark.django_db
def test_before_the_first_save_both_start_from_what_stood_on_the_page():
    first = {"a": 1, "b": 1}
    actions.save(BORIS, KEY, {"a": 5, "b": 1}, base_version=0, first=first)
    assert actions.save(ANNA, KEY, {"a": 1, "b": 9}, base_version=0, first=first).data == {"a": 5, "b": 9}


@pytest.mark.django_db
def test_old_versions_go_and_a_forgotten_base_loses_nothing(monkeypatch):
    monkeypatch.setattr(actions, "KEPT_VERSIONS", 3)
    version = 0
    for number in range(8):
        version = actions.save(BORIS, KEY, {"a": number, "b": "стои"}, base_version=version).version
    assert DraftVersion.objects.count() <= 4
    with pytest.raises(Clash):
        actions.save(ANNA, KEY, {"a": 99, "b": "стои"}, base_version=1)
    assert Held.objects.get().data["a"] == 99


@pytest.mark.django_db
def test_discarded_drafts_are_gone_with_all_their_versions():
    actions.save(ANNA, KEY, {"a": 1}, base_version=0)
    actions.discard(ANNA, KEY)
    assert not Draft.objects.exists()
    assert not DraftVersion.objects.exists()


class Colleagues(RuleBasedStateMachine):
    """Three people type into one draft. Each value typed is unique, so that a lost one is seen."""

    PEOPLE = (1, 2, 3)

    @initialize()
    def start(self) -> None:
        Draft.objects.all().delete()
        self.pages: dict[int, tuple[int, dict[str, Any]]] = {who: (0, {}) for who in self.PEOPLE}
        self.typed = 0
        self.lost: list[str] = []

    @rule(who=st.sampled_from(PEOPLE), name=st.sampled_from("abc"))
    def type_and_save(self, who: int, name: str) -> None:
        self.typed += 1
        version, data = self.pages[who]
        mine = data | {name: f"{who}-{self.typed}"}
        before = queries.draft(actor(who), KEY).data
        try:
            saved = actions.save(actor(who), KEY, mine, base_version=version)
            assert saved.data[name] == mine[name]
        except Clash as clash:
            assert queries.draft(actor(who), KEY).data == before
            held = queries.clash(actor(who), KEY)
            assert (held and any(c.mine == mine[name] for c in held.merge.conflicts)) or name not in mine
            saved = actions.settle(actor(who), KEY, mine={name}, version=clash.version)
        for other, value in before.items():
            if other != name and saved.data.get(other) != value:
                assert mine.get(other) == saved.data.get(other) != data.get(other)
        self.pages[who] = (saved.version, saved.data)

    @rule(who=st.sampled_from(PEOPLE))
    def reload(self, who: int) -> None:
        saved = queries.draft(actor(who), KEY)
        self.pages[who] = (saved.version, saved.data)

    @invariant()
    def versions_only_grow(self) -> None:
        versions = list(DraftVersion.objects.order_by("id").values_list("version", flat=True))
        assert versions == sorted(set(versions))


def actor(who: int) -> Actor:
    return Actor(user_id=who, name=f"Колега {who}")


class TestColleagues(Colleagues.TestCase, TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
