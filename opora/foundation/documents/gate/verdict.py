"""What the gate says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_PIXELS = 50_000_000

EXTENSIONS = {
    "docx": "docx",
    "xlsx": "xlsx",
    "odt": "odt",
    "pdf": "pdf",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "wav": "wav",
    "mp3": "mp3",
    "m4a": "m4a",
}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}
PICTURES, SOUNDS = ("png", "jpeg"), ("wav", "mp3", "m4a")
"""Kinds that a page shows and plays."""


class Reason(Enum):
    """Why a file is not taken."""

    KIND = "kind"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    BROKEN = "broken"
    BOMB = "bomb"
    MACRO = "macro"
    CALLS_OUT = "calls_out"
    ENTITY = "entity"
    ACTIVE = "active"
    LOCKED = "locked"
    PIXELS = "pixels"


MESSAGES: dict[Reason, str | Promise] = {
    Reason.KIND: _("Този вид файл не се приема. Изберете DOCX, XLSX, ODT, PDF, PNG, JPG, MP3, M4A или WAV."),
    Reason.EMPTY: _("Файлът е празен."),
    Reason.TOO_LARGE: _("Файлът е по-голям от 20 MB. Намалете снимките в него и опитайте пак."),
    Reason.NOT_WHAT_IT_SAYS: _(
        "Съдържанието не отговаря на разширението. Запазете файла отново от програмата му."
    ),
    Reason.BROKEN: _("Файлът е повреден. Отворете го, запазете го отново и опитайте пак."),
    Reason.BOMB: _("Файлът се разгъва твърде много и не се приема."),
    Reason.MACRO: _("Във файла има макроси или вградени програми. Запазете го без тях."),
    Reason.CALLS_OUT: _(
        "Файлът се обръща към външен адрес или друг файл. Махнете външната връзка и го запазете."
    ),
    Reason.ENTITY: _("Във файла има описание DTD, което не се приема. Запазете го отново от програмата му."),
    Reason.ACTIVE: _("Във файла PDF има скрипт, вграден файл или действие. Отпечатайте го отново като PDF."),
    Reason.LOCKED: _("Файлът е заключен с парола. Махнете паролата и опитайте пак."),
    Reason.PIXELS: _("Снимката е над 50 мегапиксела. Намалете я и опитайте пак."),
}


class Refused(Exception):  # noqa: N818 - it names the decision, not the mishap
    """Raised inside the gate by the first thing found wrong; `detail` is for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Verdict:
    """Taken or not. `content` and `sha256` are of what may be kept; `message` is for the person who sent
    it.
    """

    ok: bool
    kind: str = ""
    content: bytes = b""
    sha256: str = ""
    reason: Reason | None = None
    detail: str = ""

    @property
    def message(self) -> str:
        """Why not, and what to do; empty for a file that is taken."""
        return str(MESSAGES[self.reason]) if self.reason else ""

    @property
    def media_type(self) -> str:
        """The type to send it back with."""
        return MEDIA_TYPES[self.kind]


def accepted(kind: str, content: bytes) -> Verdict:
    """The file may stay, as `content`."""
    return Verdict(True, kind, content, hashlib.sha256(content).hexdigest())


def refused(reason: Reason, detail: str = "") -> Verdict:
    """The file may not stay."""
    return Verdict(False, reason=reason, detail=detail)
