"""A card ready to be drawn: every question with its words, value, choices and what is wrong, in the order of
the sheet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .check import Finding, Result, State, check, evaluate, wanted_rows
from .model import Choice, Form, Frame, Group, Item, Question, Repeat, Spot, pick
from .places import at_path, locate
from .values import plain


@dataclass(frozen=True)
class Node:
    """One thing to draw. ``kind``: group, repeat, row, note or question.

    ``given`` is the answer as it came (so that what is wrong can be shown again), ``value`` the typed one as
    JSON.
    ``children`` are what stands inside a group or row, or the rows of a repeat; ``least`` and ``most`` bound
    its rows.
    Silent questions (calculations, hidden) are not drawn. What is not relevant is there with ``relevant``
    False.
    """

    kind: str
    item: Item
    path: str
    label: str
    hint: str = ""
    guidance: str = ""
    relevant: bool = True
    required: bool = False
    readonly: bool = False
    given: Any = None
    value: Any = ""
    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()
    children: tuple["Node", ...] = ()
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Page:
    """The nodes of a card and the result of checking it."""

    nodes: tuple[Node, ...]
    result: Result

    def walk(self) -> Iterator[Node]:
        """All nodes, depth first."""
        return descend(self.nodes)


def descend(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Nodes and all below them."""
    for node in nodes:
        yield node
        yield from descend(node.children)


def page(form: Form, answers: Any, *, today: date, now: datetime, language: str = "bg") -> Page:
    """Check answers and lay the card out for drawing."""
    result = check(form, answers, today=today, now=now, language=language)
    return Page(Drawing(result, answers).group(form.root, result.state.root, True), result)


class Drawing:
    """Lays out one card."""

    def __init__(self, result: Result, answers: Any) -> None:
        self.state = result.state
        self.env = result.state.env
        self.answers = answers
        self.findings: dict[str, list[Finding]] = {}
        for finding in result.findings:
            self.findings.setdefault(finding.path, []).append(finding)

    def group(self, group: Group, frame: Frame, on: bool) -> tuple[Node, ...]:
        """Nodes inside a group, a row or the card."""
        shown = [
            one for one in group.children if not isinstance(one, Question) or one.asks or one.type == "note"
        ]
        return tuple(self.node(one, frame, on and frame.on[one.slot]) for one in shown)

    def node(self, item: Item, frame: Frame, on: bool) -> Node:
        """One item in one frame."""
        if isinstance(item, Repeat):
            return self.repeat(item, frame, on)
        if isinstance(item, Question):
            return self.question(item, frame, on)
        assert isinstance(item, Group)
        return Node("group", **self.shared(item, frame, on), children=self.group(item, frame, on))

    def shared(self, item: Item, frame: Frame, on: bool) -> dict[str, Any]:
        """What every node has."""
        path = frame.prefix + item.local
        return {
            "item": item,
            "path": path,
            "label": text_of(item, "label", frame, self.state),
            "hint": text_of(item, "hint", frame, self.state),
            "guidance": pick(item.guidance, self.env.language),
            "relevant": on,
            "findings": tuple(self.findings.get(path, ())),
        }

    def repeat(self, repeat: Repeat, frame: Frame, on: bool) -> Node:
        """A repeat and its rows."""
        shared = self.shared(repeat, frame, on)
        least, most = wanted_rows(repeat, frame, self.env)
        rows = tuple(self.row(repeat, row, shared, on) for row in frame.rows.get(repeat.slot, ()))
        return Node("repeat", **shared, children=rows, least=least, most=most)

    def row(self, repeat: Repeat, row: Frame, shared: dict[str, Any], on: bool) -> Node:
        """One row of a repeat."""
        path = row.prefix[:-1]
        findings = tuple(self.findings.get(path, ()))
        label = f"{shared['label']} {row.index + 1}"
        return Node(
            "row", repeat, path, label, relevant=on, findings=findings, children=self.group(repeat, row, on)
        )

    def question(self, item: Question, frame: Frame, on: bool) -> Node:
        """A question or note."""
        shared = self.shared(item, frame, on)
        required, readonly = (
            bool(one and one.run(frame, None, self.env)) for one in (item.required, item.readonly)
        )
        return Node(
            "note" if item.type == "note" else "question",
            **shared,
            required=required,
            readonly=readonly or item.calculation is not None,
            given=at_path(self.answers, shared["path"]),
            value=plain(frame.values[item.slot] if on else frame.given[item.slot]),
            choices=choices_in(item, frame, self.state),
        )


def text_of(item: Item, kind: str, frame: Frame, state: State) -> str:
    """Label or hint with the values of ``${…}`` in it."""
    texts = item.labels if kind == "label" else item.hints
    language = state.env.language if state.env.language in texts else next(iter(texts), "")
    run = item.texts.get((kind, language))
    return str(run(frame, None, state.env)) if run else texts.get(language, "")


def choices_in(question: Question, frame: Frame, state: State) -> tuple[Choice, ...]:
    """Choices a question offers, after its cascading filter."""
    if question.choices is None:
        return ()
    if question.choice_filter is None:
        return question.choices.choices
    run = question.choice_filter.run
    lines = enumerate(question.choices.choices, start=1)
    return tuple(line for place, line in lines if run(frame, Spot(line, place), state.env))


def choices_for(
    form: Form, path: str, answers: Any, *, today: date, now: datetime, language: str = "bg"
) -> tuple[Choice, ...]:
    """Choices the question at a path offers with these answers. Raises ``KeyError`` when there is no such
    question.
    """
    state, _ = evaluate(form, answers, today=today, now=now, language=language)
    item, frame = locate(state, path)
    return choices_in(item, frame, state) if isinstance(item, Question) else ()


def label_for(
    form: Form, path: str, answers: Any, *, today: date, now: datetime, language: str = "bg"
) -> str:
    """Label of what stands at a path, with the values of ``${…}`` in it. Raises ``KeyError`` when there is
    none.
    """
    state, _ = evaluate(form, answers, today=today, now=now, language=language)
    item, frame = locate(state, path)
    return text_of(item, "label", frame, state)


def shown_value(question: Question, value: Any, language: str = "bg") -> str:
    """A JSON value as a person reads it: choice labels, decimal comma, dates 22.11.2026."""
    if value in (None, "", []):
        return ""
    if question.choices is not None:
        names = value if isinstance(value, list | tuple) else str(value).split()
        lines = [question.choices.names.get(str(name)) for name in names]
        return ", ".join(
            line.label(language) if line else str(name) for line, name in zip(lines, names, strict=True)
        )
    if isinstance(value, float):
        return str(value).replace(".", ",") if language == "bg" else str(value)
    if question.type == "date" and isinstance(value, str) and len(value) == 10 and language == "bg":
        return ".".join(reversed(value.split("-")))
    return str(value) if not isinstance(value, Mapping) else ""
