"""A full disk is told as such, a fault of the program is not."""

from __future__ import annotations

import errno

import pytest
from django.db import DatabaseError, OperationalError

from opora.foundation.core.troubles import explain, trouble_of


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OperationalError("database or disk is full"), "full"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (DatabaseError('could not extend file "base/1": No space left on device'), "full"),
        (OperationalError("attempt to write a readonly database"), "read-only"),
        (OperationalError("disk I/O error"), "read-only"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only"),
        (DatabaseError("cannot execute INSERT in a read-only transaction"), "read-only"),
        (OperationalError("database is locked"), "busy"),
        (OperationalError("no such table: x"), None),
        (FileNotFoundError(errno.ENOENT, "none"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)
def test_troubles(error: BaseException | None, trouble: str | None) -> None:
    assert trouble_of(error) == trouble
    assert (explain(error) is None) == (trouble is None)


def test_a_trouble_behind_another_error_is_seen() -> None:
    error = ValueError("the file cannot be stored")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert "Дискът е пълен" in (explain(error) or "")
