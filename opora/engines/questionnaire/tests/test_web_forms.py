"""The golden cases and the function table once more, on the evaluator of @getodk/web-forms in a browser."""

import re

import pytest

from . import make
from .expressions import ANSWERS, DATES, FORM, INSIDE, OUTSIDE
from .golden import CASES
from .second_opinion import points, text

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DIFFERS = {
    "cascade outside its region": "web-forms empties a choice outside the cascade, we keep and mark it",
    "what is not relevant is blank for others": "web-forms counts rows that are not relevant",
}
BLANK_FOR_NAN = "web-forms stores what is no number as blank"
DIFFERS_IN_VALUE = {
    "0.1 + 0.2": "decimals, not binary floats",
    "round(1.005, 2)": "decimals, not binary floats",
    "${e} + 1": BLANK_FOR_NAN,
    "${u} * 2": BLANK_FOR_NAN,
    "${t} * 1": BLANK_FOR_NAN,
    "sum(${fte})": BLANK_FOR_NAN,
    "number('1,5')": BLANK_FOR_NAN,
    "number('')": BLANK_FOR_NAN,
    "today() - ${d0}": BLANK_FOR_NAN,
    "regex(${t}, 'Лов')": "the reference asks for the whole text to match",
    "not(${u})": "a blank answer is an empty text, which is false; web-forms takes the node for the answer",
    "boolean(${u})": "as above",
    "${at} = '2026-11-02'": "dates compare by calendar date",
    "${clock} > '12:00'": "times compare as times",
    "decimal-time(${clock}) > 0.6": "a time is a part of a day",
    "format-date(${d}, '%d %b %Y, %a')": "month and day names in the form's language",
}


@pytest.fixture(scope="module")
def evaluator(tmp_path_factory):
    web_forms = pytest.importorskip("opora.engines.questionnaire.tests.web_forms")
    try:
        folder = web_forms.build(tmp_path_factory.mktemp("page"))
    except web_forms.Impossible as reason:
        pytest.skip(str(reason))
    with web_forms.opened(folder) as page:
        yield lambda markdown, answers: web_forms.ask(page, markdown, answers)


def our_path(reference):
    """``/data/staff[1]/fte`` → ``staff[0].fte``."""
    steps = reference.removeprefix("/data/").replace("/", ".")
    return re.sub(r"\[(\d+)\]", lambda found: f"[{int(found[1]) - 1}]", steps)


def blank(value):
    """A value as web-forms stores it."""
    return "" if value == "NaN" else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_web_forms_says_the_same(evaluator, case):
    said = evaluator(f"| survey |{case.survey}{make.LISTS}{make.SETTINGS}", points(case.answers))["nodes"]
    nodes = {our_path(one): node for one, node in said.items() if "/meta/" not in one}
    asked = {one for one, node in nodes.items() if node["kind"] != "model-value" and node["relevant"]}
    found = {
        kind: {one for one, node in nodes.items() if node["violation"] == kind}
        for kind in ("required", "constraint")
    }
    ours = make.asked(case.survey, case.answers)
    same = (
        asked == set(ours.relevant)
        and found["required"] == set(ours.missing)
        and found["constraint"] == {one.path for one in ours.findings if one.kind in ("constraint", "choice")}
        and all(nodes[one]["value"] == blank(text(value)) for one, value in ours.calculated.items())
    )
    assert same == (case.name not in DIFFERS)


def test_values_are_the_same_save_where_written_down(evaluator):
    other = set()
    for inside, corpus in ((True, INSIDE), (False, OUTSIDE + DATES)):
        for expression, wanted in corpus:
            said = evaluator(FORM % ((expression, "1") if inside else ("1", expression)), ANSWERS)
            nodes = said.get("nodes", {})
            node = nodes.get("/data/staff[2]/x" if inside else "/data/y", {"value": said.get("refused")})
            if node["value"] != wanted:
                other.add(expression)
    assert other == set(DIFFERS_IN_VALUE)
