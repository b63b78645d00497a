"""ZIP containers: opened only when their directory tells no lies and unpacking stays within limits."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from opora.foundation.documents.gate.verdict import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, Reason, Refused

SMALL_ENTRY = 1_000_000
"""Below this an entry may shrink as much as it likes: blank sheets and repeated words do."""
UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Pack:
    """The entries of a checked container; contents are read once, bounded by what the directory declares."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(b"PK\x03\x04"):
            raise _by_first_bytes(content)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except UNPACK_ERRORS as problem:
            raise Refused(Reason.BROKEN, str(problem)) from problem
        self.entries = self.archive.infolist()
        self._check_directory(len(content))
        self._parts: dict[str, bytes] = {}

    @property
    def names(self) -> list[str]:
        """Names of the files in it."""
        return [entry.filename for entry in self.entries if not entry.is_dir()]

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one entry."""
        if name not in self._parts:
            try:
                self._parts[name] = self.archive.read(name)
            except UNPACK_ERRORS as problem:
                raise Refused(Reason.BROKEN, f"{name}: {problem}") from problem
            except KeyError:
                raise Refused(Reason.NOT_WHAT_IT_SAYS, f"no {name}") from None
        return self._parts[name]

    def replaced(self, parts: dict[str, bytes]) -> bytes:
        """The container with some entries' bytes replaced, everything else as it was."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self.entries:
                target.writestr(entry, parts.get(entry.filename) or self.read(entry.filename))
        return out.getvalue()

    def _check_directory(self, size: int) -> None:
        if len(self.entries) > MAX_ENTRIES:
            raise Refused(Reason.BOMB, f"{len(self.entries)} entries")
        total = sum(entry.file_size for entry in self.entries)
        if total > MAX_UNPACKED or (total > SMALL_ENTRY and total > MAX_RATIO * size):
            raise Refused(Reason.BOMB, f"unpacks to {total} bytes")
        if self.archive.comment:
            raise Refused(Reason.NOT_WHAT_IT_SAYS, "comment after the directory")
        for entry in self.entries:
            _check_entry(entry)
        self._check_places()

    def _check_places(self) -> None:
        """No name twice, no entry inside another, nothing before the first."""
        if len({entry.filename for entry in self.entries}) != len(self.entries):
            raise Refused(Reason.BROKEN, "the same name twice")
        end = 0
        for entry in sorted(self.entries, key=lambda found: found.header_offset):
            if entry.header_offset < end or (end == 0 and entry.header_offset):
                raise Refused(Reason.BOMB, f"{entry.filename} lies inside another entry")
            end = entry.header_offset + 30 + entry.compress_size


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise Refused(Reason.LOCKED, name)
    if (
        name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or "\x00" in name
    ):
        raise Refused(Reason.BROKEN, f"path {name!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(Reason.BROKEN, f"link {name!r}")
    if entry.file_size > SMALL_ENTRY and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise Refused(Reason.BOMB, f"{name} unpacks to {entry.file_size} bytes")


def _by_first_bytes(content: bytes) -> Refused:
    """An OLE container under an Office name is an encrypted document or one of the old binary formats."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return Refused(Reason.LOCKED if locked else Reason.NOT_WHAT_IT_SAYS, "OLE container")
    return Refused(Reason.NOT_WHAT_IT_SAYS, "no ZIP container")
