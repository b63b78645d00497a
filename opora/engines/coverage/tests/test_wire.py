"""What the command line reads and writes is the same thinking."""

from __future__ import annotations

import json

import pytest

from opora.engines.coverage.wire import FACE

TEAM = {
    "do": "team",
    "need": {"hours": [[[4, 4]], [[3, 0]]], "skills": ["логопед"]},
    "specialists": [{"name": "А", "skills": ["логопед"], "base": "Ловеч"}],
    "travel": [[30, None]],
    "hours": 5,
}


def test_a_team_goes_in_and_out_as_json() -> None:
    said = json.loads(json.dumps(FACE.run(TEAM)))
    assert said["members"] == [0]
    assert [(one["service"], one["week"], one["hours"]) for one in said["work"]] == [(0, 0, 4), (0, 1, 4)]
    assert said["uncovered"][1][0] == [3, 0]
    assert said["why"][0]["bg"] == "Не достигат 3 от 11 часа: 3 са за логопед."


def test_a_rota_goes_in_and_out_as_json() -> None:
    people = [
        {"name": "А", "roles": ["водещ"], "skills": ["психолог"]},
        {"name": "Б", "roles": ["втори"], "absent": [1]},
    ]
    given = {
        "do": "rota",
        "people": people,
        "duties": [{"day": 1}, {"day": 3}],
        "rules": {"windows": [[2, 1]]},
    }
    said = json.loads(json.dumps(FACE.run(given)))
    assert said["who"] == [[0, -1], [0, 1]]
    assert said["uncovered"] == [[0, 1]]
    assert said["proven"]


def test_a_least_team_goes_in_and_out_as_json() -> None:
    said = json.loads(json.dumps(FACE.run({"do": "least_team", "need": [10], "gives": [[4]]})))
    assert (said["count"], said["missed"]) == ([3], [2])


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ValueError, match="travel must have the shape"):
        FACE.run({**TEAM, "travel": [[1]]})
