"""What is inside a backup, and the folder it is put together in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

Check = Callable[[str], bool]
"""Looks into a database by its alias; ``False`` refuses the backup."""
FORMAT = 1
KEY = "backup"
DATABASE = "database"
FILES = "files"
MANIFEST = "manifest.json"


class BackupError(Exception):
    """The backup cannot be made or put back; the text is for a person."""


@dataclass(frozen=True)
class Manifest:
    """What the package says about itself: `digests` are SHA-256 by path inside, `migrations` the newest
    per room.
    """

    format: int
    made_at: str
    vendor: str
    migrations: dict[str, str]
    digests: dict[str, str]

    def write(self, folder: Path) -> None:
        """Put the list beside what it lists."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the list; raises :class:`BackupError` if it is of another form."""
        try:
            found = cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise BackupError(_("В архива няма разбираем опис.")) from error
        if found.format != FORMAT:
            raise BackupError(_("Архивът е направен от по-нова версия на Опора."))
        return found


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder, by its path inside."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != MANIFEST)
    return {file.relative_to(folder).as_posix(): digest(file) for file in files}


def digest(file: Path) -> str:
    """SHA-256 of one file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder inside the data folder, so that nothing unsealed ever lies elsewhere; removed at the end."""
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """Make a file or a folder's entries durable; neither VACUUM INTO nor rename does it by itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def spoken(size: int) -> str:
    """Bytes in words."""
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
