"""Outcomes: values counted by hand, who sees what, nothing small comes out, every number leads to its files."""

import csv
import datetime as dt
import io
import itertools

import pytest
from django.urls import reverse

from opora.care.casework import actions, queries_outcomes, stages
from opora.care.casework.models import Satisfaction, Situation
from opora.care.casework.outcomes import figures, shield
from opora.care.casework.outcomes.measures import BY_CODE, MEASURES, Settings
from opora.care.casework.outcomes.people import GoalWay, PersonOutcome
from opora.care.casework.tests import make, make_ending
from opora.engines import disclosure
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules.models import Rule

SETTINGS = Settings(reliability=0.8, plan_days=(30, 60))
DAY = dt.date(2026, 1, 1)


def person(code: str = "1", **known: object) -> PersonOutcome:
    return PersonOutcome(**{"code": code, "name": "Измислен", "service": "LOV-17", "region": "LOV"} | known)  # type: ignore[arg-type]


def one_goal(before: int, now: int | None) -> tuple[GoalWay, ...]:
    return (GoalWay("Цел", 1, before, now),)


TEN = [
    # goals, living, school, days to the plan, family at each step, answers
    (one_goal(-1, 0), ("parents", "parents"), ("irregular", "regular"), 10, (True, True), (2, 2, 2)),
    (one_goal(-2, 2), ("residential", "relatives"), ("no", "regular"), 30, (True, True), (2, 2, 1)),
    (one_goal(-1, -1), ("residential", "residential"), ("regular", "regular"), 31, (True, False), ()),
    (one_goal(0, -2), ("residential",), ("irregular",), 60, (), (0, 0, 0)),
    (one_goal(-1, None), ("residential", "foster"), ("irregular", "no"), 61, (False,), (2, 2, 2)),
    ((), (), (), None, (), ()),
    (one_goal(-1, 1), ("parents",), ("not_due",), 5, (True,), (2, 2, 2)),
    (one_goal(-1, 0), ("own", "own"), ("regular",), 12, (True,), ()),
    (one_goal(-2, -1), ("residential", "own"), ("no", "irregular"), 29, (True, True, True), (1, 2, 2)),
    (one_goal(-2, 1), ("other", "parents"), ("irregular", "regular"), 90, (False, True), (2, 2, 2)),
]  # fmt: skip


def ten() -> list[PersonOutcome]:
    """Ten people whose outcomes are counted by hand beside."""
    return [
        person(
            str(number), goals=goals, living=living, school=school, contact_on=DAY,
            plan_on=DAY + dt.timedelta(days=days) if days is not None else None, steps=steps, answers=answers,
        )
        for number, (goals, living, school, days, steps, answers) in enumerate(TEN)
    ]  # fmt: skip


# T of one goal is 50 + 10·level. With reliability 0.8 the limit is 1.96·10·√0.4 = 12.4 points, so one step (10) is not
# certain and two steps (20) are. Better: persons 1 (+40), 6 (+20), 9 (+30). Worse: 3 (−20). Same: 0, 2, 7, 8.
BY_HAND = {
    "attainment": {"better": 3, "same": 4, "worse": 1, "unknown": 2},
    "expected": {"yes": 5, "no": 3, "unknown": 2},
    "home": {"yes": 2, "no": 2, "unknown": 2, "none": 4},
    "school": {"yes": 3, "no": 2, "unknown": 2, "none": 3},
    "plan_time": {"soon": 5, "later": 2, "late": 2, "unknown": 1},
    "family": {"yes": 5, "no": 3, "unknown": 2},
    "satisfied": {"yes": 4, "no": 3, "unknown": 3},
}


@pytest.mark.parametrize("code", BY_HAND)
def test_indicators_of_ten_people_are_those_counted_by_hand(code: str) -> None:
    counts = figures.counted(ten(), SETTINGS)
    measure = BY_CODE[code]
    assert {one: counts[figures.key(measure, one)] for one in measure.categories} == BY_HAND[code]


def test_without_a_reliability_nobody_is_said_to_be_better() -> None:
    counts = figures.counted(ten(), Settings(reliability=None))
    assert counts["attainment:unknown"] == 10


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_wilson_is_that_of_newcombes_table(good: int, of: int, low: float, high: float) -> None:
    found = figures.wilson(good, of)
    assert found is not None
    assert found == pytest.approx((low, high), abs=0.00005)


def test_nobody_has_no_interval_and_more_than_all_is_refused() -> None:
    assert figures.wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 of 2"):
        figures.wilson(3, 2)


