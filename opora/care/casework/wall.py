"""The second wall around client files, on PostgreSQL: row-level security (SQLite has none, docs/casework-protection.md).

Who may see what is decided by `queries` and `policies`; the wall stands behind them, so that a query somebody forgot to
scope still gives nothing of another service. The database knows three settings of the running transaction: the services
whose files it may touch, single files beside them (open in an emergency, or a sealed one opened by two persons), and
whether it may touch all. Without settings there are no rows. A request sets them in its middleware; a job or a command
says `with behind(actor):`; the few readings that cross services on purpose (is this child known elsewhere) say
`with whole():`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock

WORKING = ("service_manager", "case_manager", "specialist")
SETTINGS = ("opora.whole", "opora.services", "opora.files")
_SET = "set_config('opora.whole', %s, true), set_config('opora.services', %s, true), set_config('opora.files', %s, true)"
_NOW = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
_FOR_ACTOR = f"""SELECT {_NOW}, set_config('opora.whole', '', true),
 set_config('opora.services', (SELECT coalesce(string_agg(id::text, ','), '') FROM register_service
   WHERE path = ANY(%s) OR path LIKE ANY(%s)), true),
 set_config('opora.files', casework_opened_to(%s, %s), true)"""  # noqa: S608 - the names are our own
Function = TypeVar("Function", bound=Callable[..., Any])


def stands() -> bool:
    """Whether this database has a wall at all."""
    return connection.vendor == "postgresql"


@contextmanager
def behind(actor: Actor) -> Iterator[None]:
    """One transaction that touches only what the actor's services keep, and files open to this one person."""
    if not stands():
        yield
        return
    scopes = [held.scope for held in actor.holdings if held.role in WORKING]
    below = [f"{_plain(scope)}/%" for scope in scopes]
    with _transaction(_FOR_ACTOR, [scopes, below, actor.user_id or 0, clock.now()]):
        yield


@contextmanager
def whole() -> Iterator[None]:
    """One transaction that crosses services on purpose; what it shows is the caller's answer to give."""
    if not stands():
        yield
        return
    with _transaction(f"SELECT {_NOW}, {_SET}", ["on", "", ""]):
        yield


@contextmanager
def single(file_id: int) -> Iterator[None]:
    """One transaction that touches this one file: for somebody let in by something else than their work, as by a link."""
    if not stands():
        yield
        return
    with _transaction(f"SELECT {_NOW}, {_SET}", ["", "", str(file_id)]):
        yield


@contextmanager
def nothing() -> Iterator[None]:
    """One transaction without any client file."""
    if not stands():
        yield
        return
    with _transaction(f"SELECT {_NOW}, {_SET}", ["", "", ""]):
        yield


def across(function: Function) -> Function:
    """The whole function crosses services, in one transaction."""

    @functools.wraps(function)
    def crossing(*args: Any, **kwargs: Any) -> Any:
        with whole():
            return function(*args, **kwargs)

    return crossing  # type: ignore[return-value]


@contextmanager
def _transaction(sql: str, params: list[Any]) -> Iterator[None]:
    """Settings end with the transaction; inside another one what was set before is set again.

    After an error they need no setting back: PostgreSQL does it with the savepoint.
    """
    inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        before = cursor.fetchone()[:3]
        yield
        if inside and not connection.needs_rollback:
            cursor.execute(f"SELECT {_SET}", before)


def _plain(path: str) -> str:
    """A path as LIKE takes it: an underscore in it is an underscore."""
    return path.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def holes() -> list[str]:
    """Why the wall would not hold here; empty when it does, or when the database has none."""
    if not stands():
        return []
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            found.append("the role passes row-level security: it is a superuser or has BYPASSRLS")
        cursor.execute("SELECT current_setting('opora.whole', true)")
        if cursor.fetchone()[0] == "on":
            found.append("opora.whole is on for every connection")
    return found


def owns_tables() -> bool:
    """Whether the role of this connection could take the wall down, being the owner of the tables."""
    if not stands():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class "
            "WHERE oid = to_regclass('casework_clientfile')"
        )
        found = cursor.fetchone()
    return bool(found and found[0])
