"""One card against its form: what applies, what is computed, what is missing, what does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .judge import judge
from .model import Env, Form, Frame, Group, Item, Question, Repeat, pick
from .reading import Reader
from .values import BLANK, Value, cut, is_blank, plain, to_number
from .words import say

KINDS = ("required", "constraint", "choice", "type", "unknown", "irrelevant", "version", "repeat", "length")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: where (``group.staff[0].fte``), its kind (one of ``KINDS``) and a sentence for a
    person.
    """

    path: str
    kind: str
    message: str


@dataclass(frozen=True)
class Section:
    """How far a top group is: questions that apply, answered, and answered without a finding."""

    path: str
    label: str
    asked: int
    answered: int
    ready: int


@dataclass(frozen=True)
class State:
    """The card's frames after evaluation, for a renderer."""

    form: Form
    root: Frame
    env: Env


@dataclass(frozen=True)
class Result:
    """What a check found. ``calculated`` holds JSON values (blank is ``""``, what cannot be computed
    None).
    """

    ok: bool
    findings: tuple[Finding, ...]
    calculated: Mapping[str, Any]
    missing: tuple[str, ...]
    relevant: tuple[str, ...]
    sections: tuple[Section, ...]
    state: State = field(repr=False, compare=False)

    @property
    def asked(self) -> int:
        """Questions that apply and take an answer."""
        return sum(one.asked for one in self.sections)

    @property
    def answered(self) -> int:
        """Those with an answer."""
        return sum(one.answered for one in self.sections)

    @property
    def ready(self) -> int:
        """Those with an answer and no finding: „28 от 40 готови“."""
        return sum(one.ready for one in self.sections)

    def as_json(self) -> dict[str, Any]:
        """The shape ``opora cards check`` prints."""
        return {
            "ok": self.ok,
            "findings": [
                {"path": one.path, "kind": one.kind, "message": one.message} for one in self.findings
            ],
            "calculated": dict(self.calculated),
            "missing": list(self.missing),
            "relevant": list(self.relevant),
        }


def check(form: Form, answers: Any, *, today: date, now: datetime, language: str = "bg") -> Result:
    """Check answers (nested JSON by question name) against a form.

    ``today`` and ``now`` are what the form's own functions see. Never raises on any answers: what does not
    fit is a
    finding. Answers to questions that do not apply are findings of kind ``irrelevant``; ``prune`` leaves them
    out.
    """
    state, _ = evaluate(form, answers, today=today, now=now, language=language)
    walk = Walk(form, state.env)
    walk.version(answers)
    walk.group(form.root, state.root, True)
    sections = tuple(walk.sections.values())
    return Result(
        ok=not walk.findings,
        findings=tuple(walk.findings),
        calculated=walk.calculated,
        missing=tuple(walk.missing),
        relevant=tuple(walk.relevant),
        sections=tuple(one.section(language) for one in sections if one.asked),
        state=state,
    )


def evaluate(form: Form, answers: Any, *, today: date, now: datetime, language: str) -> tuple[State, Reader]:
    """Frames with relevance and calculations settled."""
    reader, env = Reader(form, language), Env(today, now, language)
    root = reader.read(answers)
    for item in form.order:
        for frame in reader.frames.get(item.kind, ()):
            step(item, frame, env)
    return State(form, root, env), reader


def step(item: Item, frame: Frame, env: Env) -> None:
    """Settle relevance and value of one item in one frame."""
    on = (item.above < 0 or frame.on[item.above]) and (
        item.relevant is None or item.relevant.run(frame, None, env)
    )
    frame.on[item.slot] = on
    if not on:
        frame.values[item.slot] = BLANK
    elif isinstance(item, Question) and item.calculation:
        frame.values[item.slot] = item.calculation.run(frame, None, env)


def shown(given: Any) -> str:
    """A version as it is named in a message; what is no text or number is shown as nothing."""
    return str(given)[:60] if isinstance(given, str | int | float) else "–"


class Tally:
    """Counts of one section while the card is walked."""

    def __init__(self, item: Item | None) -> None:
        self.item = item
        self.asked = self.answered = self.ready = 0

    def section(self, language: str) -> Section:
        """The counts as a value."""
        path, label = (self.item.path, pick(self.item.labels, language)) if self.item else ("", "")
        return Section(path, label, self.asked, self.answered, self.ready)


