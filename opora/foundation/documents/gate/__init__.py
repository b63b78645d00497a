"""The upload gate: what a file really is and whether it may stay.

`check(name, content)` looks at extension, first bytes and inner structure. It lets in DOCX, XLSX, ODT, PDF,
PNG, JPEG, WAV, MP3 and M4A that carry nothing that runs, calls out or unpacks without end. Pictures come back drawn
anew, without camera and place, sounds without their tags, documents without the names of their authors, unless the
caller keeps them on purpose. The limits follow TRUST §5.
"""

from __future__ import annotations

from opora.foundation.documents.gate import images, office, pdfs, sounds
from opora.foundation.documents.gate.verdict import (
    EXTENSIONS,
    MAX_BYTES,
    Reason,
    Refused,
    Verdict,
    accepted,
    refused,
)

__all__ = ["EXTENSIONS", "Reason", "Verdict", "accepted", "check"]

_CHECKS = {
    "docx": office.docx,
    "xlsx": office.xlsx,
    "odt": office.odt,
    "pdf": pdfs.pdf,
    "png": images.png,
    "jpeg": images.jpeg,
    "wav": sounds.wav,
    "mp3": sounds.mp3,
    "m4a": sounds.m4a,
}


def check(name: str, content: bytes, *, keep_author: bool = False) -> Verdict:
    """Judge a file by its name as sent and its bytes. Never raises for what is inside the file.

    `Verdict.content` is what may be kept: it differs from what came in where something was taken out.
    """
    try:
        kind = _kind(name)
        _weigh(content)
        return accepted(kind, _CHECKS[kind](content, keep_author))
    except Refused as no:
        return refused(no.reason, no.detail)


def _kind(name: str) -> str:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in EXTENSIONS or "\x00" in name:
        raise Refused(Reason.KIND, ending)
    return EXTENSIONS[ending]


def _weigh(content: bytes) -> None:
    if not content:
        raise Refused(Reason.EMPTY)
    if len(content) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE)
