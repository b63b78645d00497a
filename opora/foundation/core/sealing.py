"""Single values kept encrypted, such as an identity number: AES-256-GCM, and a keyed index to find them again.

A sealed value is ``key id ‖ nonce ‖ ciphertext`` (29 bytes more than the text). The table, the column and the row are
its associated data: a value moved to another row is refused. Keys are files ``sealed-1.key``, ``sealed-2.key`` … in
``OPORA_KEY_DIR``, never in the data folder or a backup; the highest number seals, every number opens. The index is
HMAC-SHA256 cut to 128 bits with a key of its own: a plain hash of every possible ЕГН is found in under a minute.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from opora.foundation.core import crypto

NONCE = 12
LAST = 255
_NAMED = re.compile(r"^sealed-(\d+)\.key$")


class Unreadable(Exception):  # noqa: N818 - it names the state
    """The key is not here, or the value belongs to another row or was altered."""


def seal(text: str, *, column: str, row: object) -> bytes:
    """Seal a text for one place: ``column`` is ``table.column``, ``row`` the row's key."""
    return seal_bytes(text.encode(), column=column, row=row)


def seal_bytes(content: bytes, *, column: str, row: object) -> bytes:
    """The same for the bytes of a whole file."""
    number = current_key()
    nonce = secrets.token_bytes(NONCE)
    return bytes([number]) + nonce + _cipher(number).encrypt(nonce, content, _place(column, row))


def unseal(value: bytes, *, column: str, row: object) -> str:
    """The text again. Raises :class:`Unreadable`."""
    return unseal_bytes(value, column=column, row=row).decode()


def unseal_bytes(value: bytes, *, column: str, row: object) -> bytes:
    """The bytes again. Raises :class:`Unreadable`."""
    raw = bytes(value)
    if len(raw) <= NONCE + 1:
        raise Unreadable("no sealed value")
    try:
        return _cipher(raw[0], make=False).decrypt(raw[1 : NONCE + 1], raw[NONCE + 1 :], _place(column, row))
    except (InvalidTag, crypto.KeyMissing):
        raise Unreadable("the value cannot be opened here") from None


def key_of(value: bytes) -> int:
    """The number of the key a value is sealed with, for rotation."""
    return bytes(value)[0]


def blind(text: str, *, column: str) -> str:
    """The index under which equal texts of a column meet: 32 hexadecimal digits."""
    secret = _key(Path(settings.KEY_DIR), "sealed-index", True)
    return hmac.digest(secret, f"{column}\0{text}".encode(), hashlib.sha256)[:16].hex()


def key_numbers() -> list[int]:
    """Numbers of the keys that are here, in order."""
    folder = Path(settings.KEY_DIR)
    found = (_NAMED.match(file.name) for file in folder.glob("sealed-*.key")) if folder.exists() else ()
    return sorted(int(name[1]) for name in found if name)


def current_key() -> int:
    """The number of the key that seals now; the first is made at its first use."""
    return max(key_numbers(), default=1)


def next_key() -> int:
    """Make a new key that seals from now on; old values are sealed anew in the background."""
    number = current_key() + 1
    if number > LAST:
        raise ValueError(f"no key after {LAST}: its number is one byte of every value")
    _key(Path(settings.KEY_DIR), f"sealed-{number}", True)
    return number


def drop_key(number: int) -> None:
    """Delete a key that seals nothing any more; what backups hold under it is lost. Never the one that seals now."""
    if number >= current_key():
        raise ValueError("the key that seals now is not dropped")
    (Path(settings.KEY_DIR) / f"sealed-{number}.key").unlink(missing_ok=True)
    _key.cache_clear()


def _cipher(number: int, *, make: bool = True) -> AESGCM:
    return AESGCM(_key(Path(settings.KEY_DIR), f"sealed-{number}", make))


@lru_cache(maxsize=16)
def _key(folder: Path, name: str, make: bool) -> bytes:
    return crypto.key(folder, name, make=make)


def _place(column: str, row: object) -> bytes:
    return f"{column}:{row}".encode()
