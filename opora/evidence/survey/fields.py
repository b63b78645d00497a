"""Nodes of the evaluator as things a template draws: which control, its words, its value, where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.engines.questionnaire import Item, Node, Question
from opora.evidence.survey import checking, markdown, values
from opora.evidence.survey.prefill import Sources
from opora.evidence.survey.sources import Source, source_line, source_of

FEW = 7
NOTHING = Markup("")
CONTROLS = {"integer": "number", "decimal": "number", "range": "number", "date": "date", "dateTime": "moment"}


@dataclass(frozen=True)
class Field:
    """One thing to draw. `control`: text, area, number, date, moment, radios, select, checks, note, grid,
    group, rows,
    row. `name` is the field of the HTML form, `id` its anchor; labels are light Markdown already made
    safe.
    """

    control: str
    path: str
    label: Markup
    hint: Markup = NOTHING
    value: str = ""
    chosen: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    error: str = ""
    required: bool = False
    readonly: bool = False
    decimals: bool = False
    short: bool = False
    source: Source | None = None
    parts: tuple[Field, ...] = ()
    least: int = 0
    most: int | None = None

    @property
    def name(self) -> str:
        """Name in the HTML form."""
        return values.PREFIX + self.path

    @property
    def id(self) -> str:
        """Anchor an error leads to."""
        return anchor(self.path)

    @property
    def help(self) -> Markup:
        """The hint and where the value came from: both are read out with the field."""
        return self.hint + source_line(self.source)

    @property
    def common(self) -> Source | None:
        """Of a row: where all of it came from, when that is one place and nothing was changed."""
        sources = {part.source for part in self.parts}
        one = next(iter(sources)) if len(sources) == 1 else None
        return one if one and not one.changed else None

    @property
    def full(self) -> bool:
        """No further row may be added."""
        return self.most is not None and len(self.parts) >= self.most

    @property
    def exact(self) -> bool:
        """The number of rows follows from another answer."""
        return self.most is not None and self.most == self.least


def anchor(path: str) -> str:
    """`staff[0].fte` → `q-staff-0-fte`."""
    return "q-" + path.replace("[", "-").replace("]", "").replace(".", "-")


@dataclass
class Maker:
    """Makes fields of one card: knows what the register gave and which findings to show."""

    sources: Sources
    missing_too: bool = False
    everything: bool = False
    shown: list[str] = field(default_factory=list)

    def fields(self, nodes: Iterable[Node]) -> tuple[Field, ...]:
        """Fields of the nodes that apply; questions of one scale in a row become a grid."""
        relevant = [node for node in nodes if node.relevant or self.everything]
        made: list[Field] = []
        for key, some in groupby(relevant, key=_scale):
            part = list(some)
            made += [self._grid(part)] if key and len(part) > 1 else [self.one(node) for node in part]
        return tuple(made)

    def one(self, node: Node) -> Field:
        """One node."""
        if node.kind == "question":
            return self._question(node)
        label, rest = _words(node.label)
        rest += self._applies(node)
        kind = {"repeat": "rows"}.get(node.kind, node.kind)
        row = Field(
            kind,
            node.path,
            label,
            hint=rest + _block(node.hint),
            error=self._error(node),
            parts=self.fields(node.children),
            least=node.least,
            most=node.most,
        )
        return _said_once(row) if kind == "row" else row

    def _question(self, node: Node) -> Field:
        question = _as_question(node.item)
        control = _control(question)
        if not node.readonly:
            self.shown.append(node.path)
        label, rest = _words(node.label)
        rest += self._applies(node)
        source = source_of(node, question, self.sources)
        return Field(
            control,
            node.path,
            label,
            hint=rest + _block(node.hint) + _block(node.guidance),
            value=_value(question, node),
            chosen=_chosen(node),
            options=tuple((one.name, one.label(checking.language())) for one in node.choices),
            error=self._error(node),
            required=node.required,
            readonly=node.readonly,
            decimals=question.type in ("decimal", "range"),
            short=len(node.choices) < 4
            and all(len(one.label(checking.language())) < 24 for one in node.choices),
            source=source,
        )

    def _grid(self, nodes: list[Node]) -> Field:
        parts = tuple(self._question(node) for node in nodes)
        return Field("grid", f"{nodes[0].path}.grid", Markup(""), options=parts[0].options, parts=parts)

    def _applies(self, node: Node) -> Markup:
        condition = node.item.cells.get("relevant", "")
        if not self.everything or not condition or node.kind == "row":
            return Markup("")
        return Markup('<span class="sv-source">{}</span>').format(
            _("показва се, ако %(condition)s") % {"condition": condition}
        )

    def _error(self, node: Node) -> str:
        found = [one for one in node.findings if self.missing_too or one.kind not in ("required", "repeat")]
        return "" if self.everything else " ".join(one.message for one in found if one.kind != "irrelevant")


def _said_once(row: Field) -> Field:
    """A row filled wholly by the register says so once, not at each field."""
    if row.common is None:
        return row
    return replace(row, source=row.common, parts=tuple(replace(part, source=None) for part in row.parts))


def _as_question(item: Item) -> Question:
    assert isinstance(item, Question)
    return item


def _scale(node: Node) -> str:
    """Name of the scale a question of a grid shares with its neighbours, else nothing."""
    item = node.item
    if (
        node.kind != "question"
        or not isinstance(item, Question)
        or item.type != "select_one"
        or not item.choices
    ):
        return ""
    above = item.parent.appearance if item.parent else ""
    grid = {"likert", "list-nolabel"} & set(item.appearance.split()) or "table-list" in above.split()
    return item.choices.name if grid and not node.readonly and not item.choice_filter else ""


def _words(label: str) -> tuple[Markup, Markup]:
    """The first line of a label, and the rest as a block: lists may not stand inside a label."""
    first, _sep, rest = label.strip().partition("\n")
    return markdown.inline(first), _block(rest)


def _block(text: str) -> Markup:
    made = markdown.light(text.strip())
    return Markup('<div class="sv-hint">{}</div>').format(made) if made else Markup("")


def _control(question: Question) -> str:
    if question.type == "select_one":
        few = len(question.choices.choices) <= FEW if question.choices else True
        plain = not {"minimal", "autocomplete", "quick"} & set(question.appearance.split())
        return "radios" if few and plain and not question.choice_filter else "select"
    if question.type == "select_multiple":
        return "checks"
    if question.type == "acknowledge":
        return "tick"
    area = question.type == "text" and "multiline" in question.appearance.split()
    return "area" if area else CONTROLS.get(question.type, "text")


def _value(question: Question, node: Node) -> str:
    return values.typed(question, node.value if node.readonly else node.given)


def _chosen(node: Node) -> tuple[str, ...]:
    given = node.given
    if isinstance(given, list):
        return tuple(str(one) for one in given)
    return (str(given),) if given not in (None, "") else ()