def many() -> tuple[dict[str, figures.Counts], dict[str, tuple[str, ...]]]:
    sizes = {"LOV-1": 4, "LOV-2": 17, "LOV-3": 9, "KRZ-1": 12, "KRZ-2": 3}
    pool = itertools.cycle(ten())
    counts = {code: figures.counted(itertools.islice(pool, size), SETTINGS) for code, size in sizes.items()}
    return counts, {"LOV": ("LOV-1", "LOV-2", "LOV-3"), "KRZ": ("KRZ-1", "KRZ-2")}


def test_no_published_number_is_from_one_to_four_nor_can_one_be_computed() -> None:
    counts, places = many()
    found = shield.protected(counts, places, 5)
    assert not [number for number in found.values() if number is not None and 0 < number < 5]
    assert [number for number in found.values() if number]
    tree = {"BG": sorted(places)} | {region: list(services) for region, services in places.items()}
    tables = []
    for measure in (*MEASURES, *figures.MIX):
        leaves = {
            (code, n): c
            for code, numbers in counts.items()
            for n, c in shield.leaving(measure, numbers).items()
        }
        tables.append(
            disclosure.tabulate(leaves, [tree, disclosure.flat("all", sorted({n for _c, n in leaves}))])
        )
    whole = disclosure.join(*tables)
    hidden = frozenset(at for at, number in found.items() if number is None)
    small = frozenset(at for at, number in whole.cells.items() if 0 < number < 5)
    assert small <= hidden
    assert not disclosure.leaks(disclosure.Protected(whole, 5, small, hidden - small))


def test_the_three_groups_are_all_people() -> None:
    counts = figures.counted(ten(), SETTINGS)
    assert figures.grouped(BY_CODE["plan_time"], counts) == {
        "plan_time=good": 5,
        "plan_time=bad": 4,
        "plan_time=rest": 1,
    }


pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_before_and_after_come_from_the_file() -> None:
    file = make_ending.at_work(days=40)
    worker = make_ending.worker_of(file)
    actions.mark_goal(worker, file.plans.get().goals.get(), on=clock.today(), level=1)
    client = people.client_of(file.lead)
    for day, living, school in (
        ("01.11.2026", "residential", "no"),
        (f"{clock.today():%d.%m.%Y}", "foster", "regular"),
    ):
        client.post(f"/files/{file.code}/outcome/", {"on": day, "living": living, "school": school})
    page = text_of(client.get(f"/files/{file.code}/outcome/"))
    for words in ("40,0", "60,0", "премина в семейна среда", "започна да ходи редовно", "2 от 2"):
        assert words in page
    found = queries_outcomes.person_outcome(file)
    assert (found.t, found.living, found.days_to_plan) == ((40.0, 60.0), ("residential", "foster"), 0)


def test_the_change_is_certain_only_with_a_reliability() -> None:
    file = make_ending.at_work()
    worker = make_ending.worker_of(file)
    actions.mark_goal(worker, file.plans.get().goals.get(), on=clock.today(), level=1)
    client = people.client_of(file.lead)
    assert "няма надеждност" in text_of(client.get(f"/files/{file.code}/outcome/"))
    Rule.objects.filter(code="attainment_reliability").delete()
    Rule.objects.create(
        code="attainment_reliability", text="Надеждност", text_en="Reliability", value="0.8", unit="share",
        known_from="expert", valid_from=DAY, changed_at=clock.now(),
    )  # fmt: skip
    assert "сигурно подобрение: сигурна е разлика над 12,4 точки" in text_of(
        client.get(f"/files/{file.code}/outcome/")
    )


def test_three_questions_are_asked_plainly_and_kept() -> None:
    file = make.file()
    client = people.client_of(file.lead)
    page = text_of(client.get(f"/files/{file.code}/outcome/ask/"))
    for words in ("Слушаха ли ме тук?", "Помогнаха ли ми?", "Бих ли дошъл пак?"):
        assert words in page
    assert page.count("op-face") == 9
    wrong = text_of(
        client.post(f"/files/{file.code}/outcome/ask/", {"who": "child", "heard": "2", "words": "Добре."})
    )
    assert "Нужна е поправка" in wrong
    assert "Добре." in wrong
    given = {"who": "child", "heard": "2", "helped": "1", "again": "0", "words": "Добре."}
    assert "Отговорите са записани" in text_of(
        client.post(f"/files/{file.code}/outcome/ask/", given, follow=True)
    )
    kept = Satisfaction.objects.get()
    assert (kept.heard, kept.helped, kept.again, kept.who) == (2, 1, 0, "child")


def test_the_same_situation_is_not_written_twice_nor_by_others() -> None:
    file = make.file()
    worker = make_ending.worker_of(file)
    for _ in range(2):
        actions.record_situation(worker, file, on=DAY, living="parents", school="regular")
    assert Situation.objects.count() == 1
    with pytest.raises(ActionRefused):
        actions.record_situation(worker, file, on=DAY, living="moon", school="regular")
    stranger = make.as_actor(make.person_in(file.service, "case_manager"))
    with pytest.raises(NotAllowed):
        actions.record_situation(stranger, file, on=DAY, living="parents", school="regular")


