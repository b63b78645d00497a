"""Whoever accepts a workbook killed at random, again and again (R4). Run: python -m opora.register.tests.killing KILLS SEED

Everything lives in OPORA_DATA_DIR, an empty folder of its own. A kill counts when the import had begun and was not done;
after each all of the workbook stands, or nothing of it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

SERVICES = 30


def main(kills: int, seed: int) -> None:
    """Accept a workbook, kill, look; the next workbook once one was accepted. The last line says how many kills met it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from opora.register.tests import make

    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    make.settlement()
    make.service_type()
    chance, met, accepted = random.Random(seed), 0, 0
    span = _in_peace(accepted)
    accepted += 1
    while met < kills:
        done = _killed(_file(accepted), chance.uniform(0, span))
        stands = _look()
        if stands not in (_whole(accepted), _whole(accepted + 1)):
            fail(f"wrong: {stands} after {accepted} workbooks")
        if stands == _whole(accepted):
            met += 0 if done else 1
        else:
            accepted += 1
    span = _in_peace(accepted)
    if _look() != _whole(accepted + 1):
        fail("the last one was not accepted")
    print(f"{met} kills met the work: {accepted + 1} workbooks accepted, {span:.2f} s in peace")


def _file(number: int) -> Path:
    from opora.register.tests.workbooks import line, workbook

    place = Path(os.environ["OPORA_DATA_DIR"]) / f"register-{number}.xlsx"
    if not place.exists():
        rows = [line(f"K{number}-{n}", name=f"Услуга {number} {n}") for n in range(SERVICES)]
        place.write_bytes(workbook(rows))
    return place


def _in_peace(number: int) -> float:
    """Accepted in this process: how long it takes once everything is loaded."""
    from opora.register.imports import import_register

    began = time.monotonic()
    if not import_register(_file(number)).ok:
        fail("the workbook was not taken")
    return time.monotonic() - began


def _killed(file: Path, after: float) -> bool:
    """Fork who accepts it and kill them after so many seconds; gives whether they had ended by then."""
    from django.db import connections

    from opora.register.imports import import_register

    connections.close_all()
    number = os.fork()
    if not number:
        try:
            import_register(file)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(number, signal.SIGKILL)
    _pid, status = os.waitpid(number, 0)
    return not os.WIFSIGNALED(status)


def _look() -> tuple[int, int, int, int]:
    from opora.register.models import Figure, Organisation, RegisterImport, Service

    counted = (Service, Figure, RegisterImport, Organisation)
    services, figures, imports, providers = (model._default_manager.count() for model in counted)
    return services, figures, imports, providers


def _whole(workbooks: int) -> tuple[int, int, int, int]:
    return SERVICES * workbooks, SERVICES * 2 * workbooks, workbooks, min(workbooks, 1)


def fail(words: str) -> NoReturn:
    """End the trial with the reason."""
    raise SystemExit(words)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
