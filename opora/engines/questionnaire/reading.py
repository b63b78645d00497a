"""Answers of a card (nested JSON) → frames. Everything that does not fit is marked where it stands."""

from collections.abc import Mapping
from typing import Any

from .model import Form, Frame, FrameKind, Group, Question, Repeat
from .typed import read_answer
from .words import say

META = ("version", "__version__", "form_id", "meta")


class Reader:
    """Reads one card; ``frames`` holds its frames by kind in the order of rows."""

    def __init__(self, form: Form, language: str) -> None:
        self.form = form
        self.language = language
        self.frames: dict[FrameKind, list[Frame]] = {}

    def read(self, answers: Any) -> Frame:
        """The frame of the card."""
        frame = self.frame(self.form.root.kind, None, 0, "")
        self.group(self.form.root, answers if answers is not None else {}, frame)
        return frame

    def frame(self, kind: FrameKind, parent: Frame | None, index: int, prefix: str) -> Frame:
        """A new frame, known by its kind."""
        frame = Frame(kind, parent, index, prefix)
        self.frames.setdefault(kind, []).append(frame)
        return frame

    def group(self, group: Group, raw: Any, frame: Frame) -> None:
        """Answers of a group, which may be the card or a row."""
        if not isinstance(raw, Mapping):
            self.mark(
                group, frame, frame.prefix + group.local if group.slot >= 0 else "", "type", "row-object"
            )
            return
        for child in group.children:
            if child.name not in raw:
                continue
            if isinstance(child, Question):
                self.question(child, raw[child.name], frame)
            elif raw[child.name] is not None:
                read = self.repeat if isinstance(child, Repeat) else self.group
                read(child, raw[child.name], frame)  # type: ignore[arg-type]
        if len(raw) > 0:
            self.unknown(group, raw, frame)

    def question(self, question: Question, raw: Any, frame: Frame) -> None:
        """One answer."""
        value, wrong = read_answer(question, raw)
        frame.given[question.slot] = frame.values[question.slot] = value
        if wrong:
            frame.wrong[question.slot] = wrong

    def repeat(self, repeat: Repeat, raw: Any, frame: Frame) -> None:
        """Rows of a repeat."""
        path = frame.prefix + repeat.local
        if not isinstance(raw, list | tuple):
            self.mark(repeat, frame, path, "type", "rows-list")
            return
        rows = [self.frame(repeat.inner, frame, index, f"{path}[{index}].") for index in range(len(raw))]
        frame.rows[repeat.slot] = rows
        for row, answers in zip(rows, raw, strict=True):
            if answers is None or isinstance(answers, Mapping):
                self.group(repeat, answers or {}, row)
            else:
                self.mark(repeat, frame, row.prefix[:-1], "type", "row-object")

    def unknown(self, group: Group, raw: Mapping[Any, Any], frame: Frame) -> None:
        """Mark answers to questions the card does not have."""
        names = {child.name for child in group.children}
        meta = META if group is self.form.root else ()
        prefix = inside(group, frame)
        for key in sorted(str(one) for one in raw if one not in names and one not in meta):
            self.mark(group, frame, prefix + key, "unknown", "unknown", value=key[:60])

    def mark(self, group: Group, frame: Frame, path: str, kind: str, code: str, **words: object) -> None:
        """Keep a finding with the group it belongs to."""
        slot = -1 if group.kind is not frame.kind or group.slot < 0 else group.slot
        frame.unread.setdefault(slot, []).append((path, kind, say(code, self.language, **words)))


def inside(group: Group, frame: Frame) -> str:
    """Beginning of the path of what stands in a group of a frame."""
    at_top = group.slot < 0 or group.kind is not frame.kind
    return frame.prefix if at_top else f"{frame.prefix}{group.local}."
