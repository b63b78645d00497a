"""The list of erased files, outside the database: an older backup put back brings them again, and they are erased again.

A line names a file by its number and the moment it was opened, never a person; an HMAC keeps others from adding lines.
It lies beside the heads of the audit (`OPORA_HEADS_DIR`), for a list inside the database would be as old as the backup.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from opora.foundation.core import crypto

NAME, KEY = "erased.jsonl", "erased"


@dataclass(frozen=True)
class Line:
    """One erased file. The moment tells it from another one that a restored database may give the same number."""

    code: str
    opened_at: dt.datetime

    @property
    def text(self) -> str:
        """As it stands in the file, without its mark."""
        return f"{self.code} {self.opened_at.astimezone(dt.UTC).isoformat(timespec='microseconds')}"


def add(line: Line) -> None:
    """Write a line durably; the caller erases the rows in the same breath."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps({"erased": line.text, "mac": _mac(line.text)}, ensure_ascii=False)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as opened:
        opened.write(f"\n{body}\n".encode())  # a line a power cut broke off must not take this one with it
        opened.flush()
        os.fsync(opened.fileno())


def lines() -> Iterator[Line]:
    """Every line that is ours; one cut off by a power cut, or written by another, is left out."""
    try:
        written = _path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for one in written:
        try:
            body = json.loads(one)
            code, _space, moment = body["erased"].partition(" ")
            line = Line(code, dt.datetime.fromisoformat(moment))
            ours = hmac.compare_digest(body["mac"], _mac(body["erased"]))
        except (ValueError, KeyError, TypeError):
            continue
        if ours:
            yield line


def _path() -> Path:
    return Path(settings.HEADS_DIR) / NAME


def _mac(text: str) -> str:
    return hmac.digest(crypto.key(Path(settings.KEY_DIR), KEY), text.encode(), "sha256").hex()
