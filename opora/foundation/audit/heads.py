"""Heads of the chains outside the database: what a cut tail or an old copy put back is noticed by.

``OPORA_HEADS_DIR`` holds one file a day, ``heads-2026-11-22.json``, rewritten whole during the day and never
later, and each carries an HMAC: who cannot read the key cannot write heads either. Keep the folder on another
disk or send it away; docs/keeping.md.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from opora.engines.chain import canonical
from opora.foundation.audit import chains
from opora.foundation.audit.models import Entry, Head
from opora.foundation.core import clock


@dataclass(frozen=True)
class OutsideHead:
    """How far a chain had come when it was noted."""

    seq: int
    digest: str


class HeadsForged(Exception):  # noqa: N818 - it names the state
    """A file of heads does not carry the right HMAC."""


def publish(on: dt.date | None = None) -> Path:
    """Write the heads of now into the day's file, at once and durably; gives the file."""
    folder = Path(settings.HEADS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    heads = {head.chain: [head.seq, head.digest] for head in Head.objects.all()}
    body: dict[str, Any] = {"at": clock.now(), "heads": heads}
    text = canonical(body | {"mac": _mac(body, make=not Entry.objects.exists())})
    file = folder / f"heads-{on or clock.today():%Y-%m-%d}.json"
    fresh = file.with_suffix(f".{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(fresh, file)
    return file


def newest() -> dict[str, OutsideHead]:
    """The heads noted last, empty if none ever were; raises :class:`HeadsForged`."""
    files = sorted(Path(settings.HEADS_DIR).glob("heads-????-??-??.json"))
    return read(files[-1]) if files else {}


def read(file: Path) -> dict[str, OutsideHead]:
    """The heads of one file; raises :class:`HeadsForged`."""
    try:
        body = json.loads(file.read_bytes())
        mac = body.pop("mac")
        heads = {chain: OutsideHead(seq, digest) for chain, (seq, digest) in body["heads"].items()}
    except (ValueError, KeyError, TypeError) as error:
        raise HeadsForged(str(file)) from error
    if not hmac.compare_digest(mac, _mac(body)):
        raise HeadsForged(str(file))
    return heads


def _mac(body: Mapping[str, Any], *, make: bool = False) -> str:
    # Through JSON and back, so that what was written and what is read have one form.
    plain = json.loads(canonical(body))
    return hmac.digest(chains.key(make=make), b"heads" + canonical(plain), "sha256").hex()


def set_aside(reason: str) -> None:
    """Rename today's and older files after a restore that was meant, so that they no longer accuse."""
    for file in Path(settings.HEADS_DIR).glob("heads-????-??-??.json"):
        file.rename(file.with_suffix(f".{reason}"))
