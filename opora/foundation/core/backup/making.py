"""Making a backup."""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from opora.foundation.core import clock, crypto
from opora.foundation.core.backup import databases
from opora.foundation.core.backup.package import (
    DATABASE,
    FILES,
    FORMAT,
    KEY,
    BackupError,
    Check,
    Manifest,
    digests,
    spoken,
    sync,
    workshop,
)


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    files: int
    seconds: float

    def as_text(self) -> str:
        """For a person at the terminal."""
        words = _("Архивът е готов и проверен: %(path)s, %(size)s, файлове: %(files)s, за %(seconds)s с.")
        return words % {
            "path": self.path,
            "size": spoken(self.size),
            "files": self.files,
            "seconds": f"{self.seconds:.1f}".replace(".", ","),
        }


def backup(target: Path, *, check: Check, using: str = "default") -> Made:
    """Write one verified, sealed file; work may go on meanwhile.

    ``check`` looks into the copy (its alias is given) for what this room knows nothing of: the audit's
    chains. An existing ``target`` is replaced only by a finished backup. Raises :class:`BackupError`.
    """
    start = time.perf_counter()
    vendor = connections[using].vendor
    with workshop() as folder:
        inside = folder / "package"
        inside.mkdir()
        databases.copy(using, inside / DATABASE)
        databases.check_copy(vendor, inside / DATABASE, check)
        _copy_files(inside / FILES)
        listed = digests(inside)
        made_at = clock.now().isoformat(timespec="seconds")
        Manifest(FORMAT, made_at, vendor, databases.newest_migrations(using), listed).write(inside)
        packed = folder / "package.tar"
        with tarfile.open(packed, "w") as archive:
            archive.add(inside, arcname=".")
        _seal(packed, target)
    return Made(target, target.stat().st_size, len(listed) - 1, time.perf_counter() - start)


def _copy_files(to: Path) -> None:
    """Files after the database: one that came in between is then too much, never missing."""
    stored = Path(settings.DATA_DIR) / FILES
    if stored.is_dir():
        shutil.copytree(stored, to)


def _seal(packed: Path, target: Path) -> None:
    secret = crypto.key(Path(settings.KEY_DIR), KEY)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with packed.open("rb") as source, open(descriptor, "wb") as sealed:
            crypto.seal(source, sealed, secret)
        sync(part)
        _read_back(part, packed, secret)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise BackupError(_("Архивът не може да се запише: %(why)s") % {"why": error}) from error
    finally:
        part.unlink(missing_ok=True)


def _read_back(sealed: Path, packed: Path, secret: bytes) -> None:
    """What was written can be opened again and is the same."""
    with sealed.open("rb") as source, packed.open("rb") as original:
        crypto.unseal(source, _Same(original), secret)
        if original.read(1):
            raise BackupError(_("Записаният архив не е пълен."))


class _Same:
    """Takes only what a file holds, in its order."""

    def __init__(self, original: BinaryIO) -> None:
        self._original = original

    def write(self, piece: bytes) -> None:
        """Compare a piece."""
        if self._original.read(len(piece)) != piece:
            raise BackupError(_("Записаният архив не е същият като копието."))
