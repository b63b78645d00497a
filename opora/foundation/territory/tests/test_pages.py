"""The pages of the territory, as anybody opens them."""

import datetime as dt

import pytest
from django.test import Client

from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.models import PopulationFigure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _facts() -> None:
    load_builtin_facts()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figure(code: str, value: int, day: dt.date = dt.date(2026, 6, 15)) -> None:
    PopulationFigure.objects.create(
        code=code, kind="registered_current", value=value, as_of=day, source="ГРАО"
    )


def test_country_shows_all_regions_on_map_and_in_table(client: Client) -> None:
    text = page(client, "/territory/")
    assert text.count('href="/territory/LOV/"') >= 3  # wide map, narrow map, table
    assert text.count('class="op-table__link"') == 28
    assert text.index(">обл. Благоевград<") < text.index(">обл. Бургас<") < text.index(">обл. Ямбол<")
    assert "обл. София (столица)" in text
    assert "За населението няма внесени данни." in text


def test_region_without_boundaries_says_its_map_is_schematic(client: Client) -> None:
    text = page(client, "/territory/LOV/")
    assert "Схематични граници." in text
    for name in ("Априлци", "Летница", "Ловеч", "Луковит", "Тетевен", "Троян", "Угърчин", "Ябланица"):
        assert f"общ. {name}, обл. Ловеч" in text


def test_region_without_known_settlements_still_has_its_map(client: Client) -> None:
    text = page(client, "/territory/PDV/")
    assert 'data-code="PDV22"' in text


def test_municipality_lists_settlements_with_full_names(client: Client) -> None:
    text = page(client, "/territory/LOV18/")
    assert "с. Абланица, общ. Ловеч, обл. Ловеч" in text
    assert "00028" in text


def test_municipality_without_settlements_says_how_they_come(client: Client) -> None:
    assert "Населените места още не са внесени" in page(client, "/territory/PDV22/")


def test_population_is_shown_with_kind_day_and_source(client: Client) -> None:
    figure("LOV18", 42670)
    figure("LOV18", 50000, dt.date(2020, 6, 15))
    region, municipality = page(client, "/territory/LOV/"), page(client, "/territory/LOV18/")
    for text in (region, municipality):
        assert "42\u202f670" in text
        assert "50\u202f000" not in text
        assert "настоящ адрес" in text
        assert "15.06.2026" in text
        assert "ГРАО" in text


def test_unknown_code_does_not_exist(client: Client) -> None:
    assert client.get("/territory/XXX/").status_code == 404


def test_pages_carry_no_inline_style_or_script(client: Client) -> None:
    for address in ("/territory/", "/territory/LOV/", "/territory/LOV18/"):
        text = page(client, address)
        assert " style=" not in text
        assert "onclick" not in text
