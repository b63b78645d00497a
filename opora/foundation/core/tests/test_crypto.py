"""Keys and sealed files."""

from __future__ import annotations

import io
import os
import random
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.foundation.core import crypto

SECRET = bytes(range(32))


def sealed(content: bytes, secret: bytes = SECRET) -> bytes:
    target = io.BytesIO()
    crypto.seal(io.BytesIO(content), target, secret)
    return target.getvalue()


def unsealed(content: bytes, secret: bytes = SECRET) -> bytes:
    target = io.BytesIO()
    crypto.unseal(io.BytesIO(content), target, secret)
    return target.getvalue()


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_what_is_sealed_comes_back(content: bytes) -> None:
    assert unsealed(sealed(content)) == content


@pytest.mark.parametrize("size", [0, crypto.PIECE - 1, crypto.PIECE, crypto.PIECE + 1, 2 * crypto.PIECE])
def test_the_edges_of_pieces(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert unsealed(sealed(content)) == content


def test_every_seal_is_another() -> None:
    assert sealed(b"same") != sealed(b"same")
    assert b"same" not in sealed(b"same")


def test_another_key_is_named_as_such() -> None:
    with pytest.raises(crypto.WrongKey):
        unsealed(sealed(b"x"), bytes(32))


def test_every_changed_byte_is_found() -> None:
    whole = sealed(b"a small file")
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((crypto.Damaged, crypto.WrongKey)):
            unsealed(bytes(changed))


def test_every_truncation_is_found_also_between_pieces() -> None:
    whole = sealed(bytes(2 * crypto.PIECE + 10))
    step = crypto.PIECE + crypto.TAG
    for length in [
        0,
        5,
        crypto.HEADER,
        crypto.HEADER + 7,
        crypto.HEADER + step,
        crypto.HEADER + 2 * step,
        len(whole) - 1,
    ]:
        with pytest.raises(crypto.Damaged):
            unsealed(whole[:length])
    with pytest.raises(crypto.Damaged):
        unsealed(whole + b"x")


def test_swapped_pieces_are_found() -> None:
    whole = sealed(os.urandom(3 * crypto.PIECE))
    step = crypto.PIECE + crypto.TAG
    head, first, second = whole[: crypto.HEADER], slice(0, step), slice(step, 2 * step)
    body = whole[crypto.HEADER :]
    with pytest.raises(crypto.Damaged):
        unsealed(head + body[second] + body[first] + body[2 * step :])


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = crypto.key(folder, "audit")
    assert crypto.key(folder, "audit") == made
    assert crypto.key(folder, "backup") != made
    assert stat.S_IMODE((folder / "audit.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(file.name for file in folder.iterdir()) == ["audit.key", "backup.key"]


def test_a_missing_key_is_not_made_when_it_must_exist(tmp_path: Path) -> None:
    with pytest.raises(crypto.KeyMissing, match=r"audit\.key"):
        crypto.key(tmp_path, "audit", make=False)


def test_processes_that_make_the_key_at_once_agree(tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(crypto.key(tmp_path, "k"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert len(set(found)) == 1


def test_a_spoiled_key_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "k.key").write_text("abcd")
    with pytest.raises(crypto.Damaged):
        crypto.key(tmp_path, "k")
