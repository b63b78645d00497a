"""Archives of a file whose makers are killed: each is kept once and whole, or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from opora.care.casework import actions, tasks
from opora.care.casework.models import ClientFile, FileArchive
from opora.care.casework.queries_protection import ARCHIVES
from opora.care.casework.tests import make
from opora.care.casework.tests.killing import child, fail, kill, refuse_wrong
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Entry
from opora.foundation.audit.queries import verify_all
from opora.foundation.core import clock
from opora.foundation.documents import actions as documents
from opora.foundation.documents import store
from opora.foundation.documents.models import Attachment
from opora.foundation.jobs import actions as jobs
from opora.foundation.jobs.models import Job
from opora.foundation.jobs.worker import run_worker

LEASE = dt.timedelta(seconds=0.4)
PATIENCE = 60.0
WIDENED = 0.06
"""Seconds added around the writing of the bytes, so that kills fall between bytes, row and audit too."""


def trial(kills: int, seed: int, careless: bool) -> Counter[str]:
    """Ask, kill who makes it, ask anew once one is done, until enough kills met the making."""
    jobs.LEASE, jobs.ATTEMPTS = LEASE, 10_000
    file = make.file()
    head = make.person_in(file.service, "service_manager")
    actor, chance = make.as_actor(head), random.Random(seed)
    _first(actor, file)
    number, span = _first(actor, file)
    _widen(careless)
    workers = {child(_work) for _each in range(2)}
    try:
        met = _kill_on(actor, file, number, kills, chance, span, workers)
        _until_done(number=Job.objects.latest("pk").pk)
    finally:  # a trial that fails leaves nobody at work
        for one in workers:
            kill(one)
    check()
    _at_the_end(actor)
    return met


def _kill_on(
    actor: Actor, file: ClientFile, number: int, kills: int, chance: random.Random, span: float, workers: set[int]
) -> Counter[str]:  # fmt: skip
    met: Counter[str] = Counter()
    while sum(met.values()) < kills:
        number = number if _unfinished(number) else _ask(actor, file)
        victim = _maker(number, workers)
        if victim is None:
            continue
        workers.remove(victim)
        met[_killed(number, victim, chance, span)] += 1
        met.pop("done before", None)
        workers.add(child(_work))
        check()
    return met


def _first(actor: Actor, file: ClientFile) -> tuple[int, float]:
    """Made in peace: how long it takes once everything is loaded, which is before the forks."""
    number = _ask(actor, file)
    began = time.monotonic()
    run_worker(once=True)
    return number, time.monotonic() - began


def _ask(actor: Actor, file: ClientFile) -> int:
    asked = actions.ask_for_archive(actor, file, why="Проба")
    connection.close()
    return int(asked.job_id or 0)


def _work() -> None:
    run_worker(pause=0.02)


def _job(number: int) -> Job:
    found = Job.objects.get(pk=number)
    connection.close()
    return found


def _unfinished(number: int) -> bool:
    return _job(number).unfinished


def _maker(number: int, workers: set[int]) -> int | None:
    """The worker that has the job now; none when it was done before one was found."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        job = _job(number)
        pid = int(job.worker.partition("-")[0] or 0)
        if not job.unfinished:
            return None
        if pid in workers:
            return pid
        time.sleep(0.01)
    return fail("nobody took the job")


def _killed(number: int, victim: int, chance: random.Random, span: float) -> str:
    """Kill the maker somewhere in its work, every second time while it keeps what it made; gives where that was."""
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, span))
    else:
        _wait_for_keeping(number)
        time.sleep(chance.uniform(0, 3 * WIDENED))
    if not kill(victim):
        fail("a worker ended by itself")
    job = _job(number)
    if not job.unfinished:
        return "done before"
    Job.objects.filter(pk=number, worker=job.worker).update(
        done=0
    )  # what the next one does is not what this one did
    connection.close()
    return "after keeping" if job.mark else "keeping" if job.done else "making"


def _wait_for_keeping(number: int) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and (job := _job(number)).unfinished and not job.done:
        time.sleep(0.005)


def _until_done(number: int) -> None:
    limit = time.monotonic() + PATIENCE
    while _unfinished(number):
        if time.monotonic() > limit:
            fail("the job was never done")
        time.sleep(0.05)


def _widen(careless: bool) -> None:
    """Slow the moments in which a kill could do harm; `careless` keeps in two transactions."""
    keep, once = store.keep, actions.keep_archive

    def slow(content: bytes) -> str:
        time.sleep(WIDENED)
        name = keep(content)
        time.sleep(WIDENED)
        return name

    def in_two(actor: Actor, asked: FileArchive, made: Any) -> FileArchive:
        kept = once(actor, asked, made)
        FileArchive.objects.filter(pk=kept.pk).update(made_at=None)
        return kept

    def archive(progress: Any, params: dict[str, Any]) -> dict[str, Any]:
        asked = FileArchive.objects.get(pk=params["archive"])
        made = actions.write_archive(progress.actor, asked)
        progress.step(1)
        with transaction.atomic():
            in_two(progress.actor, asked, made)
        time.sleep(5 * WIDENED)
        FileArchive.objects.filter(pk=asked.pk).update(made_at=clock.now())
        return {}

    store.keep = slow  # type: ignore[assignment]
    if careless:
        tasks.work(actions.ARCHIVE)(archive)


def check() -> None:
    """After every kill: an archive is there whole, with its bytes and its line in the audit, or nothing of it is."""
    rows = list(FileArchive.objects.select_related("attachment"))
    made = [one for one in rows if one.made_at is not None]
    created = Entry.objects.filter(deed="case.archive_created")
    lying = {one.attachment.stored_as for one in made if one.attachment}
    refuse_wrong({
        "half kept": [one.pk for one in rows if (one.made_at is None) != (one.attachment is None)],
        "attachments": Attachment.objects.filter(owner=ARCHIVES).count() - len(made),
        "audit": created.count() - len(made),
        "bytes": [name for name in lying if not store.place(name).exists()],
        "done without": Job.objects.filter(state="done").count() > len(made),
        "failed": list(Job.objects.filter(state="failed").values_list("error", flat=True)),
    })  # fmt: skip
    connection.close()


def _at_the_end(actor: Actor) -> None:
    """Every archive opens and is what its fingerprint says; what killed makers left lying is swept; the audit is whole."""
    for one in FileArchive.objects.filter(made_at__isnull=False).select_related(
        "file__service", "attachment"
    ):
        given = actions.take_archive(actor, one).content
        whole = zipfile.ZipFile(io.BytesIO(given)).testzip() is None
        if not whole or hashlib.sha256(given).hexdigest() != one.digest:
            fail(f"archive {one.pk} is not what was made")
    with clock.at(clock.now() + 2 * documents.ORPHAN_AFTER):
        swept = documents.sweep()
    known = set(Attachment.objects.values_list("stored_as", flat=True))
    lying = {str(Path(path).relative_to(store.folder())) for path in store.folder().glob("??/*")}
    refuse_wrong({"files": lying ^ known, "audit broken": not verify_all().ok})
    print(f"{FileArchive.objects.count()} archives made, {swept} left by killed makers swept")
