"""A worker killed at random while it makes archives, or while keys of sealed values change (R4). Run:

    python -m opora.care.casework.tests.killing archives|keys KILLS SEED [careless]

Everything lives in OPORA_DATA_DIR, an empty folder of its own. A kill counts only when the work was unfinished after it;
after every single one the state is looked at. `careless` breaks the work on purpose: then the trial must fail.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn


def prepare() -> None:
    """The database of the folder, made where there is none."""
    import django

    Path(os.environ["OPORA_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)


def child(do: Callable[[], object]) -> int:
    """Fork a process that does this and ends; gives its number. No connection may be carried over a fork."""
    from django.db import connections

    connections.close_all()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        do()
        code = 0
    finally:
        os._exit(code)


def kill(number: int) -> bool:
    """Kill a child of our own; gives whether it was still at work."""
    os.kill(number, signal.SIGKILL)
    _pid, status = os.waitpid(number, 0)
    return os.WIFSIGNALED(status)


def refuse_wrong(wrong: Mapping[str, object]) -> None:
    """End the trial when something is as it must never be."""
    if found := {what: facts for what, facts in wrong.items() if facts}:
        fail(f"wrong: {found}")


def fail(words: str) -> NoReturn:
    """End the trial with the reason."""
    raise SystemExit(words)


def main(what: str, kills: int, seed: int, *, careless: bool) -> None:
    """The whole trial; the last line says how many kills met the work, and where."""
    prepare()
    from opora.care.casework.tests import killing_archives, killing_keys

    trial = {"archives": killing_archives.trial, "keys": killing_keys.trial}[what]
    met = trial(kills, seed, careless)
    print(f"{sum(met.values())} kills met the work: {dict(met)}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), careless="careless" in sys.argv[4:])
