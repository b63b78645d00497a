"""Troubles of the disk and the database in words: what happened, what was kept, what to do."""

from __future__ import annotations

import errno

from django.db import DatabaseError
from django.utils.translation import gettext as _

FULL, READ_ONLY, BUSY = "full", "read-only", "busy"
_SIGNS = {
    "disk is full": FULL,
    "no space left": FULL,
    "could not extend file": FULL,
    "readonly database": READ_ONLY,
    "read-only": READ_ONLY,
    "disk i/o error": READ_ONLY,
    "unable to open database file": READ_ONLY,
    "database is locked": BUSY,
    "database table is locked": BUSY,
}


def trouble_of(error: BaseException | None) -> str | None:
    """Name the trouble behind an error: full, read-only, busy; ``None`` if it is a fault of the program."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        if isinstance(error, OSError) and error.errno == errno.EROFS:
            return READ_ONLY
        if isinstance(error, DatabaseError):
            said = str(error).casefold()
            return next((trouble for sign, trouble in _SIGNS.items() if sign in said), None)
        error = error.__cause__ or error.__context__
    return None


def explain(error: BaseException | None) -> str | None:
    """What to tell a person, or ``None`` if it is a fault of the program."""
    trouble = trouble_of(error)
    if trouble is None:
        return None
    return {
        FULL: _(
            "Дискът е пълен. Нищо не се записва, докато не се освободи място. "
            "Записаното преди това е запазено."
        ),
        READ_ONLY: _("Данните в момента могат само да се четат. Записаното преди това е запазено."),
        BUSY: _("Системата е заета със записване. Изчакайте малко и опитайте отново. Нищо не е загубено."),
    }[trouble]
