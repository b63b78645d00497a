"""Values of rules are read as people write them."""

import pytest
from django.utils import translation

from opora.foundation.accounts.tests import make
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.values import said


@pytest.mark.parametrize(
    ("value", "unit", "words", "english"),
    [
        ("0.667", "share", "0,667", "0.667"),
        ("6;12", "months", "6 и 12", "6 and 12"),
        ("40;25;20;15", "percent", "40, 25, 20 и 15", "40, 25, 20 and 15"),
        ("2035-01-01", "date", "01.01.2035", "01.01.2035"),
        ("08-31", "month_day", "31.08.", "31.08."),
        ("02-13/03-14", "day_window", "13.02.–14.03.", "13.02.–14.03."),
        ("12/02", "month_window", "декември–февруари", "December–February"),
        ("0/4", "range", "0–4", "0–4"),
        ("fulfilled;partly", "list", "изпълнява се и отчасти", "fulfilled and partly"),
        ("5000", "persons", "5\u202f000", "5\u202f000"),
        ("", "share", "–", "–"),
        ("по преценка", "date", "по преценка", "по преценка"),
        ("13-45-99", "month_day", "13-45-99", "13-45-99"),
    ],
)
def test_a_value_in_words(value: str, unit: str, words: str, english: str) -> None:
    assert said(value, unit) == words
    with translation.override("en"):
        assert said(value, unit) == english


@pytest.mark.django_db
def test_a_value_that_speaks_for_itself_stands_without_its_unit() -> None:
    load_builtin_rules()
    client = make.client_for("regional_coordinator")
    months = client.get("/rules/round_data_collection/").text
    assert "декември–февруари" in months
    assert "февруари месеци" not in months
    assert "6 и 12 месеца" in client.get("/rules/adaptation_follow_up/").text
