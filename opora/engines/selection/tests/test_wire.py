"""The JSON face."""

from __future__ import annotations

import json

import pytest

from opora.engines.selection.wire import FACE


def test_a_selection_goes_in_and_comes_out_as_json() -> None:
    asked = {
        "points": [90, 80, None, 60],
        "places": 2,
        "excluded": [2],
        "names": ["а", "б", "в", "г"],
        "quotas": [{"members": [3], "least": 1, "label": "Видин"}],
    }
    said = json.loads(json.dumps(FACE.run(asked)))
    assert said["chosen"] == [0, 3]
    assert said["instead"] == [1, 1]
    assert said["cut"] == 90
    assert said["why"][3][1]["bg"] == "„Видин“ иска поне 1, избрани: 1."
    assert said["notes"][0]["kind"] == "fact"


def test_a_certificate_writes_null_where_no_points_would_help() -> None:
    said = FACE.run(
        {"do": "certificate", "points": [3, 2], "places": 1, "quotas": [{"members": [1], "most": 0}]}
    )
    assert said["always"] == [0]
    assert said["missing"] == [0, None]


def test_cohorts_go_in_and_come_out_as_json() -> None:
    said = FACE.run(
        {"do": "cohorts", "allowed": [[True, False], [1, 1]], "size": 1, "cost": [[5, 0], [1, 2]]}
    )
    assert said["cohort"] == [0, 1]
    assert said["cost"] == 7


def test_the_seed_of_a_lot_is_made_of_the_list_and_the_number() -> None:
    assert len(FACE.run({"do": "lot_seed", "list": "Ана", "number": 49})["seed"]) == 64


def test_the_example_names_the_lot_and_the_quota() -> None:
    said = FACE.run(FACE.example)
    assert said["basis"] == ["lot", "", "", "points", "quota"] or said["basis"] == [
        "",
        "lot",
        "",
        "points",
        "quota",
    ]


def test_what_is_missing_in_the_document_is_said() -> None:
    with pytest.raises(ValueError, match="points and places"):
        FACE.run({})
