"""Which function does which kind of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opora.foundation.jobs.progress import Progress

Result = dict[str, Any] | None
Function = Callable[["Progress", dict[str, Any]], Result]

_functions: dict[str, Function] = {}


def work(kind: str) -> Callable[[Function], Function]:
    """Declare the function of a kind of work; the kind is ``room.verb``.

    The function gets a :class:`~opora.foundation.jobs.progress.Progress` and the parameters (plain JSON),
    and gives what the job's page shows: ``{"url": …, "link": words of the link, "text": a sentence}``,
    each optional, or nothing. It may be run again from its mark after a worker died, so it does its
    writing inside ``progress.transaction``.
    """

    def declare(function: Function) -> Function:
        _functions[kind] = function
        return function

    return declare


def function_of(kind: str) -> Function:
    """The function of a kind; raises ``LookupError``."""
    try:
        return _functions[kind]
    except KeyError:
        raise LookupError(f"no work is called {kind}") from None
