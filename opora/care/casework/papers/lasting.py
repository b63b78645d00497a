"""An archive of a whole file that is opened without Opora, in decades too: a bag (RFC 8493) in a ZIP.

Inside: the file as PDF/A, its rows as JSON with a schema, the attachments as they are, words that explain it all in two
languages, and SHA-256 of everything, checked by `sha256sum -c`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from opora.care.casework.papers import lasting_book, lasting_data, making, own
from opora.care.casework.papers.lasting_readme import readme
from opora.care.casework.queries_archives import Material
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import terms
from opora.foundation.documents import store
from opora.foundation.documents.models import Attachment

FORMAT, FORMAT_VERSION = "opora-client-file", 1
PAPER, DATA, SCHEMA = "data/file.pdf", "data/file.json", "data/schema.json"
README, MANIFEST, TAGS = "README.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
BAG = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Archive:
    """The bytes, how many rows of the file stand in them, and how many files."""

    content: bytes
    rows: int
    parts: int

    @property
    def digest(self) -> str:
        """SHA-256 of the whole."""
        return hashlib.sha256(self.content).hexdigest()


def archive(actor: Actor, material: Material, *, why: str, at: dt.datetime) -> Archive:
    """Make it of what was read for this actor."""
    file = material.source.file
    with translation.override("bg"):
        tables = lasting_data.tables(file)
        paper = _paper(actor, material)
        inside = {
            PAPER: paper,
            DATA: _json(_data(actor, material, tables, why, at)),
            SCHEMA: _json(lasting_data.schema(file.code, tables)),
            **{_place(n, one): store.read(one.stored_as) for n, one in _numbered(material)},
        }
        about = readme(file, tables, made_by=actor.name, at=at)
    outside = _around(file.code, file.service.name, inside, about, at)
    rows = sum(len(found) for found in tables.values())
    return Archive(_zipped(file.code, {**outside, **inside}, at), rows, len(inside) + len(outside))


def _paper(actor: Actor, material: Material) -> bytes:
    enclosed = [lasting_book.Enclosed(_place(n, one), one.name, one.sha256) for n, one in _numbered(material)]
    laid = lasting_book.book(actor, material.source, material.read, enclosed)
    return making.content(laid, "pdf", lasting=True)


def _numbered(material: Material) -> Iterator[tuple[int, Attachment]]:
    return enumerate(material.attachments, 1)


def _place(number: int, one: Attachment) -> str:
    """A number: the name a file came with may hold a person's."""
    return f"data/attachments/{number:03d}.{one.kind}"


def _data(
    actor: Actor, material: Material, tables: lasting_data.Tables, why: str, at: dt.datetime
) -> dict[str, Any]:
    file = material.source.file
    return {
        "format": FORMAT, "format_version": FORMAT_VERSION, "file": file.code,
        "service": f"{file.service.code} {file.service.name}", "made_at": at, "made_by": actor.name, "why": why,
        "tables": tables, "who_read_and_changed": [own.deed(entry) for entry in material.read],
        "attachments": [
            {
                "place": _place(n, one), "name": one.name, "sha256": one.sha256, "size": one.size, "added_at": one.added_at,
                "added_by": one.added_by, "of": one.owner, "of_row": one.owner_id, "id": one.pk, "token": one.token,
            }
            for n, one in _numbered(material)
        ],
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=lasting_data.plain).encode()


def _around(
    code: str, service: str, inside: dict[str, bytes], about: str, at: dt.datetime
) -> dict[str, bytes]:
    """What a bag has beside its content: what it is, the words, the sums of everything."""
    size = sum(len(content) for content in inside.values())
    info = (
        f"Source-Organization: {service}\nExternal-Identifier: {code}\nBagging-Date: {at.astimezone(terms.SOFIA):%Y-%m-%d}\n"
        f"Payload-Oxum: {size}.{len(inside)}\n"
    )
    found = {
        "bagit.txt": BAG.encode(),
        "bag-info.txt": info.encode(),
        README: about.encode(),
        MANIFEST: _sums(inside),
    }
    return found | {TAGS: _sums(found)}


def _sums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum` writes and checks them."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())
    ).encode()


def _zipped(code: str, files: dict[str, bytes], at: dt.datetime) -> bytes:
    """In one folder that bears the file's number."""
    out = io.BytesIO()
    day = at.astimezone(terms.SOFIA).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{code}/{name}", day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
