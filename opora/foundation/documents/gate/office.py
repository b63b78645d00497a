"""Word, Excel and OpenDocument files: nothing in them runs, asks elsewhere or declares entities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opora.foundation.documents.gate.authors import without_authors
from opora.foundation.documents.gate.markup import Element, elements
from opora.foundation.documents.gate.packs import Pack
from opora.foundation.documents.gate.verdict import Reason, Refused

_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_RUNS = re.compile(
    r"(vbaproject|vbadata|activex/|macrosheets/|dialogsheets/|oleobject|customui|^basic/|^scripts/|"
    r"\.(exe|dll|js|jse|vbs|vbe|bat|cmd|com|scr|ps1|jar|msi|lnk|hta|wsf|docm|dotm|xlsm|xltm|xlam)$)",
    re.IGNORECASE,
)
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:", "#")
_FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b")
_FORMULA_CALLS = re.compile(
    r"(\|\s*'|\bWEBSERVICE\s*\(|\bRTD\s*\(|\bCALL\s*\(|\bREGISTER(\.ID)?\s*\()", re.IGNORECASE
)
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_ELSEWHERE = re.compile(r"^\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)


def docx(content: bytes, keep_author: bool = False) -> bytes:
    """A Word document."""
    return _open_xml(content, "docx", keep_author)


def xlsx(content: bytes, keep_author: bool = False) -> bytes:
    """An Excel workbook."""
    return _open_xml(content, "xlsx", keep_author)


def odt(content: bytes, keep_author: bool = False) -> bytes:
    """An OpenDocument text."""
    pack = Pack(content)
    if pack.names[0] != "mimetype" or pack.read("mimetype").strip() != _ODT_TYPE:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "mimetype")
    _no_programs(pack)
    for name, element in _all_elements(pack):
        _check_odt(name, element)
    return content if keep_author else without_authors(pack, content)


def _open_xml(content: bytes, kind: str, keep_author: bool) -> bytes:
    pack = Pack(content)
    _no_programs(pack)
    _check_types(pack, kind)
    for name, element in _all_elements(pack):
        if name.endswith(".rels"):
            _check_relation(name, element)
        else:
            _check_fields(name, element)
    return content if keep_author else without_authors(pack, content)


def _no_programs(pack: Pack) -> None:
    for name in pack.names:
        if _RUNS.search(name):
            raise Refused(Reason.MACRO, name)
        if pack.read(name).startswith((b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")):
            raise Refused(Reason.MACRO, name)


def _check_types(pack: Pack, kind: str) -> None:
    types = [
        element.attributes.get("ContentType", "")
        for element in elements("types", pack.read("[Content_Types].xml"))
    ]
    if any("macroenabled" in found.lower() or "vbaproject" in found.lower() for found in types):
        raise Refused(Reason.MACRO, "content type")
    if _MAIN[kind] not in types:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "no main part of that kind")


def _all_elements(pack: Pack) -> Iterator[tuple[str, Element]]:
    for name in pack.names:
        if name.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".svg")):
            for element in elements(name, pack.read(name)):
                yield name, element


def _check_relation(name: str, element: Element) -> None:
    target = element.attributes.get("Target", "")
    if element.name != "Relationship":
        return
    if element.attributes.get("Type", "").endswith(
        ("/vbaProject", "/attachedTemplate", "/externalLinkPath", "/control")
    ):
        raise Refused(Reason.CALLS_OUT, f"{name}: {target}")
    if element.attributes.get("TargetMode", "").lower() != "external":
        return
    link = element.attributes.get("Type", "").endswith("/hyperlink")
    if not link or not target.lower().startswith(_SAFE_LINKS):
        raise Refused(Reason.CALLS_OUT, f"{name}: {target}")


def _check_fields(name: str, element: Element) -> None:
    """Fields of Word that fetch, formulas of Excel that start or call something."""
    if element.name == "instrText" and _FIELDS.search(element.text):
        raise Refused(Reason.CALLS_OUT, f"{name}: {element.text[:60]}")
    if element.name == "fldSimple" and _FIELDS.search(element.attributes.get("instr", "")):
        raise Refused(Reason.CALLS_OUT, name)
    if element.name in {"f", "ddeLink", "oleLink"} and (
        element.name != "f" or _FORMULA_CALLS.search(element.text)
    ):
        raise Refused(Reason.CALLS_OUT, f"{name}: {element.text[:60]}")


def _check_odt(name: str, element: Element) -> None:
    if element.name in {"event-listener", "script", "dde-source", "dde-connection-decl", "applet", "plugin"}:
        raise Refused(Reason.MACRO, f"{name}: {element.name}")
    target = element.attributes.get("href", "")
    if element.name == "a":
        if target and not target.lower().startswith(_SAFE_LINKS) and _ELSEWHERE.match(target):
            raise Refused(Reason.CALLS_OUT, f"{name}: {target}")
    elif _ELSEWHERE.match(target):
        raise Refused(Reason.CALLS_OUT, f"{name}: {target}")
