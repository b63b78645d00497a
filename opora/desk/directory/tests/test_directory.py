"""What a citizen finds, and what nobody finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.desk.directory import queries
from opora.desk.directory.needs import NEEDS
from opora.register.models import TargetGroup
from opora.register.tests import make

pytestmark = pytest.mark.django_db


def test_a_parent_finds_the_day_centre_near_the_village(client):
    make.service(
        "Дневен център „Дъга“",
        code="KRZ-10",
        groups=["children_disabilities"],
        phone="03631/600010",
        capacity=24,
        occupied=24,
    )
    make.service("Дом за стари хора", code="KRZ-17", groups=["elderly"])
    page = client.get("/find/?need=child-disability").text
    assert "Дневен център „Дъга“" in page
    assert "03631/600010" in page
    assert "няма свободни места" in page
    assert "Дом за стари хора" not in page


def test_no_exact_number_of_free_places_is_told(client):
    make.service("Център", code="A-1", capacity=40, occupied=21, opened_on=None)
    page = client.get("/find/A-1/").text
    assert "има свободни места" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "19" not in main
    assert "21" not in main
    assert "40" not in main


def test_a_crisis_service_keeps_its_address_and_offers_a_way_out(client):
    make.service(
        "Кризисен център",
        code="C-1",
        type="crisis_centre",
        groups=["children_violence"],
        address="ул. „Тайна“ № 5",
    )
    for address in ("/find/C-1/", "/find/C-1/easy/", "/find/?need=violence", "/find/?place=&need="):
        assert "Тайна" not in client.get(address).text, address
    assert "Бърз изход" in client.get("/find/C-1/").text
    assert "112" in client.get("/find/C-1/").text


def test_the_head_of_a_service_is_not_named(client):
    make.service("Център", code="A-1", head="Галина Каракашева")
    assert "Каракашева" not in client.get("/find/A-1/").text
    assert "Каракашева" not in client.get("/find/?need=").text


def test_an_unknown_place_says_so_and_shows_everything(client):
    make.service("Център", code="A-1")
    page = client.get("/find/?place=Атлантида&need=").text
    assert "Не намерихме „Атлантида“" in page
    assert "Център" in page


def test_a_closed_service_is_gone(client):
    import datetime as dt

    make.service("Закрит център", code="A-1", closed_on=dt.date(2020, 1, 1))
    assert client.get("/find/A-1/").status_code == 404
    assert "Закрит център" not in client.get("/find/?need=").text


def test_every_need_names_groups_of_the_register():
    from opora.register.actions import load_builtin_types

    load_builtin_types()
    known = set(TargetGroup.objects.values_list("code", flat=True))
    for need in NEEDS:
        assert set(need.groups) <= known, need.code


@given(*(st.floats(-89, 89), st.floats(-179, 179)) * 2)
def test_distance_is_symmetric_and_never_negative(a, b, c, d):
    there, back = queries.great_circle_km(a, b, c, d), queries.great_circle_km(c, d, a, b)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


def test_known_distance():
    assert queries.great_circle_km(42.7, 23.32, 43.14, 24.72) == pytest.approx(124.3, abs=1)


def test_no_session_follows_a_citizen(client):
    make.service("Център", code="A-1")
    assert set(client.get("/find/A-1/").cookies) <= {"csrftoken"}
