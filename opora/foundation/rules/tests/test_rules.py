"""Rules: a value on a day, a change that keeps its past, nothing invented."""

import csv
import datetime as dt
import re
from importlib.resources import files

import pytest

from opora.foundation.accounts.tests import make
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules import actions, queries
from opora.foundation.rules.models import Rule
from opora.foundation.ui.tests.hands import seen_on

pytestmark = pytest.mark.django_db


def test_builtin_rules_are_all_unverified_and_load_once():
    assert actions.load_builtin_rules() > 100
    assert actions.load_builtin_rules() == 0
    assert not Rule.objects.filter(verified=True).exists()


def test_no_two_rules_bear_one_code():
    """Two rooms that choose the same code would read each other's number."""
    lines = csv.reader(files("opora.foundation.rules.facts").joinpath("rules.csv").open(encoding="utf-8"))
    codes = [line[0] for line in lines]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert len(codes) > 100


def test_a_number_that_was_not_found_is_none_not_zero():
    assert queries.number("planning_coefficient") is None
    assert queries.number("small_number_below") == 5


def test_an_unknown_rule_is_an_error():
    with pytest.raises(KeyError):
        queries.rule("no_such_rule")


def change(actor, code="small_number_below", **fields):
    given = {
        "value": "10",
        "legal_ref": "Заповед 1",
        "verified": True,
        "valid_from": dt.date(2026, 6, 1),
        "reason": "сверено",
    }
    return actions.change_rule(actor, queries.history(code).first(), **(given | fields))


def test_a_change_counts_from_its_day_and_keeps_the_past():
    actions.load_builtin_rules()
    change(make.actor("national_admin"))
    assert queries.number("small_number_below", dt.date(2026, 5, 31)) == 5
    assert queries.number("small_number_below", dt.date(2026, 6, 1)) == 10
    assert queries.rule("small_number_below", dt.date(2026, 6, 1)).verified


def test_a_change_needs_a_reason_and_a_day_after_the_former():
    actions.load_builtin_rules()
    admin = make.actor("national_admin")
    with pytest.raises(ActionRefused, match="основание"):
        change(admin, reason=" ")
    change(admin)
    with pytest.raises(ActionRefused, match="по-късен"):
        change(admin, valid_from=dt.date(2026, 5, 1))


@pytest.mark.parametrize("role", [r for r in make.ACCOUNT_ROLES if r != "national_admin"])
def test_only_the_national_administrator_changes(role):
    actions.load_builtin_rules()
    with pytest.raises(NotAllowed):
        change(make.actor(role))
    assert make.client_for(role).post("/rules/small_number_below/", {}).status_code == 404


def test_pages():
    actions.load_builtin_rules()
    client = make.client_for("national_admin")
    assert "Скриване на малки числа" in client.get("/rules/?q=малки").text
    page = client.get("/rules/case_file_keep/").text
    assert "Опора не го измисля" in page
    sent = {"value": "7", "legal_ref": "", "valid_from": "1.1.2027", "reason": "решение"}
    sent |= seen_on(client, "/rules/small_number_below/")
    assert client.post("/rules/small_number_below/", sent).status_code == 302
    assert "7" in client.post("/rules/small_number_below/", sent | {"value": "8"}).text
    assert client.post("/rules/small_number_below/", sent | {"legal_ref": "чл. 1"}).status_code == 302
    assert client.get("/rules/small_number_below/").text.count("чл. 1") >= 1
    assert client.post("/rules/small_number_below/", sent | {"valid_from": "утре"}).status_code == 422
    assert client.get("/rules/none-such/").status_code == 404
    assert make.client_for("public").get("/rules/").status_code == 302


def test_every_unit_of_a_rule_has_words():
    actions.load_builtin_rules()
    page = make.client_for("national_admin").get("/rules/").text
    with (files("opora.foundation.rules.facts") / "rules.csv").open(encoding="utf-8") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    cells = {cell.strip() for cell in re.findall(r"<td[^>]*>([^<]*)<", page)}
    assert {"месеца", "досиета"} <= cells
    assert units & cells == set()
