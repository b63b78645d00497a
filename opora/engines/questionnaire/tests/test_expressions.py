"""The function table: every expression of the corpus has its value, and rxeval agrees save where written down."""

import pytest

from opora.engines.questionnaire import compile, sheets_from_markdown
from opora.engines.questionnaire.values import to_string

from . import make
from .expressions import ANSWERS, DATES, FORM, INSIDE, OUTSIDE

NOT_IN_RXEVAL = ("count-non-empty", "indexed-repeat", "current()", "position(..)")
WE_ARE_RIGHT = {
    "0.1 + 0.2": "decimals, not binary floats",
    "round(1.005, 2)": "decimals, not binary floats",
    "not(${u})": "a blank answer is an empty text, which is false; rxeval takes the node for the answer",
    "boolean(${u})": "as above",
}


def corpus_form(inside, outside):
    """Markdown of the corpus form with all calculations of one kind."""
    lines = []
    for line in FORM.splitlines():
        template = inside if "calculate" in line and "| x " in line else outside
        if line.count("%s"):
            name = "x" if "| x " in line else "y"
            lines += [
                line.replace("%s", text).replace(f"| {name} ", f"| {name}{i} ")
                for i, text in enumerate(template)
            ]
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def values():
    inside, outside = [text for text, _ in INSIDE], [text for text, _ in OUTSIDE + DATES]
    form = compile(sheets_from_markdown(corpus_form(inside, outside)))
    root = make.asked(form, ANSWERS).state.root
    row = root.rows[form.find("staff").slot][1]
    found = {text: to_string(row.values[form.find(f"staff.x{i}").slot]) for i, text in enumerate(inside)}
    return found | {text: to_string(root.values[form.find(f"y{i}").slot]) for i, text in enumerate(outside)}


@pytest.mark.parametrize(("text", "wanted"), OUTSIDE + INSIDE + DATES)
def test_value(values, text, wanted):
    assert values[text] == wanted


def test_rxeval_agrees_save_where_we_know_better():
    second_opinion = pytest.importorskip("opora.engines.questionnaire.tests.second_opinion")
    inside, outside = [text for text, _ in INSIDE], [text for text, _ in OUTSIDE]
    said = second_opinion.ask(corpus_form(inside, outside), ANSWERS)
    get = said["session"].get
    theirs = {text: get(f"/data/staff[2]/x{i}") for i, text in enumerate(inside)}
    theirs |= {text: get(f"/data/y{i}") for i, text in enumerate(outside)}
    other = {text for text, wanted in INSIDE + OUTSIDE if theirs[text] != wanted}
    assert {one for one in other if not any(name in one for name in NOT_IN_RXEVAL)} == set(WE_ARE_RIGHT)


def test_rxeval_is_silently_wrong_on_dates():
    second_opinion = pytest.importorskip("opora.engines.questionnaire.tests.second_opinion")
    said = second_opinion.ask(FORM % ("1", "${d} <= today()"), ANSWERS)
    assert said["session"].get("/data/y") == "false"
    assert said["failed"] == []
