"""Taking a practice over: conditions from the register, plan, measurements, tree and network."""

import datetime as dt
from decimal import Decimal

import pytest

from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.improvement.practice import actions, adaptation_view, conditions, stages
from opora.improvement.practice.layout import lay_out
from opora.improvement.practice.models import Adaptation, Condition
from opora.improvement.practice.tests import make
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def condition(**given) -> Condition:
    return Condition(**given)


def test_conditions_are_read_in_the_register() -> None:
    service = register.service(
        groups=["children_disabilities"], capacity=20, occupied=18, staff={"Психолог": (2, 1.5)}
    )
    bare = register.service(capacity=None, occupied=None)
    said = {
        "group": {"group": register.target_group()}, "type": {"type": register.service_type("csc")},
        "places": {"amount": Decimal(20)}, "free": {"amount": Decimal(3)},
        "post": {"profession": "психолог", "amount": Decimal(1)}, "other": {"text": "Тиха стая"},
    }  # fmt: skip
    states = {
        kind: conditions.check(condition(kind=kind, **more), service).state for kind, more in said.items()
    }
    assert states == {
        "group": "met",
        "type": "unmet",
        "places": "met",
        "free": "unmet",
        "post": "met",
        "other": "unknown",
    }
    nothing = {
        kind: conditions.check(condition(kind=kind, **more), bare).state for kind, more in said.items()
    }
    assert nothing == {
        "group": "unknown",
        "type": "unmet",
        "places": "unknown",
        "free": "unknown",
        "post": "unknown",
        "other": "unknown",
    }


def test_a_post_is_found_by_all_words_of_the_profession() -> None:
    service = register.service(staff={"социален педагог": (1, 1), "Социални работници": (2, 2)})
    worker = condition(kind="post", profession="социален работник", amount=Decimal(2))
    found = conditions.check(worker, service)
    assert (found.state, found.found) == ("met", "заети бройки: 2")


def test_a_service_beside_is_looked_for_in_the_same_municipality() -> None:
    kind = register.service_type("csc")
    service = register.service()
    beside = condition(kind="beside", type=kind)
    assert conditions.check(beside, service).state == "unmet"
    register.service("ЦОП Троян", type="csc", where=register.municipality("LOV34"))
    assert conditions.check(beside, service).state == "unmet"
    register.service("ЦОП Ловеч", type="csc")
    assert conditions.check(beside, service).found == "ЦОП Ловеч"


def test_a_service_asks_and_sees_what_is_met() -> None:
    card = make.card()
    service = register.service("ДЦ Слънце", groups=["adults_disabilities"], staff={"психолог": (1, 1)})
    mine = people.client_of(make.head(service))
    shown = page(mine.get(f"/practices/{card.code}/adapt/"))
    assert "не е изпълнено" in shown
    assert "заети бройки: 1" in shown
    group = card.conditions.get(kind="group")
    given = {"service": service.code, "why": "По-малко кризи.", f"plan-{group.pk}": "Ще вписваме и деца."}
    answer = mine.post(f"/practices/{card.code}/adapt/", given)
    made = Adaptation.objects.get()
    assert answer["Location"] == f"/practices/adaptations/{made.code}/" or made.code in people_unquoted(
        answer["Location"]
    )
    seen = {one.state: one for one in made.conditions.all()}
    assert seen["unmet"].plan == "Ще вписваме и деца."
    assert seen["met"].found == "заети бройки: 1"
    theirs = people.client_of(make.head(card.service))
    assert "Искането чака Вашия отговор" in page(theirs.get(f"/practices/adaptations/{made.code}/"))
    theirs.post(
        f"/practices/adaptations/{made.code}/answer/", {"agree": "yes", "words": "Елате във вторник."}
    )
    assert make.living(made).stage == stages.AGREED
    again = mine.post(f"/practices/{card.code}/adapt/", given)
    assert "Тази услуга вече е поискала практиката." in again.content.decode()


def people_unquoted(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)


def test_nobody_asks_for_a_service_of_others_or_answers_for_them() -> None:
    card = make.card()
    service, other = register.service(), register.service()
    with pytest.raises(NotAllowed):
        actions.ask_to_adapt(make.as_actor(make.head(other)), card, service, why="да")
    made = make.adaptation(card, service, stage=stages.ASKED)
    with pytest.raises(NotAllowed):
        actions.answer_request(
            make.as_actor(make.head(service)), made, agree=True, words="Сами си разрешаваме."
        )
    stranger = people.client_of(make.head(other))
    assert stranger.get(f"/practices/adaptations/{made.code}/").status_code == 404
    with pytest.raises(ActionRefused):
        actions.ask_to_adapt(make.as_actor(make.head(card.service)), card, card.service, why="да")


