"""Who nominates, votes and decides; a region with a framework of its own; the next period."""

from __future__ import annotations

import pytest

from opora.evidence.monitoring.tests import make as visits
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import Nomination, Period, Vote
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import MARKS, page, service, without_pdf, words_of  # noqa: F401
from opora.register.models import Service

pytestmark = pytest.mark.django_db


def test_who_is_tied_does_not_vote_and_nobody_votes_before_saying() -> None:
    found = make.period(make.region_round(MARKS))
    keeper = make.as_actor(make.coordinator())
    tied = people.user("municipality_expert", "BG/LOV/LOV18", organisation="Община Ловеч")
    free = people.user("evaluator", "BG", organisation="Независим")
    for user in (tied, free):
        actions.seat_member(keeper, found, user)
    actions.fix_list(keeper, found)
    found = Period.objects.get()
    daga = service("ДЦ Дъга")
    with pytest.raises(NotAllowed, match="след като обявите"):
        actions.vote(make.as_actor(free), found, daga, choice="for", why="да")
    for user in (tied, free):
        actions.declare(make.as_actor(user), found, {})
    found = Period.objects.get()
    with pytest.raises(NotAllowed, match="Имате връзка"):
        actions.vote(make.as_actor(tied), found, daga, choice="for", why="Наша е.")
    with pytest.raises(ActionRefused, match="Напишете защо"):
        actions.vote(make.as_actor(free), found, daga, choice="for", why=" ")
    actions.vote(make.as_actor(free), found, daga, choice="against", why="Малко доказателства.")
    actions.vote(make.as_actor(free), found, daga, choice="for", why="Видях ги.")
    assert Vote.objects.count() == 2
    actions.declare(make.as_actor(free), Period.objects.get(), {daga: "Сестра ми работи там."})
    with pytest.raises(ActionRefused, match=r"гласували 0"):
        actions.decide(keeper, Period.objects.get(), [daga], words="Да.")


def test_the_first_page_of_a_member_says_what_the_panel_asks_of_them() -> None:
    found = make.period(make.region_round(MARKS))
    keeper, user = make.as_actor(make.coordinator()), people.user("evaluator", "BG")
    first = people.client_of(user)
    assert "Сега нищо не чака Вас" in page(first.get("/"))
    actions.seat_member(keeper, found, user)
    words = page(first.get("/"))
    assert "Вие сте в комисията" in words
    assert "нищо не чака" not in words
    actions.fix_list(keeper, found)
    assert "Обявете връзките си" in page(first.get("/"))
    actions.declare(make.as_actor(user), Period.objects.get(), {})
    board = Board(Period.objects.get())
    for left in range(len(board.votable()), 0, -1):
        assert f"Кандидати без Ваш глас: {left}" in page(first.get("/"))
        actions.vote(
            make.as_actor(user), board.period, board.votable()[left - 1].service, choice="for", why="Видях."
        )
    assert "Сега нищо не чака Вас" in page(first.get("/"))


@pytest.mark.usefixtures("without_pdf")
def test_a_decision_outside_the_list_says_why() -> None:
    make.period(make.region_round(MARKS))
    keeper = make.as_actor(make.coordinator())
    zora = service("КЦ Зора")
    Period.objects.update(awards=1)
    actions.nominate(keeper, Period.objects.get(), zora, why="Единствена нощем.")
    members = make.panel(Period.objects.get(), 3)
    actions.fix_list(keeper, Period.objects.get())
    for member in members:
        actions.vote(make.as_actor(member), Period.objects.get(), zora, choice="for", why="Нужна е.")
    with pytest.raises(ActionRefused, match="извън краткия списък"):
        actions.decide(keeper, Period.objects.get(), [zora], words="Да.")
    actions.decide(
        keeper,
        Period.objects.get(),
        [zora],
        words="Да.",
        departs_why="Работи с хора, които никой друг не приема.",
    )
    assert Period.objects.get().departs_why
    with pytest.raises(NotAllowed):
        actions.fix_list(keeper, Period.objects.get())


def test_next_period_stands_beside_the_last() -> None:
    first = make.period(make.region_round(MARKS))
    keeper = make.as_actor(make.coordinator())
    actions.fix_list(keeper, first)
    Period.objects.update(stage=stages.DECIDED, decided_at=clock.now(), year=2025, code="LOV-2025")
    services = list(Service.objects.all())
    later = make.region_round({"ДЦ Дъга": 4, "ЦОП Роза": 3, "КЦ Зора": 1}, services=services)
    second = make.period(later)
    shown = page(people.client_of(make.coordinator()).get(f"/practices/periods/{second.code}/"))
    assert "Спрямо 2025 г." in shown
    assert "+1" in shown


