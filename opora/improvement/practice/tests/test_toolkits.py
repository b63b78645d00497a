"""A toolkit of client files goes with a practice: shared by its service, taken with one click, its way in sight."""

from __future__ import annotations

import pytest

from opora.care.casework import actions as casework
from opora.care.casework import queries_toolkits
from opora.care.casework.models import Toolkit
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import Practice, Tool
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import page
from opora.register.models import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> Practice:
    return make.card(title="Преходи без страх")


@pytest.fixture
def head(card: Practice) -> User:
    return make.head(card.service)


@pytest.fixture
def toolkit(card: Practice, head: User) -> Toolkit:
    """The day centre's toolkit, changed by the service."""
    made = casework.take_toolkit(make.as_actor(head), card.service, "day_centre")
    reworded(make.as_actor(head), made, "Кой знак ползва семейството?")
    return made


def reworded(actor, toolkit: Toolkit, question: str) -> None:
    from opora.care.casework.toolkits import rewording

    tables = queries_toolkits.package_of(queries_toolkits.version_of(toolkit)).tables("assessment")
    said = {one.name: rewording.Said(one.label, one.hint, one.required) for one in rewording.lines(tables)}
    casework.reword(actor, toolkit, "assessment", said, [question], change="Питаме за знаците.")


def shared(head: User, card: Practice, toolkit: Toolkit) -> Tool:
    return actions.share_toolkit(make.as_actor(head), card, toolkit, text="За преходите.")


def test_one_click_brings_it_to_the_adapting_service_with_its_way(
    card: Practice, head: User, toolkit: Toolkit
) -> None:
    browser = people.client_of(head)
    address = f"/practices/{card.code}/toolkits/"
    browser.post(address, {"do": "share", "toolkit": toolkit.pk, "text": "За преходите."})
    tool = card.tools.get()
    assert tool.toolkit.number == 2
    assert "Инструментариум за досиета, версия 2" in page(browser.get(f"/practices/{card.code}/"))
    adapted = make.adaptation(card, stage=stages.AGREED)
    theirs = people.client_of(User.objects.get(grants__scope=adapted.service.path))
    assert "Вземи в моите инструментариуми" in page(theirs.get(f"/practices/adaptations/{adapted.code}/"))
    landed = page(theirs.post(f"/practices/adaptations/{adapted.code}/toolkits/{tool.pk}/", follow=True))
    assert "Откъде идва" in landed
    assert card.service.name in landed
    taken = Toolkit.objects.get(service=adapted.service)
    assert [one.organisation for one in taken.origins.all()] == [
        "Опора",
        card.service.name,
        card.service.name,
    ]
    assert queries_toolkits.version_of(taken).sha256 == tool.toolkit.sha256
    assert "Взет е при Вас" in page(theirs.get(f"/practices/adaptations/{adapted.code}/"))
    assert "взет" in page(browser.get(f"/practices/adaptations/{adapted.code}/"))
    deeds = set(Entry.objects.filter(subject=adapted.code).values_list("deed", "chain"))
    assert ("practice.toolkit_given", f"svc:{card.service.code}") in deeds
    assert ("practice.toolkit_taken", f"svc:{adapted.service.code}") in deeds


def test_the_copy_is_its_own_and_the_card_keeps_the_version_that_was_shared(
    card: Practice, head: User, toolkit: Toolkit
) -> None:
    tool = shared(head, card, toolkit)
    reworded(make.as_actor(head), toolkit, "Нов въпрос след споделянето?")
    adapted = make.adaptation(card)
    mine = make.as_actor(User.objects.get(grants__scope=adapted.service.path))
    taken = actions.take_toolkit(mine, adapted, tool)
    assert queries_toolkits.version_of(taken).sha256 == tool.toolkit.sha256
    reworded(mine, taken, "Какво питаме само ние?")
    assert toolkit.versions.count() == 3
    again = shared(head, card, toolkit)
    assert (card.tools.count(), again.toolkit.number) == (1, 3)
    with pytest.raises(ActionRefused, match="вече е споделена"):
        shared(head, card, toolkit)


def test_who_has_one_of_the_same_kind_keeps_both_and_nobody_takes_the_same_twice(
    card: Practice, head: User, toolkit: Toolkit
) -> None:
    tool, adapted = shared(head, card, toolkit), make.adaptation(card)
    mine = make.as_actor(User.objects.get(grants__scope=adapted.service.path))
    own = casework.take_toolkit(mine, adapted.service, "day_centre")
    taken = actions.take_toolkit(mine, adapted, tool)
    assert (own.code, taken.code) == ("day_centre", "day_centre-2")
    assert card.service.name in taken.title
    with pytest.raises(ActionRefused, match="вече е при Вас"):
        actions.take_toolkit(mine, adapted, tool)
    assert Toolkit.objects.filter(service=adapted.service).count() == 2


def test_only_the_head_shares_and_only_the_agreed_take(card: Practice, head: User, toolkit: Toolkit) -> None:
    keeper = make.coordinator()
    with pytest.raises(NotAllowed):
        actions.share_toolkit(make.as_actor(keeper), card, toolkit)
    assert people.client_of(keeper).get(f"/practices/{card.code}/toolkits/").status_code in (403, 404)
    stranger = make.head(make.card(title="Друга").service)
    with pytest.raises(NotAllowed):
        actions.share_toolkit(make.as_actor(stranger), card, toolkit)
    tool, asked = shared(head, card, toolkit), make.adaptation(card, stage=stages.ASKED)
    mine = User.objects.get(grants__scope=asked.service.path)
    for actor in (make.as_actor(mine), make.as_actor(stranger), make.as_actor(keeper)):
        with pytest.raises(NotAllowed):
            actions.take_toolkit(actor, asked, tool)
    address = f"/practices/adaptations/{asked.code}/toolkits/{tool.pk}/"
    assert people.client_of(mine).post(address).status_code == 404
    assert people.client_of(mine).get(address).status_code == 405
    assert not Toolkit.objects.filter(service=asked.service).exists()


def test_a_tool_of_another_practice_is_not_taken(card: Practice, head: User, toolkit: Toolkit) -> None:
    tool = shared(head, card, toolkit)
    other = make.adaptation(make.card(title="Друга"))
    mine = make.as_actor(User.objects.get(grants__scope=other.service.path))
    with pytest.raises(NotAllowed):
        actions.take_toolkit(mine, other, tool)


def test_stopping_leaves_what_was_taken(card: Practice, head: User, toolkit: Toolkit) -> None:
    tool, adapted = shared(head, card, toolkit), make.adaptation(card)
    mine = make.as_actor(User.objects.get(grants__scope=adapted.service.path))
    actions.take_toolkit(mine, adapted, tool)
    people.client_of(head).post(f"/practices/{card.code}/toolkits/", {"do": "stop", "row": tool.pk})
    assert not card.tools.exists()
    assert Toolkit.objects.filter(service=adapted.service).count() == 1
    assert Service.objects.filter(toolkits__isnull=False).distinct().count() == 2
