"""Facts of the request that audit rows carry, without handing the request down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """Where a deed came from; empty for commands and jobs."""

    address: str = ""
    request_id: str = ""


_current: ContextVar[Facts] = ContextVar("audit_facts", default=Facts())  # noqa: B039 - frozen


def current() -> Facts:
    """The facts of the request being answered."""
    return _current.get()


@contextmanager
def about(address: str = "", request_id: str = "") -> Iterator[None]:
    """Let every row recorded inside carry these facts."""
    token = _current.set(Facts(address, request_id))
    try:
        yield
    finally:
        _current.reset(token)
