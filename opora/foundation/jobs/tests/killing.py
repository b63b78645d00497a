"""An import-like job whose workers are killed at random until it is done. Run: python -m … KILLS SEED

Everything lives in OPORA_DATA_DIR, which must be an empty folder of its own. Two workers at a time, each
killed with SIGKILL after a random while. At the end every row must be there once, the job done, the audit
whole.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

ROWS_A_KILL = 40
LEASE_SECONDS = 0.4


def prepare() -> None:
    """Make the database, a table for the rows, and a short lease."""
    import django

    Path(os.environ["OPORA_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    import datetime as dt

    from django.core.management import call_command
    from django.db import connection

    from opora.foundation.jobs import actions

    actions.LEASE = dt.timedelta(seconds=LEASE_SECONDS)
    actions.ATTEMPTS = 10_000
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trial_row (number INT, writer INT)")


def declare(rows: int) -> None:
    """The work: rows in bunches of four, every bunch with its audit and its mark in one transaction."""
    from django.db import connection

    from opora.foundation.audit.actions import record
    from opora.foundation.jobs import work
    from opora.foundation.jobs.progress import Progress

    @work("trial.import")
    def bring_in(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
        progress.total(rows)
        for first in range(progress.mark or 0, rows, 4):
            with progress.transaction(first + 4, done=first + 4), connection.cursor() as cursor:
                for number in range(first, first + 4):
                    cursor.execute("INSERT INTO trial_row VALUES (%s, %s)", [number, os.getpid()])
                    time.sleep(0.001)
                record(progress.actor, "trial.imported", f"rows {first}", chain="org:1")
        return {"text": "Внесени"}


def start() -> int:
    """Put the work in the queue."""
    from django.db import connection

    from opora.foundation.accounts.actors import system
    from opora.foundation.jobs import actions

    number = actions.start(system(), "trial.import", {}, title="Внос", key="import-1").pk
    connection.close()
    return number


def worker() -> int:
    """Fork a worker and give its process id."""
    child = os.fork()
    if child:
        return child
    from opora.foundation.jobs.worker import run_worker

    try:
        run_worker(pause=0.02)
    finally:
        os._exit(1)


def kill_until_done(number: int, kills: int, chance: random.Random) -> int:
    """Kill workers as often as asked, then let them finish; gives the kills that met an unfinished job."""
    workers = [worker(), worker()]
    met = 0
    for turn in range(kills):
        time.sleep(chance.uniform(0.02, 0.35))
        met += not done(number)
        victim = workers[turn % 2]
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        workers[turn % 2] = worker()
    limit = time.monotonic() + 60
    while not done(number) and time.monotonic() < limit:
        time.sleep(0.1)
    for victim in workers:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
    return met


def done(number: int) -> bool:
    """Ask, and let the connection go: none may be carried over a fork."""
    from django.db import connection

    from opora.foundation.jobs.models import Job, State

    state = Job.objects.get(pk=number).state
    connection.close()
    return bool(state == State.DONE)


def check(number: int, expected: int) -> None:
    """Nothing twice, nothing missing, nothing altered."""
    from django.db import connection

    from opora.foundation.audit.models import Entry
    from opora.foundation.audit.queries import verify_all
    from opora.foundation.jobs.models import Job

    job = Job.objects.get(pk=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM trial_row ORDER BY number")
        rows = [row[0] for row in cursor.fetchall()]
    wrong = {
        "state": job.state != "done",
        "rows": rows != list(range(expected)),
        "mark": job.mark != expected,
        "audit": not verify_all().ok,
        "audit rows": Entry.objects.filter(chain="org:1").count() != expected // 4,
    }
    if any(wrong.values()):
        raise SystemExit(
            f"{job.state} {job.error} {len(rows)} rows, wrong: {[k for k, v in wrong.items() if v]}"
        )


def main(kills: int, seed: int) -> None:
    """The whole trial."""
    prepare()
    declare(kills * ROWS_A_KILL)
    number = start()
    met = kill_until_done(number, kills, random.Random(seed))
    check(number, kills * ROWS_A_KILL)
    print(f"{kills} kills, {met} met the job unfinished")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
