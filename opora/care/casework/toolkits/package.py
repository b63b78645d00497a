"""The file of a toolkit: a zip with a manifest that names every part with its SHA-256, and where the toolkit came from."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from opora.care.casework.toolkits import template_check
from opora.engines.questionnaire import Form, FormError
from opora.evidence.survey import checking, workbook
from opora.foundation.documents import gate
from opora.foundation.documents.gate.packs import Pack
from opora.foundation.documents.gate.verdict import Refused

FORMAT = "opora-toolkit/1"
MANIFEST = "manifest.json"
FORMS = ("assessment", "plan")
NAMES = re.compile(r"(forms|documents)/(assessment|plan)\.(xlsx|docx)|scales/[a-z0-9_-]{1,40}\.csv|guide\.md")
MOST_PARTS, MOST_BYTES = 30, 5_000_000


class BrokenPackage(ValueError):  # noqa: N818 - it names the state, not the mishap
    """The file is no toolkit that may be taken; the text says why, in the language of the page."""


@dataclass(frozen=True)
class Origin:
    """A version the toolkit passed through."""

    organisation: str
    title: str
    number: int
    sha256: str
    made_on: dt.date


@dataclass(frozen=True)
class Package:
    """A toolkit as a value: its parts by name, and its way up to this version."""

    code: str
    title: str
    number: int
    organisation: str
    parts: Mapping[str, bytes]
    made_on: dt.date
    history: tuple[Origin, ...] = field(default=())

    @property
    def sha256(self) -> str:
        """Fingerprint of what the parts say, whatever program wrote them."""
        said = "\n".join(f"{name} {digest(name, content)}" for name, content in sorted(self.parts.items()))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def origin(self) -> Origin:
        """This very version as a step of the way."""
        return Origin(self.organisation, self.title, self.number, self.sha256, self.made_on)

    def tables(self, form: str) -> workbook.Tables:
        """The spreadsheet of a form. KeyError when there is none."""
        return workbook.read_xlsx(self.parts[f"forms/{form}.xlsx"])

    def with_parts(self, changed: Mapping[str, bytes]) -> Package:
        """The same with some parts replaced or added."""
        return replace(self, parts={**self.parts, **changed})


def digest(name: str, content: bytes) -> str:
    """Of a spreadsheet its cells, of a document what is in it but who made it when, of anything else its bytes."""
    if name.endswith(".xlsx"):
        return workbook.fingerprint(workbook.read_xlsx(content))
    if name.endswith(".docx"):
        return _of_document(content)
    return hashlib.sha256(content).hexdigest()


def _of_document(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if not name.startswith("docProps/"))
        said = "\n".join(f"{name} {hashlib.sha256(archive.read(name)).hexdigest()}" for name in names)
    return hashlib.sha256(said.encode()).hexdigest()


def pack(package: Package) -> bytes:
    """The file to hand over. The same package gives the same bytes."""
    manifest = {
        "format": FORMAT, "code": package.code, "title": package.title, "number": package.number,
        "organisation": package.organisation, "made_on": package.made_on.isoformat(), "sha256": package.sha256,
        "parts": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(package.parts.items())},
        "history": [_told(one) for one in package.history],
    }  # fmt: skip
    said = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, said), *sorted(package.parts.items())]:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(content: bytes) -> Package:
    """The toolkit in a file, every part looked at. BrokenPackage."""
    if len(content) > MOST_BYTES:
        raise BrokenPackage(_("Файлът е по-голям от 5 MB."))
    try:
        archive = Pack(content)
        found = {name: archive.read(name) for name in archive.names}
        manifest = json.loads(found.pop(MANIFEST))
        package = _package(manifest, found)
    except (Refused, KeyError, ValueError, TypeError, AttributeError) as problem:
        if isinstance(problem, BrokenPackage):
            raise
        raise BrokenPackage(_("Файлът не е инструментариум на Опора или е повреден.")) from problem
    for name, wanted in manifest["parts"].items():
        if hashlib.sha256(found[name]).hexdigest() != wanted:
            raise BrokenPackage(_("Частта „%(name)s“ е променена след изнасянето.") % {"name": name})
    return checked(package)


def checked(package: Package) -> Package:
    """The package with every part judged as an upload is. BrokenPackage with the first trouble."""
    if not package.parts or len(package.parts) > MOST_PARTS:
        raise BrokenPackage(_("Инструментариумът има между 1 и %(most)s части.") % {"most": MOST_PARTS})
    parts = {name: part(name, content) for name, content in package.parts.items()}
    if not any(name.startswith("forms/") for name in parts):
        raise BrokenPackage(_("В инструментариума няма формуляр."))
    return replace(package, parts=parts)


def part(name: str, content: bytes) -> bytes:
    """One part as it may be kept. BrokenPackage."""
    if not NAMES.fullmatch(name) or name.startswith("forms/") != name.endswith(".xlsx"):
        raise BrokenPackage(_("„%(name)s“ не е част на инструментариум.") % {"name": name})
    if name.endswith((".xlsx", ".docx")):
        verdict = gate.check(name, content)
        if not verdict.ok:
            raise BrokenPackage(f"{name}: {verdict.message}")
        content = verdict.content
    if name.endswith(".xlsx"):
        form_of(name, content)
    elif name.endswith(".docx"):
        if trouble := template_check.trouble(content):
            raise BrokenPackage(f"{name}: {trouble}")
    else:
        _text(name, content)
    return content


def form_of(name: str, content: bytes) -> Form:
    """The form of a spreadsheet. BrokenPackage with the first problem and its row."""
    try:
        return workbook.compile_tables(workbook.read_xlsx(content))
    except workbook.UnreadableFileError as problem:
        raise BrokenPackage(_("%(name)s не се чете като таблица.") % {"name": name}) from problem
    except FormError as faulty:
        raise BrokenPackage(f"{name}: {faulty.problems[0].text(checking.language())}") from faulty


def _text(name: str, content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BrokenPackage(_("%(name)s не е текст в UTF-8.") % {"name": name}) from problem


def _package(manifest: Any, parts: dict[str, bytes]) -> Package:
    if manifest["format"] != FORMAT or set(manifest["parts"]) != set(parts):
        raise BrokenPackage(_("Описът на инструментариума не съвпада с частите му."))
    code = str(manifest["code"])
    if not re.fullmatch(r"[a-z0-9_-]{1,60}", code) or not str(manifest["title"]).strip():
        raise BrokenPackage(_("Инструментариумът няма код или име."))
    history = tuple(_heard(one) for one in manifest["history"][:50])
    return Package(
        code, str(manifest["title"])[:200], int(manifest["number"]), str(manifest["organisation"])[:200], parts,
        dt.date.fromisoformat(manifest["made_on"]), history,
    )  # fmt: skip


def _told(one: Origin) -> dict[str, Any]:
    return {
        "organisation": one.organisation, "title": one.title, "number": one.number, "sha256": one.sha256,
        "made_on": one.made_on.isoformat(),
    }  # fmt: skip


def _heard(said: Any) -> Origin:
    return Origin(
        str(said["organisation"])[:200], str(said["title"])[:200], int(said["number"]), str(said["sha256"])[:64],
        dt.date.fromisoformat(said["made_on"]),
    )  # fmt: skip
