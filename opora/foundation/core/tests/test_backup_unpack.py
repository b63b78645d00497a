"""A backup is unpacked by hand: Python before 3.11.4 has no filter, and nothing may land outside."""

import io
import tarfile

import pytest

from opora.foundation.core.backup.restoring import _unpack
from opora.foundation.core.crypto import Damaged


def package(*members: tarfile.TarInfo) -> tarfile.TarFile:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    written.seek(0)
    return tarfile.open(fileobj=written)


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 1, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size if kind == tarfile.REGTYPE else 0, target
    return made


def test_files_and_folders_come_out(tmp_path):
    with package(member("files", tarfile.DIRTYPE), member("files/a"), member("manifest.json")) as archive:
        _unpack(archive, tmp_path / "in")
    assert (tmp_path / "in" / "files" / "a").read_bytes() == b"x"


@pytest.mark.parametrize(
    "bad",
    [member("../out"), member("/tmp/out"), member("link", tarfile.SYMTYPE, target="/etc/passwd")],
    ids=["above", "absolute", "link"],
)
def test_nothing_lands_outside(tmp_path, bad):
    with package(bad) as archive, pytest.raises(Damaged):
        _unpack(archive, tmp_path / "in")
    assert list(tmp_path.iterdir()) == []