class Walk:
    """Goes through a card in the order of the sheet and writes down what it finds."""

    def __init__(self, form: Form, env: Env) -> None:
        self.form = form
        self.env = env
        self.findings: list[Finding] = []
        self.calculated: dict[str, Value] = {}
        self.missing: list[str] = []
        self.relevant: list[str] = []
        self.sections: dict[Item | None, Tally] = {}
        self.tally = Tally(None)

    def add(self, path: str, kind: str, message: str) -> None:
        """Write down a finding."""
        self.findings.append(Finding(path, kind, message))

    def version(self, answers: Any) -> None:
        """Compare the version and form the answers name, if they name any."""
        if not isinstance(answers, Mapping):
            return
        names = {child.name for child in self.form.root.children}
        for key, wanted, code in (
            ("version", self.form.version, "version"),
            ("__version__", self.form.version, "version"),
            ("form_id", self.form.form_id, "form"),
        ):
            given = answers.get(key)
            if key not in names and given not in (None, "") and str(given) != wanted:
                self.add(key, "version", say(code, self.env.language, value=shown(given), wanted=wanted))

    def group(self, group: Group, frame: Frame, on: bool) -> None:
        """Everything in a group, a row or the card."""
        for child in group.children:
            if group is self.form.root:
                self.enter(child)
            self.item(child, frame, on and frame.on[child.slot])
        slot = group.slot if group.kind is frame.kind else -1
        for path, kind, message in frame.unread.get(slot, ()):
            self.add(path, kind, message)

    def enter(self, child: Item) -> None:
        """Count what follows in the section of a top item."""
        key = child if isinstance(child, Group) else None
        self.tally = self.sections.setdefault(key, Tally(key))

    def item(self, item: Item, frame: Frame, on: bool) -> None:
        """One item in one frame."""
        if isinstance(item, Question):
            (self.question if on else self.silent)(item, frame)
        elif isinstance(item, Repeat):
            self.repeat(item, frame, on)
        elif isinstance(item, Group):
            self.group(item, frame, on)

    def repeat(self, repeat: Repeat, frame: Frame, on: bool) -> None:
        """Rows of a repeat and how many there are."""
        rows = frame.rows.get(repeat.slot, [])
        if on:
            self.count(repeat, frame, len(rows))
        for path, kind, message in frame.unread.get(repeat.slot, ()):
            self.add(path, kind, message)
        for row in rows:
            self.group(repeat, row, on)

    def count(self, repeat: Repeat, frame: Frame, given: int) -> None:
        """Rows missing or too many."""
        least, most = wanted_rows(repeat, frame, self.env)
        path, language = frame.prefix + repeat.local, self.env.language
        if given < least:
            self.add(path, "repeat", say("rows-few", language, given=given, wanted=least))
        elif most is not None and given > most:
            self.add(path, "repeat", say("rows-many", language, given=given, wanted=most))

    def silent(self, question: Question, frame: Frame) -> None:
        """A question that does not apply: an answer to it is noted."""
        answered = not is_blank(frame.given[question.slot]) or question.slot in frame.wrong
        if answered and question.asks:
            self.add(frame.prefix + question.local, "irrelevant", say("irrelevant", self.env.language))

    def question(self, question: Question, frame: Frame) -> None:
        """A question that applies."""
        path, slot = frame.prefix + question.local, question.slot
        if question.calculation:
            self.calculated[path] = plain(frame.values[slot])
        if question.asks or question.type == "note":
            self.relevant.append(path)
        found = judge(question, frame, self.env)
        if found:
            self.add(path, *found)
        if found and found[0] == "required":
            self.missing.append(path)
        if question.asks:
            self.count_answer(slot, frame, bool(found))

    def count_answer(self, slot: int, frame: Frame, found: bool) -> None:
        """Count a question that takes an answer."""
        answered = not is_blank(frame.values[slot]) or slot in frame.wrong
        self.tally.asked += 1
        self.tally.answered += answered
        self.tally.ready += answered and not found


def wanted_rows(repeat: Repeat, frame: Frame, env: Env) -> tuple[int, int | None]:
    """Fewest and most rows a repeat may have; the most is None when there is no end."""
    if repeat.count is None:
        return repeat.minimum, repeat.maximum
    wanted = cut(to_number(repeat.count.run(frame, None, env)))
    exact = max(int(wanted), 0) if wanted.is_finite() else 0
    return exact, exact
