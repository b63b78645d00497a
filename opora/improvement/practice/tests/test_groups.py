"""Services beside their like: places, ties and shares inside a group, groups too small said so, papers that follow."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from opora.foundation.accounts.tests import make as people
from opora.improvement.practice import actions, board_view, grouping, shortlist
from opora.improvement.practice.grouping import ACTIVITY, PEOPLE, TOGETHER, TYPE, Kind
from opora.improvement.practice.models import Award, Period, Practice
from opora.improvement.practice.papers import minutes
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import page, service, without_pdf  # noqa: F401
from opora.register.models import Service, ServiceType
from opora.register.tests import make as register

AGREED = Agreed(places=3, spread=0.5, short=0.5, robust=0.9, least_observed=0.66)
CRITERIA = tuple(Criterion(code, code, code[0], 0.25) for code in ("1.1", "1.2", "2.1", "2.2"))
LEVELS = {
    "Ден А": 4, "Ден Б": 3, "Ден В": 3, "Дом А": 2, "Дом Б": 1, "Дом В": 1, "Криза А": 4, "Криза Б": 0,
}  # fmt: skip
TYPES = {"Ден": "day_child_dis", "Дом": "protected_home", "Криза": "crisis_centre"}

NUMBERS = {
    "day_child_dis": "7;4;5;1", "protected_home": "8", "crisis_centre": "9", "mother_baby": "8;9", "csc": "1;2;3;4;5",
    "home_care": "",
}  # fmt: skip
"""As the shipped list of types has them."""


def numbered(code: str) -> ServiceType:
    return register.service_type(code, kinds=NUMBERS[code])


def marked(levels: Mapping[str, int]) -> list[Marked]:
    return [
        Marked(key, dict.fromkeys((c.code for c in CRITERIA), float(level))) for key, level in levels.items()
    ]


def kinds(keys: Mapping[str, int]) -> dict[str, Kind]:
    return {key: Kind(TYPES[key.split()[0]], key.split()[0]) for key in keys}


def test_each_group_is_ranked_by_itself_with_its_own_ties() -> None:
    groups, small = grouping.ranked(CRITERIA, marked(LEVELS), kinds(LEVELS), AGREED, least=3)
    assert [(one.kind.title, one.agreed.places) for one in groups] == [("Ден", 1), ("Дом", 1)]
    assert small == [Kind("crisis_centre", "Криза")]
    places = {place.key: (place.from_, place.to) for place in grouping.together(CRITERIA, groups).places}
    assert places == {
        "Ден А": (1, 1), "Ден Б": (2, 3), "Ден В": (2, 3), "Дом А": (1, 1), "Дом Б": (2, 3), "Дом В": (2, 3),
    }  # fmt: skip


def test_a_group_is_ranked_as_if_the_others_were_not_there_but_with_the_error_of_all() -> None:
    groups, _small = grouping.ranked(CRITERIA, marked(LEVELS), kinds(LEVELS), AGREED, least=3)
    homes = [one for one in marked(LEVELS) if one.key.startswith("Дом")]
    error = shortlist.observer_error(CRITERIA, marked(LEVELS))
    assert groups[1].ranking.places == shortlist.rank(CRITERIA, homes, groups[1].agreed, error=error).places
    assert {place.first for place in groups[1].ranking.places if place.key == "Дом А"} != {0.0}


def test_not_divided_is_one_ranking_however_few_there_are() -> None:
    few = {"Ден А": 4, "Дом А": 2}
    groups, small = grouping.ranked(CRITERIA, marked(few), dict.fromkeys(few, Kind()), AGREED, least=3)
    assert small == []
    assert grouping.together(CRITERIA, groups).places == shortlist.rank(CRITERIA, marked(few), AGREED).places


@pytest.mark.parametrize(
    ("awards", "groups", "each"), [(3, 1, 3), (3, 2, 1), (6, 3, 2), (2, 5, 1), (3, 0, 3)]
)
def test_awards_are_shared_between_groups(awards: int, groups: int, each: int) -> None:
    assert grouping.shared_places(awards, groups) == each


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("day_child_dis", "Дневна грижа"),
        ("protected_home", "Резидентна грижа"),
        ("mother_baby", "Резидентна грижа"),
        ("crisis_centre", "Подслон"),
        ("csc", "Консултиране, терапия и обучение"),
        ("home_care", "Друга дейност"),
    ],
)
def test_the_activity_is_read_from_the_law_numbers_of_the_type(kind: str, title: str) -> None:
    assert grouping.kind_of(register.service(type=numbered(kind)), ACTIVITY).title == title


@pytest.mark.django_db
def test_by_type_by_people_and_not_at_all() -> None:
    one = register.service(type="csc", groups=["children_at_risk", "parents"])
    two = register.service(type="day_elderly", groups=["elderly"])
    assert grouping.kind_of(one, TYPE).title == "Център за обществена подкрепа"
    assert [grouping.kind_of(s, PEOPLE).title for s in (one, two)] == ["С деца", "Само с пълнолетни"]
    assert grouping.kind_of(one, TOGETHER) == Kind()


@pytest.fixture
def period() -> Period:
    town = register.municipality("LOV18")
    services = [register.service(name, type=numbered(TYPES[name.split()[0]]), where=town) for name in LEVELS]
    found = make.period(make.region_round(LEVELS, services=services))
    Period.objects.update(grouping=ACTIVITY)
    found.refresh_from_db()
    return found


@pytest.mark.django_db
def test_the_page_shows_groups_what_is_too_small_and_on_wish_all_together(period: Period) -> None:
    browser = people.client_of(make.coordinator())
    shown = page(browser.get(f"/practices/periods/{period.code}/"))
    for words in (
        "Кратък списък: Дневна грижа", "Кратък списък: Резидентна грижа", "малки за класиране", "Подслон: Криза А, Криза Б",
        "Класирани са 6 услуги",
    ):  # fmt: skip
        assert words in shown, words
    assert "Кратък списък: Подслон" not in shown
    whole = page(browser.get(f"/practices/periods/{period.code}/?all=1"))
    assert "Само за поглед" in whole
    assert "Подай списъка на комисията" not in whole
    assert "Сред първите 3" in whole
    assert "Криза А" in whole
    lines = {line.name: line.place for line in board_view.lines(Board(period))}
    assert (lines["Ден А"], lines["Дом А"]) == ("1", "1")
    assert {line.name: line.place for line in board_view.lines(Board(period, together=True))}["Дом А"] != "1"
    place = page(browser.get(f"/practices/periods/{period.code}/places/{service('Криза А').code}/"))
    assert "е малка за класиране" in place
    place = page(browser.get(f"/practices/periods/{period.code}/places/{service('Дом А').code}/"))
    assert "място в групата „Резидентна грижа“" in place


@pytest.mark.django_db
@pytest.mark.usefixtures("without_pdf")
def test_panel_minutes_and_certificate_follow_the_groups(period: Period) -> None:
    keeper, members = make.as_actor(make.coordinator()), make.panel(period)
    actions.nominate(keeper, period, service("Криза А"), why="Малка група, голяма промяна.")
    actions.fix_list(keeper, Period.objects.get())
    fixed = {one.service.name: (one.group_title, one.place) for one in Board(Period.objects.get()).fixed}
    assert fixed["Дом А"] == ("Резидентна грижа", "1")
    assert "Криза А" not in fixed
    board = Board(Period.objects.get())
    assert board.moved == []
    assert {one.service.name for one in board.votable()} == {"Ден А", "Дом А", "Криза А"}
    for one in board.votable():
        for member in members:
            actions.vote(make.as_actor(member), board.period, one.service, choice="for", why="Видяхме го.")
    chosen = [service("Дом А"), service("Криза А")]
    actions.decide(
        keeper, board.period, chosen, words="Награждават се двете.", departs_why="Групата е малка."
    )
    text = str(minutes.book(keeper, Board(Period.objects.get())))
    for words in (
        "Услугите са разделени по дейност", "Класиране: Резидентна грижа", "Класиране: Дневна грижа", "Дом А (Резидентна грижа)",
        "Подслон: Криза А, Криза Б", "група с по-малко от 3 услуги",
    ):  # fmt: skip
        assert words in text, words
    award = Award.objects.select_related("period", "service__type").get(service=service("Криза А"))
    assert minutes.award_group(award) == "Подслон"
    Period.objects.update(grouping="")
    award.period.refresh_from_db()
    assert minutes.award_group(award) == ""
    assert not Practice.objects.exists()


@pytest.mark.django_db
def test_how_to_divide_is_chosen_with_the_round_until_the_list_is_with_the_panel(period: Period) -> None:
    browser = people.client_of(make.coordinator())
    address = f"/practices/periods/{period.code}/round/"
    assert browser.post(address, {"round": period.round_code, "grouping": "colour"}).status_code == 422
    browser.post(address, {"round": period.round_code, "grouping": PEOPLE})
    period.refresh_from_db()
    assert period.grouping == PEOPLE
    opened = page(browser.get("/practices/periods/new/"))
    assert 'value="activity"' in opened
    assert Service.objects.count() == len(LEVELS)
