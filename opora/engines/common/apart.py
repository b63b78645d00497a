"""A heavy solve in a process of its own, with limits of time and memory, so that a page's process keeps its own.

    plan = apart(assignment.assign, cost, size, capacity, seconds=90, memory=2048, tell=progress)

The child imports the engine and nothing of Django. Its own ``time_limit`` should be shorter than ``seconds``: then it
answers with the best found and its bound instead of being ended.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
Tell = Callable[[int, int, str], None]


_CHILD = (
    "import sys; from opora.engines.common.apart import _child; _child(int(sys.argv[1]), int(sys.argv[2]))"
)


class TookTooLong(TimeoutError):  # noqa: N818 - it says what happened
    """The work did not end within its seconds and was stopped."""


class TookTooMuch(MemoryError):  # noqa: N818
    """The work needed more memory than it was given and was stopped."""


def apart(
    work: Callable[..., T],
    /,
    *given: Any,
    seconds: float,
    memory: int = 4096,
    tell: Tell | None = None,
    **named: Any,
) -> T:
    """Do the work in a child and give its answer.

    ``work`` is a function of a module (the child finds it by name); ``seconds`` of the clock; ``memory`` in MiB of
    address space. With ``tell`` the child's progress comes here; if ``tell`` raises, the child is stopped. Raises what
    the work raises, :class:`TookTooLong`, :class:`TookTooMuch`, or ``RuntimeError`` if the child dies otherwise.
    """
    here, there = Pipe()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(there.fileno()), str(memory)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pass_fds=[there.fileno()],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    there.close()
    try:
        with here:
            here.send((work, given, named, tell is not None))
            answer: T = _listen(here, child, time.monotonic() + seconds, tell)
            return answer
    except (BrokenPipeError, ConnectionResetError):
        raise _dead(child) from None
    finally:
        child.kill()
        child.communicate()


def _listen(said: Connection, child: subprocess.Popen[bytes], until: float, tell: Tell | None) -> Any:
    while said.poll(max(0.0, until - time.monotonic())):
        try:
            kind, what = said.recv()
        except (EOFError, ConnectionResetError):
            raise _dead(child) from None
        if kind == "answer":
            return what
        if kind == "error":
            raise what
        if tell is not None:
            tell(*what)
    raise TookTooLong("the work did not end within its time and was stopped")


def _dead(child: subprocess.Popen[bytes]) -> Exception:
    code = child.wait()
    last = (child.stderr.read() if child.stderr else b"").decode(errors="replace").strip().splitlines()[-1:]
    if "MemoryError" in "".join(last) or "bad_alloc" in "".join(last):
        return TookTooMuch("the work needed more memory than it was given and was stopped")
    return RuntimeError(f"the process of the work ended with {code}: {''.join(last)}")


def _child(descriptor: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory * 2**20, memory * 2**20))
    said: Connection = Connection(descriptor)
    try:
        work, given, named, telling = said.recv()
        if telling:
            named["tell"] = lambda *step: said.send(("progress", step))
        said.send(("answer", work(*given, **named)))
    except MemoryError:
        said.send(("error", TookTooMuch("the work needed more memory than it was given and was stopped")))
    except Exception as error:
        said.send(("error", error))
