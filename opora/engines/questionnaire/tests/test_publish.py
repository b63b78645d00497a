"""The publish check: what a template may not hold, each with the row and column its author sees."""

import pytest

from opora.engines.questionnaire import FormError, compile, sheets_from_markdown

from . import make

HEAD = "\n| | type | name | label::Български (bg) | label::English (en) | {column} |\n"
FIRST = (
    "| | integer | n | Брой | Number | |\n| | date | d | Дата | Date | |\n| | text | t | Текст | Text | |\n"
)
REPEAT = "| | begin_repeat | r | Р | R | |\n| | decimal | f | Щ | F | |\n| | end_repeat | | | | |\n"


def survey(column, *rows):
    return HEAD.format(column=column) + FIRST + REPEAT + "\n".join(rows) + "\n"


BROKEN = [
    ("(. > 1", "expression-end"),
    (". > > 1", "expression"),
    ("'abc", "expression"),
    ("(${n} > 1", "expression-end"),
    ("nothing(.)", "function-unknown"),
    ("pulldata('a', 'b', 'c', 'd') = 1", "function-refused"),
    ("random() > 1", "function-refused"),
    ("digest(., 'MD5') = ''", "function-refused"),
    ("sin(.) > 1", "function-refused"),
    ("distance(.) > 1", "function-refused"),
    ("checklist(1, 2, .)", "function-refused"),
    ("rank-value(., 'a') = 1", "function-refused"),
    ("round() = 1", "function-arguments"),
    ("substr(.) = ''", "function-arguments"),
    ("if(. > 1, 2) = 2", "function-arguments"),
    ("today(1) = .", "function-arguments"),
    ("${nobody} > 1", "reference"),
    ("n > 1", "bare-name"),
    ("../nobody > 1", "path"),
    ("/data/nobody > 1", "path"),
    ("${d} > 5", "compare"),
    ("${d} = 5", "compare"),
    ("5 < ${d}", "compare"),
    ("${d} > ${t}", "compare"),
    ("${d} < 'вчера'", "compare"),
    ("today() > ${n}", "compare"),
    ("${t} < 'абв'", "compare"),
    ("${d} * 2 > 1", "arithmetic"),
    ("'абв' + 1 > 1", "number-text"),
    ("round(${d}) > 1", "function-argument"),
    ("int('абв') > 1", "function-argument"),
    ("format-date(${n}, '%Y') = '2026'", "function-argument"),
    ("format-date(${d}, '%Q') = '2026'", "date-format"),
    ("regex(., '[a-')", "regex"),
    ("${f} > 1", "many"),
    ("sum(${d}) > 1", "function-argument"),
    ("count(${n}) > 1", "rows-wanted"),
    ("${r} = 1", "group-value"),
    ("${r}[1]/f > 1", "predicate-number"),
    ("${n}[. > 1] = 1", "predicate"),
    ("position(..) = 1", "position"),
    ("once(.) = 1", "once"),
    ("instance('nolist')/root/item[name = .]/label = ''", "list-unknown"),
    ("instance('yes_no')/root/item[nocolumn = .]/label = ''", "filter-column"),
    ("instance('yes_no')/root/item[name = .]/nocolumn = ''", "filter-column"),
    ("indexed-repeat(${f}, ${n}, 1) = 1", "rows-wanted"),
    ("${last-saved#n} = 1", "last-saved"),
    ("да", "word"),
]


@pytest.mark.parametrize(("text", "code"), [one for one in BROKEN if one[0] != "да"])
def test_broken_constraint(text, code):
    cell = text.replace("|", "\\|")
    found = make.problems(survey("constraint", f"| | integer | q | Въпрос | Question | {cell} |"))
    assert (code, 8, "constraint") in found


@pytest.mark.parametrize(
    "column", ["relevant", "calculation", "required", "default", "choice_filter", "repeat_count"]
)
def test_every_column_is_read(column):
    kind = {"calculation": "calculate", "choice_filter": "select_one yes_no"}.get(column, "integer")
    row = f"| | {kind} | q | Въпрос | Question | int(1 + |"
    if column == "repeat_count":
        row = "| | begin_repeat | q | Въпрос | Question | (1 + |\n| | text | z | З | Z | |\n| | end_repeat | | | | |"
    assert ("expression-end", 8, column) in make.problems(survey(column, row))


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("| | kartinka | q | В | Q | |", "type-unknown", "type"),
        ("| | | q | В | Q | |", "type-missing", "type"),
        ("| | rank yes_no | q | В | Q | |", "type-refused", "type"),
        ("| | geotrace | q | В | Q | |", "type-refused", "type"),
        ("| | select_one yes_no or_other | q | В | Q | |", "type-refused", "type"),
        ("| | select_one nolist | q | В | Q | |", "list-unknown", "type"),
        ("| | select_one | q | В | Q | |", "list-missing", "type"),
        ("| | select_one_from_file regions.csv | q | В | Q | |", "file-unknown", "type"),
        ("| | integer | | В | Q | |", "name-missing", "name"),
        ("| | integer | община | В | Q | |", "name-ascii", "name"),
        ("| | integer | a b | В | Q | |", "name-ascii", "name"),
        ("| | integer | 1a | В | Q | |", "name-ascii", "name"),
        ("| | integer | n | В | Q | |", "name-duplicate", "name"),
        ("| | integer | q | В | | |", "label-missing", "label::English (en)"),
        ("| | integer | q | | Q | |", "label-missing", "label::Български (bg)"),
        ("| | begin_group | q | В | Q | |", "group-open", "type"),
        ("| | begin_repeat | q | В | Q | |", "group-open", "type"),
        ("| | end_group | | | | |", "group-close", "type"),
        ("| | end_repeat | | | | |", "group-close", "type"),
        ("| | calculate | q | | | |", "calculation-missing", "calculation"),
    ],
)
def test_broken_row(row, code, column):
    assert (code, 8, column) in make.problems(survey("hint", row))


