"""Survey cards: an XLSForm template compiled to typed closures, and answers checked against it.

    from opora.engines.questionnaire import compile, check, sheets_from_markdown
    form = compile(sheets_from_markdown(text))            # FormError(problems) when it cannot be published
    result = check(form, answers, today=date(2026, 11, 22), now=datetime(2026, 11, 22, 10))
    result.ok, result.findings, result.calculated, result.missing, result.relevant, result.as_json()

**In.** ``compile`` takes ``Sheets``: ``sheets_from_tables({"survey": [[headings], [cells], …], …},
external={…})`` for cells read from XLSX, ``sheets_from_rows`` for dictionaries, ``sheets_from_markdown``
for tests. Answers are JSON by question name: a group is an object, a repeat a list of objects, several
choices a list, dates ISO text, numbers JSON numbers or text with a decimal point or comma. ``None``, ``""``
and ``[]`` are blank. Top-level ``version`` (or ``__version__``) and ``form_id`` may say what the answers
were given to; another version is a finding of that kind.

**Out.** ``Form``: ``form_id``, ``version``, ``languages``, ``root`` (tree of ``Group``, ``Repeat``,
``Question`` with ``name``, ``path``, ``labels``, ``hints``, ``appearance``, ``extra`` …), ``find(path)``,
``questions()``. ``Result``: findings of the kinds ``KINDS``, plus ``asked``/``answered``/``ready`` and
``sections`` for „28 от 40 готови“.

**For a filler.** ``page(form, answers, …)`` gives the tree of nodes to draw: labels with ``${…}`` filled,
choices left by cascades, rows, values, findings. Further ``choices_for``, ``label_for``; ``initial``
answers of a new card; ``normalise`` turns flat form fields (``group.staff[0].fte``) and decimal commas into
nested JSON; ``prune`` leaves out what does not apply; ``shown_value`` writes a stored value for a person.

The full account, with the table of functions and what is refused, is ``docs/engines/questionnaire.md``.
"""

from .check import KINDS, Finding, Result, Section, check
from .model import Choice, Form, Group, Item, Question, Repeat, Type
from .page import Node, Page, choices_for, label_for, page, shown_value
from .places import at_path, initial, normalise, prune, put
from .problems import FormError, Problem
from .publish import compile_form as compile
from .sheets import Row, Sheets, sheets_from_markdown, sheets_from_rows, sheets_from_tables

__all__ = [
    "KINDS",
    "Choice",
    "Finding",
    "Form",
    "FormError",
    "Group",
    "Item",
    "Node",
    "Page",
    "Problem",
    "Question",
    "Repeat",
    "Result",
    "Row",
    "Section",
    "Sheets",
    "Type",
    "at_path",
    "check",
    "choices_for",
    "compile",
    "initial",
    "label_for",
    "normalise",
    "page",
    "prune",
    "put",
    "sheets_from_markdown",
    "sheets_from_rows",
    "sheets_from_tables",
    "shown_value",
]
