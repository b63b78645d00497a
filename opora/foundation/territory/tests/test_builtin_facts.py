"""The built-in facts are complete and loading them is harmless."""

import pytest

from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.models import Boundary, Municipality, Region, Settlement

pytestmark = pytest.mark.django_db


def test_all_regions_municipalities_and_two_regions_of_settlements_are_there() -> None:
    load_builtin_facts()
    assert Region.objects.count() == 28
    assert Municipality.objects.count() == 265
    assert Settlement.objects.filter(municipality__region__code="LOV").count() == 110
    assert Settlement.objects.filter(municipality__region__code="KRZ").count() == 468
    assert Boundary.objects.filter(level="region", official=False).count() == 28


def test_loading_again_adds_nothing_and_keeps_what_an_import_brought() -> None:
    first = load_builtin_facts()
    Region.objects.filter(code="LOV").update(lat=43.13424)
    assert (first, load_builtin_facts()) == (28 + 265 + 578 + 28, 0)
    assert Region.objects.get(code="LOV").lat == 43.13424


def test_municipality_stands_in_the_region_of_its_code() -> None:
    load_builtin_facts()
    assert all(m.code.startswith(m.region.code) for m in Municipality.objects.select_related("region"))
    assert all(
        s.municipality.region.code in {"LOV", "KRZ"}
        for s in Settlement.objects.select_related("municipality__region")
    )


def test_names_follow_the_bulgarian_alphabet_and_say_where_a_place_is() -> None:
    load_builtin_facts()
    names = [region.name for region in Region.objects.all()]
    assert names[:3] == ["Благоевград", "Бургас", "Варна"]
    assert Settlement.objects.get(ekatte="00028").full_name == "с. Абланица, общ. Ловеч, обл. Ловеч"
    assert Region.objects.get(code="SOF").full_name != Region.objects.get(code="SFO").full_name
