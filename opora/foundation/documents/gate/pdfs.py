"""PDF: nothing in it runs, opens, fetches or hides another file."""

from __future__ import annotations

import re
import zlib

from opora.foundation.documents.gate.verdict import Reason, Refused

_HEAD = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n \x00%]")
_HEX_NAME = re.compile(rb"/[^\s/<>\[\](){}%]*#[0-9a-fA-F]{2}[^\s/<>\[\](){}%]*")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_END = rb"(?=[\s/<>\[\](){}%]|$)"
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|RichMedia|EmbeddedFiles?|XFA|ImportData|SubmitForm|GoToE|GoToR|Rendition|Movie|Sound)"
    + _END
)
# Where to open the document: a list (page, zoom) or an action that only goes there.
_OPENS = re.compile(rb"/OpenAction\s*(\[|<<[^<>]{0,200}?/S\s*/GoTo\b|(\d+)\s+(\d+)\s+R)?")
_OBJECT_STREAM = re.compile(
    rb"<<(?:(?!stream|endobj).){0,2000}?/ObjStm(?:(?!endobj).){0,2000}?stream\r?\n", re.DOTALL
)
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
MAX_INFLATED = 20 * 1024 * 1024


def pdf(content: bytes, _keep_author: bool = False) -> bytes:
    """A PDF, as it came."""
    if not _HEAD.match(content):
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "no PDF header")
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content:
        raise Refused(Reason.BROKEN, "no end of file")
    if b"PK\x05\x06" in content[-66_000:]:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "also a ZIP container")
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<", content):
        raise Refused(Reason.LOCKED, "/Encrypt")
    _look(content)
    for inner in _object_streams(content):
        _look(inner)
    return content


def _look(text: bytes) -> None:
    plain = _HEX_NAME.sub(lambda name: _HEX.sub(_letter, name[0]), text)
    found = _ACTIVE.search(plain)
    if found:
        raise Refused(Reason.ACTIVE, found[0].decode("latin-1"))
    for opening in _OPENS.finditer(plain):
        if not opening[1] or (opening[2] and not _only_goes_there(plain, opening)):
            raise Refused(Reason.ACTIVE, "/OpenAction")


def _only_goes_there(text: bytes, opening: re.Match[bytes]) -> bool:
    start = rb"\b" + opening[2] + rb"\s+" + opening[3] + rb"\s+obj\s*"
    return re.search(start + rb"(\[|<<[^<>]{0,200}?/S\s*/GoTo\b)", text) is not None


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _object_streams(content: bytes) -> list[bytes]:
    """Objects may lie packed in streams of their own: unpack these, within a bound."""
    inner, left = [], MAX_INFLATED
    for found in _OBJECT_STREAM.finditer(content):
        filters = _FILTER.search(found[0])
        if filters and filters[1].strip(b"[] \r\n\t") != b"/FlateDecode":
            raise Refused(Reason.ACTIVE, "objects packed in an unusual way")
        text = (
            _inflate(content[found.end() :], left) if filters else content[found.end() : found.end() + left]
        )
        left -= len(text)
        inner.append(text)
    return inner


def _inflate(packed: bytes, left: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, max(left, 1))
    except zlib.error as problem:
        raise Refused(Reason.BROKEN, str(problem)) from problem
    if unpacker.unconsumed_tail and not unpacker.eof:
        raise Refused(Reason.BOMB, "object stream")
    return text
