"""Blackening: every form of a known name goes, the child's own stays, dates and case numbers stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.care.casework.papers.hiding import BLACK, Hiding

KEPT = ("Калина Иванова Росенова", "Росица Росенова")
OTHERS = ("Иван Петров Росенов", "Цветанка Драгиева-Минчева", "Георги Ботевски", "Ия Колева")


@pytest.fixture
def hiding() -> Hiding:
    return Hiding(KEPT, OTHERS, ["0888 111 222", "1442055555"])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Иван Росенов дойде.", "████ дойде."),
        ("ИВАН РОСЕНОВ и г-н Росенов", "████ и г-н ████"),
        ("Каза: „Иване, ела“.", "Каза: „████, ела“."),
        ("при Цветанка, Цветанкин телефон, Драгиева - Минчева", "при ████, ████ телефон, ████"),
        ("И. Росенов и Ив. Росенов", "████ и Ив. ████"),
        ("Семейство Ботевски, Ботевска, Ботевските", "Семейство ████, ████, ████"),
        ("Ivan Rosenov писа", "████ писа"),
        ("Ивaн с латинско а", "████ с латинско а"),
        ("Цвета\u0301нка и Мин\u00adчева", "████ и ████"),
        ("Цветанка2 и _Цветанка_", "████2 и _████_"),
        ("Гиорги Ботефски сбъркано", "████ сбъркано"),
        ("Ия Колева пее. Бия се.", "████ пее. Бия се."),
    ],
)
def test_names_of_others_go_in_all_their_forms(hiding: Hiding, said: str, left: str) -> None:
    assert hiding.text(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Калина Иванова Росенова е на 12.",
        "Калина и Росица Росенова рисуват.",
        "Росица Росенова звъня от 0888 111 222.",
        "На 05.02.2014 – 06.03.2015, учебна 2025/2026, дело № 20254310100123.",
        "Взе 1 200 лв. на 2026-11-27.",
        "Днес вали. Отиде на пазар.",
    ],
)
def test_the_child_the_parent_dates_and_numbers_stay(hiding: Hiding, said: str) -> None:
    assert hiding.text(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "0888333444",
        "0888 333 444",
        "+359 888 33-34-44",
        "0670/60001",
        "(0670) 600 01",
        "02 981 12 34",
        "8001011234",
        "05.02.2014 0888333444",
        "0888333444 12345",
        "0888333444м",
        "0888333444/0888333445",
        "0888\u00a0333\u202f444",
    ],
)
def test_numbers_of_others_go(hiding: Hiding, said: str) -> None:
    left = hiding.text(f"тел. {said}, после")
    assert BLACK in left
    assert "333" not in left
    assert "600" not in left
    assert left.endswith(", после")


def test_a_number_goes_that_touches_a_word(hiding: Hiding) -> None:
    assert hiding.text("тел.0888333444") == "тел.████"
    assert hiding.text("gsm0888333444.") == "gsm████."


def test_mail_goes(hiding: Hiding) -> None:
    assert hiding.text("пиши на ivan.p@example.bg утре") == "пиши на ████ утре"


def test_a_place_for_a_name_is_black_unless_it_is_a_kept_name(hiding: Hiding) -> None:
    assert hiding.name("Росица Росенова") == "Росица Росенова"
    assert hiding.name("Иван Росенов") == BLACK
    assert hiding.name("Росенова") == BLACK
    assert hiding.name("непознат човек") == BLACK
    assert hiding.name("") == ""


def test_a_family_name_shared_with_others_stays_only_beside_the_childs(hiding: Hiding) -> None:
    assert hiding.text("Росенови се скараха.") == "████ се скараха."
    assert hiding.text("Калина Росенова и Росенов.") == "Калина Росенова и ████."


def test_nothing_is_hidden_for_the_service() -> None:
    assert Hiding(on=False).text("Иван Росенов 0888333444") == "Иван Росенов 0888333444"


FORMS = st.sampled_from(
    ["Иван", "Иване", "Цветанка", "Цветанке", "Минчева", "Минчеви", "ИВАН", "Георги", "Ботевска", "Ivan"]
)
AROUND = st.text(alphabet="абвг .,;:!?„“()\n-12", max_size=12)


@given(before=AROUND, name=FORMS, after=AROUND)
def test_no_form_survives_any_surroundings(before: str, name: str, after: str) -> None:
    said = Hiding(KEPT, OTHERS).text(f"{before} {name} {after}")
    assert name not in said


@given(st.text(max_size=200))
def test_blackening_twice_is_blackening_once(said: str) -> None:
    hiding = Hiding(KEPT, OTHERS)
    once = hiding.text(said)
    assert hiding.text(once) == once
