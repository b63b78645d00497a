"""Whatever is sent, a check answers, always the same and whatever the order of keys."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from opora.engines.questionnaire import FormError, compile, normalise, page, prune, sheets_from_rows

from . import make
from .expressions import ANSWERS, DATES, INSIDE, OUTSIDE
from .golden import CASES
from .test_expressions import corpus_form
from .test_page import WHEN
from .test_spoiled import FORM as SPOILED

CORPUS = compile(
    make.sheets_from_markdown(corpus_form([t for t, _ in INSIDE], [t for t, _ in OUTSIDE + DATES]))
)
FORMS = [CORPUS, SPOILED, *(make.form(survey) for survey in dict.fromkeys(case.survey for case in CASES))]
WHICH = st.integers(0, len(FORMS) - 1)
NAMES = sorted(
    {one.name for form in FORMS for one in form.items()} | {"version", "__version__", "form_id", "other"}
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12),
    st.sampled_from([*ANSWERS.values(), "yes", "LOV", "1,5", "1e999", "2026-13-01", "0000-00-00", "9" * 50, "-0", "а" * 300]),
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=25,
)
calm = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate]
)


def reverse(value):
    """The same JSON with its keys the other way round."""
    if isinstance(value, dict):
        return {key: reverse(value[key]) for key in reversed(value)}
    return [reverse(one) for one in value] if isinstance(value, list) else value


@calm
@given(WHICH, st.dictionaries(st.sampled_from(NAMES), JSON, max_size=10) | JSON)
def test_garbage_is_answered_the_same_way_always(which, answers):
    form = FORMS[which]
    first = make.asked(form, answers)
    assert first.as_json() == make.asked(form, answers).as_json()
    assert first.as_json() == make.asked(form, reverse(answers)).as_json()
    assert first.ok == (not first.findings)
    assert set(first.missing) == {one.path for one in first.findings if one.kind == "required"}
    assert 0 <= first.ready <= first.answered <= first.asked


@calm
@given(WHICH, st.dictionaries(st.sampled_from(NAMES), JSON, max_size=10))
def test_a_pruned_card_has_nothing_that_does_not_apply(which, answers):
    form = FORMS[which]
    page(form, answers, **WHEN)
    tidy = normalise(form, answers)
    assert normalise(form, tidy) == tidy
    result = make.asked(form, answers)
    again = make.asked(form, prune(form, answers, result))
    assert "irrelevant" not in {one.kind for one in again.findings}
    assert again.relevant == result.relevant
    assert str(again.calculated) == str(result.calculated)


CELLS = st.text(alphabet="${}()[]'\"./=<>!+-*, abn1яdiv", max_size=25)


TYPES = [
    "integer",
    "text",
    "calculate",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
    "select_one l",
    "?",
]
COLUMNS = "relevant constraint calculation required default choice_filter parameters repeat_count label::English (en)"
ROWS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES), "name": st.sampled_from(["a", "b", "n", "", "я"]), "label": CELLS},
    optional=dict.fromkeys(COLUMNS.split(" ", 7), CELLS),
)
LISTS = {
    "choices": [{"list_name": "l", "name": "x", "label": "X"}],
    "settings": [{"form_id": "f", "version": "1"}],
}


@calm
@given(st.lists(ROWS, max_size=6))
def test_any_template_is_published_or_refused_with_reasons(rows):
    sheets = sheets_from_rows({"survey": rows} | LISTS)
    form, problems = None, ()
    try:
        form = compile(sheets)
    except FormError as error:
        problems = error.problems
    assert bool(form) != bool(problems)
    assert all(one.row >= 1 and one.bg and one.en for one in problems)
    if form:
        make.asked(form, {"a": 1, "b": "x", "n": [{"a": 1}]})


def test_the_corpus_card_is_good():
    assert make.asked(CORPUS, ANSWERS).findings == ()
