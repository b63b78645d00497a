"""The written rules: live, whole, and compared with what was printed last."""

import pytest
from django.urls import reverse

from opora.care.protection import actions, live, queries_texts, written_rules
from opora.care.protection.models import RulesEdition
from opora.care.protection.papers import rules as paper
from opora.care.protection.tests import make
from opora.care.protection.tests.test_papers import words
from opora.care.protection.written_rules import Difference, Line
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import ROLES
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import NotAllowed
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db


def test_every_measure_every_role_and_every_period_stands_in_them() -> None:
    lines = written_rules.lines()
    keys = [one.key for one in lines]
    assert len(keys) == len(set(keys))
    assert set(live.MEASURES) <= set(keys)
    assert {f"role:{role}" for role in ROLES} <= set(keys)
    assert all(one.text.strip() for one in lines)


def test_they_follow_rules_and_settings(settings) -> None:
    load_builtin_rules()
    settings.IDLE_MINUTES = 12
    Rule.objects.filter(code="files_day").update(value="150")
    said = {one.key: one.text.replace("\xa0", " ") for one in written_rules.lines()}
    assert "след 12 минути без работа" in said["sessions"]
    assert "над 150 досиета (непроверена норма) за ден" in said["many_files"]
    assert "втори фактор" in said["second_factor"]


def test_an_edition_is_kept_once_and_says_what_changed_since() -> None:
    load_builtin_rules()
    head = make.head()
    first = actions.take_edition(head)
    assert actions.take_edition(head) == first
    Rule.objects.filter(code="break_glass_minutes").update(value="45")
    second = actions.take_edition(make.officer())
    assert (first.number, second.number) == (1, 2)
    found = queries_texts.changes_between(first, second)
    assert [one.part for one in found] == ["Досиета"]
    assert "60" in found[0].before
    assert "45" in found[0].after
    said = words(paper.book(head, second))
    assert "Променено след редакция № 1" in said
    assert "беше: Отваряне по спешност трае 60" in said
    assert "45" not in words(paper.book(head, first))


def test_differences_by_value() -> None:
    before = [Line("А", "same", "едно"), Line("А", "gone", "старо"), Line("Б", "moved", "беше")]
    after = [Line("А", "same", "едно"), Line("Б", "moved", "стана"), Line("Б", "new", "ново")]
    assert written_rules.differences(before, after) == [
        Difference("Б", "беше", "стана"), Difference("Б", "", "ново"), Difference("А", "старо", "")
    ]  # fmt: skip
    assert written_rules.differences(before, before) == []


def test_the_page_prepares_and_gives_an_edition() -> None:
    load_builtin_rules()
    browser = people.client_of(User.objects.get(pk=make.head().user_id))
    address = reverse("protection_rules")
    assert "още не са отпечатани" in browser.get(address).content.decode()
    browser.post(address)
    assert "Няма промени след редакция № 1" in browser.get(address).content.decode()
    Rule.objects.filter(code="files_hour").update(value="20")
    page = browser.get(address).content.decode()
    assert "Променено след редакция № 1" in page
    assert RulesEdition.objects.count() == 1
    for ending in ("pdf", "docx"):
        assert browser.get(reverse("protection_rules_file", args=[1, ending])).status_code == 200
    assert browser.get(reverse("protection_rules_file", args=[2, "pdf"])).status_code == 404


def test_only_protectors_print() -> None:
    with pytest.raises(NotAllowed):
        actions.take_edition(make.worker())
    assert (
        people.client_of(User.objects.get(pk=make.worker().user_id))
        .post(reverse("protection_rules"))
        .status_code
        == 404
    )
