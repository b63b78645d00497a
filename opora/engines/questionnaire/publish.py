"""Tree of items → published form: every expression compiled, typed and put in order, or the template
refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from .build import Builder
from .coerce import truth
from .columns import yes_no
from .expressions import BARE, NOTHING, Scope, compile_text, literal
from .kinds import Kind
from .model import ChoiceList, Code, Form, Item, Question, Repeat, Type, walk
from .order import in_order
from .problems import FormError, Problems
from .sheets import Row, Sheets
from .split import constraint_parts
from .typed import read_answer
from .values import to_string

EXPRESSION = re.compile(r"\$\{|\w\(|\)|\bdiv\b|\bmod\b")


def compile_form(sheets: Sheets) -> Form:
    """The published form of a template. Raises ``FormError`` with everything that has to be mended."""
    problems = Problems()
    publisher = Publisher(Builder(sheets, problems), problems)
    form = publisher.form()
    if problems.errors():
        raise FormError(problems.errors())
    return replace(form, warnings=problems.warnings())


class Publisher:
    """Second pass over the tree: lists, expressions, order."""

    def __init__(self, builder: Builder, problems: Problems) -> None:
        self.builder = builder
        self.problems = problems
        self.root = builder.build()
        self.lists: dict[str, ChoiceList] = {**builder.lists, **dict(self.external_lists())}
        self.by_name: dict[str, list[Item]] = {}
        self.uses: dict[Item, set[Item]] = {}
        self.typing: set[Item] = set()
        for item in walk(self.root):
            self.by_name.setdefault(item.name, []).append(item)

    # what expressions ask

    def named(self, name: str) -> list[Item]:
        """Items of a name."""
        return self.by_name.get(name, [])

    def type_of(self, item: Question) -> Type:
        """Kind of a question's value; a calculation's follows from its expression."""
        if item.type == "calculate" and item.calculation is None and item not in self.typing:
            self.typing.add(item)
            item.calculation = self.code(item, "calculation") or NOTHING
            item.value_type = item.calculation.type
        return item.value_type

    # passes

    def form(self) -> Form:
        """The form, whether or not problems were found on the way."""
        for item in walk(self.root):
            self.compile_item(item)
        order, cycles = in_order(list(walk(self.root)), self.uses)
        for cycle in cycles:
            self.note(
                cycle[0], "calculation", "cycle", names=" → ".join(one.name for one in [*cycle, cycle[0]])
            )
        builder, settings = self.builder, self.builder.settings
        if builder.default not in builder.languages:
            self.problems.add("settings", 2, "default_language", "default-language", text=builder.default)
        titles = {builder.default: settings.get("form_title", settings.get("form_id", ""))}
        return Form(
            form_id=settings.get("form_id", ""),
            version=settings.get("version", ""),
            titles=titles,
            languages=builder.languages,
            default_language=builder.default,
            root=self.root,
            order=tuple(order),
            lists=self.lists,
            settings=settings,
        )

    def note(self, item: Item, column: str, code: str, **words: object) -> None:
        """Note a problem of an item."""
        self.problems.add("survey", item.row, column, code, **words)

    def code(
        self, item: Item, column: str, text: str | None = None, focus: ChoiceList | None = None
    ) -> Code | None:
        """Compile the expression in a column of an item; None when the cell is empty."""
        text = item.cells.get(column, "") if text is None else text
        if not text:
            return None
        uses = (
            self.uses.setdefault(item, set())
            if column in ("relevant", "calculation", "repeat_count")
            else set()
        )
        report = self.reporter(item, column)
        return compile_text(text, Scope(self, item, column, report, uses, focus))

    def reporter(self, item: Item, column: str) -> Callable[..., None]:
        """Notes problems of one cell."""
        return lambda code, **words: self.note(item, column, code, **words)

    def compile_item(self, item: Item) -> None:
        """All expressions of one item."""
        item.relevant = self.condition(item, "relevant")
        if item.cells.get("trigger"):
            self.note(item, "trigger", "trigger")
        if isinstance(item, Repeat):
            self.compile_repeat(item)
        if isinstance(item, Question):
            self.compile_question(item)
        for kind, texts in (("label", item.labels), ("hint", item.hints)):
            for language, text in texts.items():
                self.compile_text(item, kind, language, text)

    def compile_text(self, item: Item, kind: str, language: str, text: str) -> None:
        """A label with ``${…}`` inside becomes a closure."""
        pieces = re.split(r"(\$\{[^}]*\})", text)
        if len(pieces) > 1:
            codes = [
                self.code(item, kind, p) or NOTHING if p.startswith("${") else literal(p, Type.STRING)
                for p in pieces
            ]
            runs = [one.run for one in codes]
            item.texts[kind, language] = lambda cur, ctx, env: "".join(
                to_string(run(cur, ctx, env)) for run in runs
            )

    def condition(self, item: Item, column: str) -> Code | None:
        """A cell that is yes, no or an expression; None when it is empty or plainly no (plainly yes for
        relevant).
        """
        text = item.cells.get(column, "")
        word = yes_no(text)
        if word is not None:
            return None if word is (column == "relevant") else literal(word, Type.BOOLEAN)
        if re.fullmatch(r"[^\W\d]+", text):
            self.note(item, column, "word", text=text)
            return None
        code = self.code(item, column)
        if code and code.type in BARE:
            self.note(item, column, "truth", name=text)
        return replace(code, run=truth(code), type=Type.BOOLEAN) if code else None

    def compile_repeat(self, item: Repeat) -> None:
        """Number of rows: ``repeat_count`` exactly, or ``parameters`` ``min=`` and ``max=``."""
        item.count = self.code(item, "repeat_count")
        bounds = self.parameters(item)
        item.minimum = int(bounds.get("min", "0")) if bounds.get("min", "0").isdigit() else 0
        item.maximum = int(bounds["max"]) if bounds.get("max", "").isdigit() else None

    def compile_question(self, item: Question) -> None:
        """Everything of a question but its relevance."""
        item.parameters = self.parameters(item)
        self.attach_list(item, self.builder.kinds[item])
        if item.type == "calculate" and not item.cells.get("calculation"):
            self.note(item, "calculation", "calculation-missing")
        if item.type == "calculate":
            self.type_of(item)
        else:
            item.calculation = self.code(item, "calculation")
        item.constraint = self.condition(item, "constraint")
        item.constraint_parts = self.parts(item)
        item.required = self.condition(item, "required")
        item.readonly = self.condition(item, "readonly")
        item.default = self.default(item)

    def parts(self, item: Question) -> tuple[tuple[str, Code], ...]:
        """The constraint cut at ``and``, each part with the kind of finding it gives."""
        if item.constraint is None:
            return ()
        scope = Scope(self, item, "constraint", lambda code, **words: None, set())
        return constraint_parts(item.cells.get("constraint", ""), scope, item.constraint)

    def default(self, item: Question) -> Code | None:
        """Value a new card starts with: a literal of the question's kind, or an expression."""
        text = item.cells.get("default", "")
        if not text:
            return None
        if EXPRESSION.search(text):
            return self.code(item, "default")
        value, wrong = read_answer(item, text)
        if wrong:
            self.note(item, "default", "default", text=text, wanted=item.type, wanted_en=item.type)
        return literal(value, item.value_type)

    def parameters(self, item: Item) -> dict[str, str]:
        """``key=value`` pairs of the column parameters."""
        text = item.cells.get("parameters", "")
        pairs = [
            one.partition("=") for one in re.split(r"[\s;,]+", re.sub(r"\s*=\s*", "=", text).strip()) if one
        ]
        if any(not mark or not value for _, mark, value in pairs):
            self.note(item, "parameters", "parameters", text=text)
        return {key: value for key, _, value in pairs}

    # lists

    def attach_list(self, item: Question, kind: Kind) -> None:
        """Give a select its list and compile its filter."""
        if item.type not in ("select_one", "select_multiple"):
            return
        name = stem(kind.list_name) if kind.from_file else kind.list_name
        item.choices = self.file_list(item, name) if kind.from_file else self.lists.get(name)
        if item.choices is None:
            code = "file-unknown" if kind.from_file else "list-unknown" if name else "list-missing"
            self.note(item, "type", code, name=kind.list_name)
            return
        filtered = self.code(item, "choice_filter", focus=item.choices)
        item.choice_filter = replace(filtered, run=truth(filtered), type=Type.BOOLEAN) if filtered else None

    def external_lists(self) -> Iterator[tuple[str, ChoiceList]]:
        """Lists from files, under the name ``instance('…')`` uses."""
        for name, rows in self.builder.sheets.external.items():
            yield stem(name), self.builder.read_list(stem(name), with_labels(rows), name)

    def file_list(self, item: Question, name: str) -> ChoiceList | None:
        """A list from a file with the columns its question names."""
        rows = next((rows for file, rows in self.builder.sheets.external.items() if stem(file) == name), None)
        if rows is None:
            return None
        value, label = item.parameters.get("value", "name"), item.parameters.get("label", "label")
        for column in (value, label):
            if not any(column in row.cells for row in rows):
                self.note(item, "type", "file-column", name=name, heading=column)
        return self.builder.read_list(name, with_labels(rows, value, label), name)


def stem(name: str) -> str:
    """File name without its ending."""
    return PurePosixPath(name).stem if name.endswith((".csv", ".xml", ".geojson")) else name


def with_labels(rows: tuple[Row, ...], value: str = "name", label: str = "label") -> tuple[Row, ...]:
    """Rows whose name and labels stand where a choice list has them (``label_en`` is the English label)."""
    return tuple(Row(row.number, renamed(dict(row.cells), value, label)) for row in rows)


def renamed(cells: dict[str, str], value: str, label: str) -> dict[str, str]:
    """Cells with ``name``, ``label`` and ``label::xx`` filled from the columns a file has."""
    cells["name"] = cells.get(value, "")
    if label in cells:
        cells["label"] = cells[label]
    for heading in [one for one in cells if one.startswith("label_")]:
        cells[f"label::{heading.removeprefix('label_')}"] = cells[heading]
    return cells
