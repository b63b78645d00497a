"""`opora demo`, `serve`, `worker`, `tick`, `migrate`, `shell`, `secret`, `first-admin`."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from opora.config.commands.keeping import erase_what_came_back
from opora.config.commands.ready import Refused, django_ready, prepare_database


def demo(given: Namespace) -> int:
    """The demonstration: prepare its data once, then serve pages and do the long work, until Ctrl+C."""
    os.environ["OPORA_MODE"] = "demo"
    started = time.monotonic()
    django_ready()
    _refuse_taken(given.port)
    from opora.config.demo import prepare

    prepare.prepare_demonstration(scale=given.scale)
    if given.prepare:
        return 0
    _tell_of_the_audit()
    helper = subprocess.Popen([sys.executable, "-m", "opora.config.cli", "worker"])
    ready = f"Опора работи на · Opora is at http://127.0.0.1:{given.port}"
    print(f"{ready}  ({time.monotonic() - started:.1f} s)  Ctrl+C спира · stops", flush=True)
    try:
        _gunicorn(f"127.0.0.1:{given.port}", workers=1, threads=6)
    finally:
        helper.terminate()
        try:
            helper.wait(timeout=10)
        except subprocess.TimeoutExpired:
            helper.kill()  # its job goes on from the mark next time
    return 0


def _refuse_taken(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(
                f"Порт {port} е зает. Опитайте: opora demo --port {port + 1} · Port {port} is taken, try the next."
            ) from error


def serve(given: Namespace) -> int:
    """The web server for real work; the database must be up to date."""
    django_ready()
    _refuse_unready()
    _tell_of_the_audit()
    _gunicorn(given.bind, workers=given.workers, threads=given.threads)
    return 0


def _tell_of_the_audit() -> None:
    """Say at once if this is not the database that was here last time; the work may go on meanwhile."""
    from opora.foundation.audit.startup import startup_check

    for words in startup_check():
        print(f"ВНИМАНИЕ · WARNING: {words}", file=sys.stderr, flush=True)


def _refuse_unready() -> None:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(
            "Базата данни не е обновена. Изпълнете opora migrate · The database is not up to date: run opora migrate"
        )
    _refuse_holes()
    erase_what_came_back()
    if settings.MODE == "production":
        _collect_static(settings.DATA_DIR / "static.lock")


def _refuse_holes() -> None:
    """Client files are not served to a role that row-level security does not hold back."""
    from opora.care.casework import wall

    if found := wall.holes():
        raise Refused(
            "Ролята в PostgreSQL прескача защитата на редовете (docs/operator.md) · "
            f"The PostgreSQL role passes row-level security: {'; '.join(found)}"
        )
    if wall.owns_tables():
        print(
            "ВНИМАНИЕ · WARNING: ролята на сървъра притежава таблиците и може да свали защитата на редовете; вижте "
            "docs/operator.md · the server's role owns the tables and could take row-level security down",
            file=sys.stderr, flush=True,
        )  # fmt: skip


def _collect_static(lock: Path) -> None:
    """Two servers that start together on one data folder would write the same files at once: one at a time."""
    import fcntl

    from django.core.management import call_command

    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        call_command("collectstatic", verbosity=0, interactive=False)


def _gunicorn(bind: str, *, workers: int, threads: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our options and no configuration file."""

        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": bind, "workers": workers, "threads": threads, "worker_class": "gthread",
                "timeout": 120, "graceful_timeout": 20, "keepalive": 5, "accesslog": None, "loglevel": "warning",
                "max_requests": 20_000, "max_requests_jitter": 2_000, "control_socket_disable": True,
            }  # fmt: skip
            for key, value in options.items():
                if key in self.cfg.settings:
                    self.cfg.set(key, value)

        def load(self) -> Any:
            from opora.config.wsgi import application

            return application

    Server().run()


def worker(given: Namespace) -> int:
    """Do the long work and, beside it, the periodic work."""
    django_ready()
    from opora.foundation.jobs.worker import run_worker

    run_worker(once=given.once, between=None if given.once else _tick_every(60.0))
    return 0


def _tick_every(seconds: float) -> Any:
    last = [0.0]

    def between() -> None:
        if time.monotonic() - last[0] >= seconds:
            last[0] = time.monotonic()
            _tick()

    return between


def tick(given: Namespace) -> int:
    """The periodic work, once: for a systemd timer."""
    django_ready()
    print(_tick())
    return 0


def _tick() -> dict[str, Any]:
    from opora.care.casework.actions import drop_archives
    from opora.care.protection.actions import remind
    from opora.desk.reports.actions import release_files
    from opora.foundation.accounts.actions import sweep_sessions
    from opora.foundation.accounts.actors import system
    from opora.foundation.audit.actions import publish_heads
    from opora.foundation.drafts import unsent
    from opora.foundation.messages.delivery import deliver

    return {
        "breach clocks": remind(),
        "mail": deliver(), "audit heads": publish_heads(), "sessions past their time": sweep_sessions(),
        "words never sent": unsent.sweep(), "tables of client files": release_files(system()) is not None,
        "archives past their time": drop_archives(), "files without a row": _files_without_a_row(),
    }  # fmt: skip


def _files_without_a_row() -> int:
    """What killed processes left among the files; looked for at the full hour, since it reads every name."""
    from opora.foundation.core import clock
    from opora.foundation.documents.actions import sweep

    return sweep() if clock.now().minute < 5 else 0


def migrate(given: Namespace) -> int:
    """Prepare or update the database and the built-in facts."""
    django_ready()
    prepare_database()
    print("Базата данни е готова · The database is ready")
    return 0


def shell(given: Namespace) -> int:
    """Django's shell."""
    django_ready()
    from django.core.management import call_command

    call_command("shell")
    return 0


def secret(given: Namespace) -> int:
    """A new secret for the environment."""
    print(secrets.token_urlsafe(64))
    return 0


def first_admin(given: Namespace) -> int:
    """A one-time link with which the first administrator makes their own account."""
    django_ready()
    prepare_database()
    from opora.foundation.accounts.actions import first_administrator_link
    from opora.foundation.core.errors import ActionRefused

    try:
        print(first_administrator_link())
    except ActionRefused as error:
        raise Refused(str(error)) from error
    return 0
