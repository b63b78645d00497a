"""Secrets of second factors, kept encrypted: AES-256-GCM with a key file outside the data folder (TRUST §5,
Keys).
"""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from opora.foundation.core import crypto

KEY_NAME = "second-factor"
KEY_ID = "k1"
PURPOSE = b"accounts.second-factor"
NONCE = 12


def encrypt(text: str) -> str:
    """`k1$nonce‖ciphertext` in base64."""
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher().encrypt(nonce, text.encode(), PURPOSE)
    return f"{KEY_ID}${base64.b64encode(nonce + sealed).decode()}"


def decrypt(text: str) -> str:
    """The text again; raises cryptography's InvalidTag when key or value is another one."""
    raw = base64.b64decode(text.removeprefix(f"{KEY_ID}$"))
    return _cipher().decrypt(raw[:NONCE], raw[NONCE:], PURPOSE).decode()


def _cipher() -> AESGCM:
    return AESGCM(crypto.key(settings.KEY_DIR, KEY_NAME))