def test_it_begins_only_with_a_plan_and_what_was_before() -> None:
    made = make.adaptation(stage=stages.AGREED)
    mine = make.as_actor(make.head(made.service))
    with pytest.raises(ActionRefused, match="няма стъпки"):
        actions.start(mine, made, on=clock.today())
    actions.write_plan(mine, made, responsible="Р", steps=[{"text": "Обучение"}], version=made.version)
    with pytest.raises(ActionRefused, match="Първо измерете"):
        actions.start(mine, made, on=clock.today())
    with pytest.raises(ActionRefused, match="след начало"):
        actions.measure(mine, made, 1, on=clock.today(), values={made.practice.outcomes.get().pk: Decimal(1)})


def test_results_stand_against_before_and_fidelity_against_the_cores() -> None:
    now = clock.now()
    with clock.at(now - 400 * DAY):
        made = make.adaptation()
    mine = people.client_of(make.head(made.service))
    outcome, cores = made.practice.outcomes.get(), list(made.practice.elements.all())
    shown = page(mine.get(f"/practices/adaptations/{made.code}/"))
    assert "закъснява" in shown
    given = {
        "on": f"{now - 210 * DAY:%d.%m.%Y}",
        f"value-{outcome.pk}": "2,5",
        f"level-{cores[0].pk}": 2,
        f"level-{cores[1].pk}": 1,
    }
    assert mine.post(f"/practices/adaptations/{made.code}/measure/1/", given).status_code == 302
    assert mine.get(f"/practices/adaptations/{made.code}/measure/1/").status_code == 404
    line = adaptation_view.results(make.living(made))[0]
    assert line.values[:2] == ("4 на дете", "2,5 на дете")
    assert (line.change, line.tag) == ("−1,5, по-добре", "done")
    assert adaptation_view.fidelity(made).shares == (0.75, None)
    with pytest.raises(ActionRefused, match="след второто измерване"):
        actions.finish(make.as_actor(make.head(made.service)), made, stopped=False, words="Остава.")
    mine.post(
        f"/practices/adaptations/{made.code}/change/",
        {"part": "length", "what": "Сесии по 20 минути", "why": "Групата е голяма."},
    )
    shown = page(mine.get(f"/practices/adaptations/{made.code}/"))
    for words in ("Сесии по 20 минути", "Групата е голяма.", "75", "не доказва"):
        assert words in shown


def test_values_that_were_not_measured_stay_empty() -> None:
    with clock.at(clock.now() - 200 * DAY):
        made = make.adaptation()
    mine = people.client_of(make.head(made.service))
    cores = {f"level-{one.pk}": 0 for one in made.practice.elements.all()}
    mine.post(f"/practices/adaptations/{made.code}/measure/1/", {"on": f"{clock.today():%d.%m.%Y}"} | cores)
    line = adaptation_view.results(make.living(made))[0]
    assert line.values[1] == "–"
    assert line.change == ""


def test_the_tree_and_the_network_show_who_learnt_from_whom() -> None:
    origin = register.service("ДЦ Дъга")
    card = make.card(origin)
    first = make.adaptation(card, register.service("ДЦ Слънце"))
    second = make.adaptation(card, register.service("ДЦ Роза"), learnt_from=first)
    make.adaptation(card, register.service("ДЦ Зора"), stage=stages.ASKED)
    shown = page(people.client_for("public").get(f"/practices/{card.code}/"))
    tree = shown[shown.index('id="learnt"') : shown.index('id="feedback"')]
    assert tree.index("ДЦ Слънце") < tree.index("ДЦ Роза")
    assert "ДЦ Зора" not in tree
    net = page(people.client_for("public").get("/practices/network/"))
    for name in ("ДЦ Дъга", "ДЦ Слънце", "ДЦ Роза"):
        assert name in net
    assert "2 услуги се учат от други" in net
    mine = people.client_of(make.head(first.service))
    assert "ДЦ Роза" in page(mine.get(f"/practices/adaptations/{first.code}/"))
    assert second.learnt_from == first


def test_the_layout_keeps_learners_to_the_right_and_survives_circles() -> None:
    spots = lay_out(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("a", "b")])
    assert {name: spot.column for name, spot in spots.items()} == {"a": 0, "b": 1, "c": 2, "d": 1}
    assert {spots["b"].row, spots["d"].row} == {0, 1}
    crossed = lay_out(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])
    assert (crossed["a"].row < crossed["b"].row) == (crossed["y"].row < crossed["x"].row)


def test_a_measurement_that_is_due_stands_on_the_first_page() -> None:
    with clock.at(clock.now() - 190 * DAY):
        made = make.adaptation()
    mine = people.client_of(make.head(made.service))
    assert "Измерване „след 6 месеца“" in page(mine.get("/"))
    assert "Измерване" not in page(people.client_of(make.head(register.service())).get("/"))


def test_adaptations_follow_a_service_that_moves() -> None:
    made = make.adaptation(stage=stages.ASKED)
    actions.follow_service(made.path, "BG/KRZ/KRZ16/org:1/svc:X")
    assert Adaptation.objects.get().path == "BG/KRZ/KRZ16/org:1/svc:X"
