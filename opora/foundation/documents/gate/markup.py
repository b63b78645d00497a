"""XML parts read with expat: whatever their encoding, no DTD and no entities get past the first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from opora.foundation.documents.gate.verdict import Reason, Refused

_TEXT_OF = {"instrText", "f"}
_READ = _TEXT_OF | {
    *("Override", "Default", "Relationship", "fldSimple", "ddeLink", "oleLink"),
    *("event-listener", "script", "dde-source", "dde-connection-decl", "applet", "plugin"),
}
_WORDS = re.compile(
    rb"instrText|fldSimple|Link|Relationship|ContentType|href|script|event-listener|dde-|applet|plugin|[<:]f[\s>/]"
)


@dataclass
class Element:
    """One element: name and attributes without prefixes; text only where the gate reads it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class _Reader:
    found: list[Element] = field(default_factory=list)
    reading: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local not in _READ and not any(key.endswith("href") for key in attributes):
            return
        element = Element(local, {_local(key): value for key, value in attributes.items()})
        self.found.append(element)
        self.reading = element if local in _TEXT_OF else None

    def end(self, _name: str) -> None:
        self.reading = None

    def text(self, words: str) -> None:
        if self.reading is not None:
            self.reading.text += words


def elements(name: str, content: bytes) -> list[Element]:
    """Elements of an XML part that the gate asks about: links, relations, fields, formulas, scripts.

    Raises Refused for a DTD, an entity or text that is no XML.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    if _WORDS.search(content) or b"\x00" in content[:4]:  # expat reads UTF-8, Latin-1 and UTF-16 only
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as problem:
        raise Refused(Reason.BROKEN, f"{name}: {problem}") from problem
    return reader.found


def _refuse_doctype(*_args: object) -> None:
    raise Refused(Reason.ENTITY, "DTD")


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