def test_every_number_of_the_head_leads_to_its_files() -> None:
    first, second = make_ending.at_work(), make.file(first_name="Друга")
    actions.mark_goal(make_ending.worker_of(first), first.plans.get().goals.get(), on=clock.today(), level=0)
    client = people.client_of(make.person_in(first.service, "service_manager"))
    page = text_of(client.get("/files/outcomes/"))
    assert "1 от 1" in page
    assert f"/files/outcomes/expected/yes/?service={first.service.code}" in page
    rows = text_of(client.get("/files/outcomes/expected/yes/"))
    assert (first.code in rows, second.code in rows) == (True, False)
    assert second.code in text_of(client.get("/files/outcomes/expected/unknown/"))
    assert client.get("/files/outcomes/expected/moon/").status_code == 404
    assert client.get("/files/outcomes/moon/yes/").status_code == 404


def test_a_sealed_file_behind_a_number_stands_under_its_pseudonym_and_leads_to_its_door() -> None:
    first = make_ending.at_work()
    actions.mark_goal(make_ending.worker_of(first), first.plans.get().goals.get(), on=clock.today(), level=0)
    head = make.person_in(first.service, "service_manager")
    actions.seal_file(make.as_actor(head), first, kind="violence", why="Бащата издирва детето.")
    client = people.client_of(head)
    rows = text_of(client.get("/files/outcomes/expected/yes/"))
    assert "Запечатано досие" in rows
    assert "Измислена" not in rows
    door = reverse("casework_sealed", args=[first.code])
    assert door in rows
    assert client.get(door).status_code == 200


def last_month(count: int) -> list[str]:
    """So many files of people with distinct names, opened two months ago."""
    names = []
    with clock.at(clock.now() - dt.timedelta(days=62)):
        for number in range(count):
            names.append(f"Име{chr(1072 + number)}")
            make.file(first_name=names[-1])
    return names


@pytest.mark.parametrize(
    ("role", "scope"),
    [("regional_coordinator", "BG/LOV"), ("ministry_viewer", "BG"), ("national_admin", "BG")],
)
def test_who_sees_aggregates_sees_no_file_nor_a_small_number(role: str, scope: str) -> None:
    names = last_month(7)
    make.file(make.service("LOV-99"), first_name="Самотна", wished_on=clock.today())
    client = people.client_for(role, scope)
    page = text_of(client.get("/files/outcomes/?region=LOV"))
    assert "ЦОП Пробен" in page
    assert ">7<" in page
    assert not [name for name in [*names, "Самотна", "Измислена"] if name in page]
    assert "Д-2026" not in page
    assert client.get("/files/outcomes/expected/unknown/").status_code == 404
    rows = list(
        csv.reader(
            io.StringIO(client.get("/files/outcomes/csv/?region=LOV").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    counts = [row[4] for row in rows[1:] if row[4]]
    assert counts
    assert not [one for one in counts if one.isdigit() and 0 < int(one) < 5]


def test_three_people_stay_hidden() -> None:
    last_month(3)
    page = text_of(people.client_for("regional_coordinator", "BG/LOV").get("/files/outcomes/"))
    assert "op-hidden-cell" in page
    assert ">3<" not in page


def test_figures_stay_the_same_all_month() -> None:
    last_month(7)
    client = people.client_for("regional_coordinator", "BG/LOV")
    before = client.get("/files/outcomes/csv/").content
    make.file(first_name="Нова")
    assert client.get("/files/outcomes/csv/").content == before


def test_another_region_and_other_roles_have_no_page() -> None:
    make.file()
    client = people.client_for("regional_coordinator", "BG/LOV")
    assert client.get("/files/outcomes/?region=KRZ").status_code == 404
    head = people.client_for("service_manager", make.service("LOV-99").path)
    assert head.get("/files/outcomes/?service=LOV-17").status_code == 404
    allowed = {"regional_coordinator", "ministry_viewer", "national_admin", "service_manager"}
    for role in people.ACCOUNT_ROLES:
        expected = 200 if role in allowed else 404
        assert people.client_for(role).get("/files/outcomes/").status_code == expected, role


def test_a_file_of_others_has_no_outcome() -> None:
    file = make.file()
    other = people.client_of(make.person_in(file.service, "case_manager"))
    for part in ("outcome/", "outcome/ask/"):
        assert other.get(f"/files/{file.code}/{part}").status_code == 404
    assert file.stage == stages.CONTACT
