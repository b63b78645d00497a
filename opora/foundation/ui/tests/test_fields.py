"""Fields take what people type and keep it when it is wrong."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from opora.foundation.ui import complaints, controls, fields
from opora.foundation.ui.tests.sample import ServiceForm


@pytest.mark.parametrize("text", ["1,5", "1.5", " 1,50 "])
def test_decimal_comma_and_point(text):
    assert fields.DecimalField().clean(text) == Decimal("1.5")


def test_thousands_with_spaces():
    assert fields.DecimalField().clean("1 234,5") == Decimal("1234.5")
    assert fields.IntegerField().clean("1\u202f234") == 1234


@pytest.mark.parametrize("text", ["22.11.2026", "22.11.26", "2026-11-22", "22.11.2026 г."])
def test_dates(text):
    assert fields.DateField().clean(text) == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("field", "text"),
    [(fields.DateField(), "31.02.2026"), (fields.DecimalField(), "пет"), (fields.IntegerField(), "1,5")],
)
def test_wrong_input_says_what_to_type(field, text):
    with pytest.raises(ValidationError, match="Въведете"):
        field.clean(text)


def test_summary_names_each_field_and_leads_to_it():
    lines = complaints.summary_of(ServiceForm({"places": "трийсет"}))
    assert [line.href for line in lines] == [
        "#id_name",
        "#id_places",
        "#id_type",
        "#id_target",
        "#id_managed",
    ]
    assert lines[0].text == "Попълнете „Наименование на услугата“"
    assert lines[1].text.startswith("Места по капацитет: ")
    assert lines[2].text == "Изберете „Вид“"


def test_own_words_of_a_form_stay():
    class Own(forms.Form):
        day = forms.DateField(label="Ден", error_messages={"required": "Кажете кога ще дойдете"})

    assert complaints.errors_of(Own({})["day"]) == ["Кажете кога ще дойдете"]


def test_formset_errors_come_in_order():
    Sets = forms.formset_factory(ServiceForm, extra=0)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "А"}
    assert complaints.summary_of(Sets(data))[0].href == "#id_form-0-places"


def test_nothing_typed_is_lost():
    bound = ServiceForm({"places": "трийсет"})["places"]
    drawn = controls.drawn_input(bound, {})
    assert 'type="text"' in drawn
    assert 'value="трийсет"' in drawn
    assert 'inputmode="numeric"' in drawn
    assert "min=" not in drawn


def test_known_values_are_written_in_our_way():
    class Known(forms.Form):
        day = fields.DateField()
        hours = fields.DecimalField()

    form = Known(initial={"day": dt.date(2026, 11, 2), "hours": Decimal("12.50")})
    assert controls.typed(form["day"]) == "02.11.2026"
    assert controls.typed(form["hours"]) == "12,5"
    assert controls.typed(Known(initial={"hours": 10.0})["hours"]) == "10"


def test_markup_typed_by_a_person_is_escaped():
    bound = ServiceForm({"name": '"><script>'})["name"]
    assert "<script>" not in controls.drawn_input(bound, {})


def test_a_choice_that_is_not_offered_says_what_to_do():
    form = ServiceForm({"type": "нещо", "target": ["друго"]})
    assert complaints.errors_of(form["type"]) == ["Изберете от изброените възможности"]
    assert complaints.errors_of(form["target"]) == ["Изберете от изброените възможности"]
