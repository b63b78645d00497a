"""Where files lie: under the data folder, by random names, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The folder of kept files."""
    return Path(settings.DATA_DIR) / "files"


def place(stored_as: str) -> Path:
    """Where a file lies."""
    return folder() / stored_as


def keep(content: bytes) -> str:
    """Write the bytes durably under a new random name; gives the name."""
    name = secrets.token_hex(16)
    stored_as = f"{name[:2]}/{name}"
    target = place(stored_as)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    started = target.with_suffix(".part")
    with open(os.open(started, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    started.replace(target)
    return stored_as


def drop(stored_as: str) -> None:
    """Remove a file; nothing happens when it is gone already."""
    place(stored_as).unlink(missing_ok=True)


def read(stored_as: str) -> bytes:
    """The bytes of a kept file. FileNotFoundError when it is gone."""
    return place(stored_as).read_bytes()


def lying_about(known: set[str], older_than: float) -> list[str]:
    """Names of files no row speaks of, last changed before the given time (seconds): left by a killed
    process.
    """
    lying = (path for path in folder().glob("??/*") if path.is_file() and path.stat().st_mtime < older_than)
    names = (str(path.relative_to(folder())) for path in lying)
    return sorted(name for name in names if name not in known)