@pytest.mark.parametrize(
    "role", ["service_manager", "case_manager", "municipality_expert", "evaluator", "public"]
)
def test_an_award_is_not_there_for_others(role: str) -> None:
    found = make.period(make.region_round(MARKS))
    client = people.client_for(role)
    code = service("ДЦ Дъга").code
    for address in ("", f"places/{code}/", f"places/{code}/1.1/", "beside/", "votes/"):
        assert client.get(f"/practices/periods/{found.code}/{address}").status_code in (302, 404)
    assert client.post(f"/practices/periods/{found.code}/fix/").status_code in (302, 404)
    assert client.post(f"/practices/periods/{found.code}/minutes/docx/").status_code in (302, 404)
    assert Period.objects.get().stage == stages.NOMINATIONS


@pytest.mark.parametrize(
    ("role", "kind", "state"),
    [("service_manager", "service", "new"), ("municipality_expert", "municipality", "new"), ("regional_coordinator", "coordinator", "kept"), ("case_manager", "user", "new")],
)  # fmt: skip
def test_whose_nomination_it_is_follows_from_the_role(role: str, kind: str, state: str) -> None:
    found = make.period(make.region_round(MARKS), cards_in=False)
    daga = service("ДЦ Дъга")
    scope = {
        "service_manager": daga.path,
        "municipality_expert": "BG/LOV/LOV18",
        "case_manager": daga.path,
    }.get(role, "BG/LOV")
    client = people.client_of(people.user(role, scope))
    client.post(f"/practices/nominate/{found.code}/", {"service": daga.code, "why": "Помага."})
    made = Nomination.objects.get()
    assert (made.kind, made.state) == (kind, state)
    assert bool(made.by) == (kind != "user")


def test_a_head_of_another_service_nominates_as_anybody_else() -> None:
    found = make.period(make.region_round(MARKS), cards_in=False)
    other = make.head(service("КЦ Зора"))
    actions.nominate(make.as_actor(other), found, service("ДЦ Дъга"), why="Учим се от тях.")
    assert Nomination.objects.get().kind == "user"


def test_nominations_close_when_the_list_is_with_the_panel() -> None:
    found = make.period(make.region_round(MARKS))
    actions.fix_list(make.as_actor(make.coordinator()), found)
    client = people.client_for("public")
    assert client.get(f"/practices/nominate/{found.code}/").status_code == 404
    assert "Сега не се приемат номинации" in page(client.get("/practices/nominate/"))
    with pytest.raises(ActionRefused, match="приключили"):
        actions.nominate(people.actor("public"), Period.objects.get(), service("ДЦ Дъга"), why="да")


@pytest.mark.usefixtures("without_pdf")
def test_a_framework_of_their_own_in_another_region() -> None:
    """Five indicators nobody else uses, weights that are not equal, a round in Kardzhali: to the award and its paper."""
    version = visits.version("1.1", "1.2", "1.3", "3.1", "4.1")
    one = {"1.1": 4, "1.2": 3, "1.3": 4, "3.1": 4, "4.1": 3}
    made = make.region_round({"ДЦ Арда": one, "ЦОП Перперек": 2}, region="KRZ", of=version)
    found = make.period(made)
    keeper = make.as_actor(make.coordinator("BG/KRZ"))
    board = Board(found)
    assert [c.code for c in board.criteria] == ["1.1", "1.2", "1.3", "3.1", "4.1"]
    assert sum(c.weight for c in board.criteria) == pytest.approx(1)
    assert board.criteria[0].weight == pytest.approx(1 / 9)
    assert board.ranking.places[0].score == pytest.approx((4 + 3 + 4) / 9 + 4 / 3 + 3 / 3)
    members = make.panel(found, 3)
    actions.fix_list(keeper, found)
    arda = service("ДЦ Арда")
    for member in members:
        actions.vote(make.as_actor(member), Period.objects.get(), arda, choice="for", why="Ясно описано.")
    actions.decide(keeper, Period.objects.get(), [arda], words="ДЦ Арда.")
    text = words_of(actions.minutes_of(keeper, Period.objects.get(), "docx"))
    assert "ДЦ Арда" in text
    assert "KRZ-2026-1" in text
    stranger = people.client_of(make.coordinator("BG/LOV"))
    assert stranger.get(f"/practices/periods/{found.code}/").status_code == 404


def test_an_award_is_opened_from_a_round_of_its_own_region(django_assert_max_num_queries: object) -> None:
    made = make.region_round({"ДЦ Дъга": 3})
    other = make.region_round({"ДЦ Арда": 3}, region="KRZ")
    client = people.client_for("national_admin")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert made.code in page(client.get("/practices/periods/new/"))
    wrong = client.post("/practices/periods/new/", {"region": "LOV", "year": "2026", "round": other.code})
    assert "Този кръг е на друга област." in wrong.content.decode()
    client.post("/practices/periods/new/", {"region": "LOV", "year": "2026", "round": made.code})
    assert Period.objects.get().round_code == made.code
    again = client.post("/practices/periods/new/", {"region": "LOV", "year": "2026", "round": made.code})
    assert "вече има награда" in again.content.decode()
