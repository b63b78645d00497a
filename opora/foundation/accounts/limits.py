"""How often one may sign in wrongly: five times for a name, then 15 minutes that double; thirty times in ten
minutes for a network address (TRUST §5). Each try is counted before the password is looked at, so parallel
guesses gain nothing. Also how much may be sent from one address without an account.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction

from opora.foundation.accounts.models import Attempts
from opora.foundation.core import clock

HOUR = dt.timedelta(hours=1)
LONGEST_WAIT = dt.timedelta(hours=24)
FORGET_AFTER = dt.timedelta(hours=24)
LONGEST_KIND = 15


@dataclass(frozen=True)
class Limit:
    """`wrong` tries within `window` close the door for `wait`, twice as long at each further time if it
    doubles.
    """

    kind: str
    wrong: int
    window: dt.timedelta
    wait: dt.timedelta
    doubles: bool


NAME = Limit("name", 5, dt.timedelta(hours=1), dt.timedelta(minutes=15), True)
ADDRESS = Limit("address", 30, dt.timedelta(minutes=10), dt.timedelta(minutes=10), False)


def take(name: str, address: str) -> bool:
    """Count one try of this name from this address; False if it may not be made now."""
    with transaction.atomic():
        rows = [(limit, _row(limit, value)) for limit, value in _both(name, address)]
        if any(_closed(row) for _, row in rows):
            return False
        for limit, row in rows:
            _count(limit, row)
    return True


def send(kind: str, address: str, most: int) -> dt.datetime | None:
    """Count one thing sent from this address by somebody without an account: `most` of a kind in an hour.

    None when it may be sent; else the moment from which it may.
    """
    limit = Limit(kind, most, HOUR, HOUR, False)
    with transaction.atomic():
        row = _row(limit, address)
        if _closed(row):
            return row.locked_until
        _count(limit, row)
    return None


def give_back(name: str, address: str) -> None:
    """The try was right: it does not count, and the name starts anew."""
    with transaction.atomic():
        Attempts.objects.filter(key=_key(NAME, name)).delete()
        row = _row(ADDRESS, address)
        row.wrong = max(0, row.wrong - 1)
        row.locked_until = None if row.wrong < ADDRESS.wrong else row.locked_until
        row.save()


def name_key(name: str) -> str:
    """The digest under which wrong tries of this name are counted."""
    return _key(NAME, name)


def sweep() -> int:
    """Forget what is older than a day; gives the number of rows."""
    before = clock.now() - FORGET_AFTER
    return Attempts.objects.filter(counted_from__lt=before).exclude(locked_until__gt=clock.now()).delete()[0]


def _both(name: str, address: str) -> tuple[tuple[Limit, str], tuple[Limit, str]]:
    return (NAME, name), (ADDRESS, address)


def _key(limit: Limit, value: str) -> str:
    # The column holds 80 signs, of which the digest takes 65; SQLite would take more, PostgreSQL does not.
    if len(limit.kind) > LONGEST_KIND:
        raise ValueError(f"the kind of a limit has at most {LONGEST_KIND} signs: {limit.kind}")
    return f"{limit.kind}:{hashlib.sha256(value.strip().casefold().encode()).hexdigest()}"


def _row(limit: Limit, value: str) -> Attempts:
    """The row, locked until the end of the transaction."""
    Attempts.objects.get_or_create(key=_key(limit, value), defaults={"counted_from": clock.now()})
    return Attempts.objects.select_for_update().get(key=_key(limit, value))


def _closed(row: Attempts) -> bool:
    return row.locked_until is not None and clock.now() < row.locked_until


def _count(limit: Limit, row: Attempts) -> None:
    now = clock.now()
    if row.locked_until or now - row.counted_from >= limit.window:
        row.wrong, row.counted_from, row.locked_until = 0, now, None
    row.wrong += 1
    if row.wrong >= limit.wrong:
        row.locked_until = now + _wait(limit, row.locks)
        row.locks += 1
    row.save()


def _wait(limit: Limit, locks: int) -> dt.timedelta:
    return min(limit.wait * 2 ** min(locks, 10), LONGEST_WAIT) if limit.doubles else limit.wait
