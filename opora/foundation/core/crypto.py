"""Keys in files of their own, and files sealed with them.

A key is 32 random bytes in ``OPORA_KEY_DIR/<name>.key``, readable by its owner only, made at first use, never
in the data folder and never in a backup. A sealed file is AES-256-GCM in pieces (STREAM construction: nonce =
7 random bytes, piece number, mark of the last piece), so it needs no memory for the whole, and a piece
changed, missing, moved or cut off at the end is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
PIECE = 1 << 20
TAG = 16
MAGIC = b"OPORA-SEALED-1\n"
_PRINT, _SALT, _PREFIX = 8, 16, 7
HEADER = len(MAGIC) + _PRINT + _SALT + _PREFIX


class KeyMissing(Exception):  # noqa: N818 - it names the state
    """The key file is not there and may not be made anew."""


class WrongKey(Exception):  # noqa: N818 - it names the state
    """The file was sealed with another key."""


class Damaged(Exception):  # noqa: N818 - it names the state
    """The file is no sealed file, or a part of it is changed or missing."""


def key(folder: Path, name: str, *, make: bool = True) -> bytes:
    """Read a key, or make it if it is not there yet; raises :class:`KeyMissing` if it may not be made."""
    file = folder / f"{name}.key"
    try:
        return _read(file)
    except FileNotFoundError:
        if not make:
            raise KeyMissing(str(file)) from None
    _make(file)
    return _read(file)


def _read(file: Path) -> bytes:
    found = bytes.fromhex(file.read_text("ascii").strip())
    if len(found) != KEY_BYTES:
        raise Damaged(f"{file} holds {len(found)} bytes, not {KEY_BYTES}")
    return found


def _make(file: Path) -> None:
    """Write the key beside its place and link it in, so that of two processes one wins and none reads half a
    key."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(KEY_BYTES) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def fingerprint(secret: bytes) -> bytes:
    """Eight bytes that tell keys apart without telling anything about them."""
    return hmac.digest(secret, b"opora fingerprint", hashlib.sha256)[:_PRINT]


def seal(source: BinaryIO, target: BinaryIO, secret: bytes) -> None:
    """Write the sealed form of everything in ``source`` to ``target``."""
    salt, prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_PREFIX)
    header = MAGIC + fingerprint(secret) + salt + prefix
    cipher = AESGCM(_derive(secret, salt))
    target.write(header)
    for number, last, piece in _numbered(source, PIECE):
        target.write(cipher.encrypt(_nonce(prefix, number, last), piece, header))


class Sink(Protocol):
    """What takes bytes in order."""

    def write(self, piece: bytes, /) -> object: ...


def unseal(source: BinaryIO, target: Sink, secret: bytes) -> None:
    """Write what was sealed to ``target``; raises :class:`WrongKey` or :class:`Damaged`, then discard
    ``target``."""
    header = source.read(HEADER)
    if len(header) != HEADER or not header.startswith(MAGIC):
        raise Damaged("no sealed file of Opora")
    at = len(MAGIC)
    if header[at : at + _PRINT] != fingerprint(secret):
        raise WrongKey("sealed with another key")
    salt, prefix = header[at + _PRINT : -_PREFIX], header[-_PREFIX:]
    cipher = AESGCM(_derive(secret, salt))
    for number, last, piece in _numbered(source, PIECE + TAG):
        try:
            target.write(cipher.decrypt(_nonce(prefix, number, last), piece, header))
        except InvalidTag:
            raise Damaged(f"piece {number} is changed, or the end is missing") from None


def _numbered(source: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Pieces with their number and whether each is the last; an empty source gives one empty piece."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, not following, piece
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)


def _derive(secret: bytes, salt: bytes) -> bytes:
    # A key of its own per file: the 7 random bytes of the nonce need not be unique over all files.
    return HKDF(SHA256(), KEY_BYTES, salt, b"opora sealed file").derive(secret)
