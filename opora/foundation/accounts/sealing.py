"""Secrets of second factors, kept encrypted: AES-256-GCM with a key file outside the data folder (TRUST §5, Keys)."""

from __future__ import annotations

import base64
import contextlib
import functools
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_FILE = "second-factor.key"
KEY_ID = "k1"
PURPOSE = b"accounts.second-factor"


def encrypt(text: str) -> str:
    """`k1$nonce‖ciphertext` in base64."""
    nonce = secrets.token_bytes(12)
    sealed = _cipher(settings.KEY_DIR).encrypt(nonce, text.encode(), PURPOSE)
    return f"{KEY_ID}${base64.b64encode(nonce + sealed).decode()}"


def decrypt(text: str) -> str:
    """The text again; raises cryptography's InvalidTag when key or value is another one."""
    raw = base64.b64decode(text.removeprefix(f"{KEY_ID}$"))
    return _cipher(settings.KEY_DIR).decrypt(raw[:12], raw[12:], PURPOSE).decode()


@functools.cache
def _cipher(folder: Path) -> AESGCM:
    return AESGCM(_key(folder / KEY_FILE))


def _key(file: Path) -> bytes:
    """The key, made at first use; of two processes that start at once both take the one that came first."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_name(f".{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_bytes()
