"""The golden cases, on our evaluator and on rxeval."""

import pytest

from . import make
from .golden import CASES

names = {"ids": lambda case: case.name}
RXEVAL_DIFFERS = {
    "cascade outside its region": "rxeval finds no label for a choice outside the filter and lets the choice pass",
    "chain that stops": "rxeval reads what is not relevant; ODK Collect leaves it out, as we do",
    "what is not relevant is blank for others": "as above",
    "rows in rows": "rxeval cannot add a row inside a row",
}


@pytest.mark.parametrize("case", CASES, **names)
def test_case(case):
    result = make.asked(case.survey, case.answers)
    assert result.relevant == case.relevant
    assert result.missing == case.missing
    assert make.kinds(result) == case.kinds
    assert dict(result.calculated) == case.calculated
    assert result.ok == (not case.kinds)


def their_path(path):
    """``staff[0].fte`` → ``/data/staff[1]/fte``."""
    steps = [part.partition("[") for part in path.split(".")]
    return "/data/" + "/".join(f"{name}[{int(row[:-1]) + 1}]" if row else name for name, _, row in steps)


def differences(case, ask):
    """What rxeval says otherwise: calculated values, missing answers, broken constraints."""
    markdown = f"| survey |{case.survey}{make.LISTS}{make.SETTINGS}"
    try:
        said = ask.ask(markdown, ask.points(case.answers))
    except ValueError as error:
        return {str(error)}
    get = said["session"].get
    other = {one for one, value in case.calculated.items() if get(their_path(one)) != ask.text(value)}
    missing = {ask.plain(their_path(one)) for one in case.missing} ^ {
        ask.plain(one) for one in said["missing"]
    }
    broken = {their_path(one) for one, kind in case.kinds.items() if kind in ("constraint", "choice")}
    return other | missing | (broken ^ {one for one, _ in said["invalid"]})


@pytest.mark.parametrize("case", CASES, **names)
def test_rxeval_says_the_same(case):
    second_opinion = pytest.importorskip("opora.engines.questionnaire.tests.second_opinion")
    assert bool(differences(case, second_opinion)) == (case.name in RXEVAL_DIFFERS)