def test_words_of_required():
    for word in ("да", "ДА", "истина", "yes", "TRUE", "true()"):
        made = make.form(survey("required", f"| | text | q | В | Q | {word} |"))
        assert make.kinds(make.asked(made, {})) == {"q": "required"}
    for word in ("не", "no", "", "false()"):
        made = make.form(survey("required", f"| | text | q | В | Q | {word} |"))
        assert make.asked(made, {}).ok
    assert make.problems(survey("required", "| | text | q | В | Q | може |")) == {("word", 8, "required")}


def test_circles_are_found():
    found = make.problems(
        survey("calculation", "| | calculate | a | | | ${b} + 1 |", "| | calculate | b | | | ${a} + 1 |")
    )
    assert {code for code, _, _ in found} == {"cycle"}
    assert make.problems(survey("relevant", "| | integer | a | А | A | ${a} > 1 |")) == {
        ("cycle", 8, "calculation")
    }


def test_group_that_depends_on_its_own_question_is_a_circle():
    rows = (
        "| | begin_group | g | Г | G | ${q} = 1 |",
        "| | integer | q | В | Q | |",
        "| | end_group | | | | |",
    )
    assert {code for code, _, _ in make.problems(survey("relevant", *rows))} == {"cycle"}


def test_settings():
    bare = "\n| settings |\n| | form_title |\n| | Карта |\n"
    found = make.problems(survey("hint"), settings=bare)
    assert found == {("form-id", 2, "form_id"), ("version", 2, "version")}


def test_choices():
    choices = """
| choices |
| | list_name | name | label::Български (bg) | label::English (en) |
| | yes_no    | yes  | Да                    | Yes                 |
| | yes_no    | yes  | Да                    | Yes                 |
| | yes_no    | две думи | Две               | Two                 |
| | yes_no    | no   | Не                    |                     |
| | yes_no    |      | Нищо                  | Nothing             |
"""
    assert make.problems(survey("hint"), choices=choices) == {
        ("choice-duplicate", 3, "name"),
        ("choice-name", 4, "name"),
        ("label-missing", 5, "label::English (en)"),
        ("name-missing", 6, "name"),
    }


def test_everything_is_reported_at_once_in_two_languages():
    with pytest.raises(FormError) as caught:
        make.form(
            survey("constraint", "| | integer | q | В | | (. > 1 |", "| | integer | w | В | Q | ${x} > 1 |")
        )
    texts = [one.text("bg") for one in caught.value.problems]
    assert "Лист survey, ред 9, колона constraint: Няма въпрос с име „x“." in texts
    assert len(texts) == 3
    assert all(one.en and one.bg != one.en for one in caught.value.problems)


def test_refused_functions_say_what_to_use_instead():
    with pytest.raises(FormError) as caught:
        make.form(survey("constraint", "| | integer | q | В | Q | pulldata('a','b','c','d') = 1 |"))
    assert "instance(" in caught.value.problems[0].bg


def test_warnings_do_not_stop_publishing():
    row = "| | select_multiple yes_no | q | В | Q | shiny |"
    made = make.form(survey("appearance", row))
    assert [one.code for one in made.warnings] == ["appearance"]
    bare = make.form(survey("relevant", "| | text | q | В | Q | ${t} |"))
    assert [one.code for one in bare.warnings] == ["truth"]


def test_calculations_are_typed_through_one_another():
    rows = (
        "| | calculate | a | | | today() |",
        "| | calculate | b | | | ${a} |",
        "| | calculate | c | | | ${b} > 5 |",
    )
    assert make.problems(survey("calculation", *rows)) == {("compare", 10, "calculation")}


def test_empty_template():
    with pytest.raises(FormError) as caught:
        compile(sheets_from_markdown(""))
    assert {one.code for one in caught.value.problems} == {"survey-empty", "form-id", "version"}
