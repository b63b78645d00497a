"""The demonstration: two living regions brought in by the same doors people use, once."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from opora.care.casework import wall
from opora.config.commands.ready import load_facts, prepare_database
from opora.config.demo import (
    breaches,
    crisis,
    ending,
    family,
    files,
    frameworks,
    groups,
    opinions,
    people,
    practices,
    protection,
    rounds,
    standards,
    toolkits,
    trust,
    visits,
    workbook,
)
from opora.desk.reports.actions import release_files
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.messages.delivery import deliver
from opora.register.imports import import_register

Tell = Callable[[str], None]


def tell(text: str) -> None:
    """Progress for whoever waits at the terminal."""
    print(f"  {text}", file=sys.stderr, flush=True)


def prepare_demonstration(*, scale: str = "regions") -> None:
    """Make what of the demonstration does not stand yet; a broken attempt leaves nothing half done."""
    prepare_database()
    if not User.objects.filter(demonstration=True).exists():
        _two_regions()
        rounds.ask_for_analysis()
    if scale == "nation":
        from opora.config.demo import nation

        if not nation.stands():
            nation.fill(tell)


def _two_regions() -> None:
    tell("Подготвя се демонстрацията · preparing the demonstration")
    started = clock.now()
    with transaction.atomic(), wall.whole():
        load_facts()
        with clock.at(started - dt.timedelta(days=210)):
            bring_register(workbook.rows("services"), workbook.rows("posts"))
        rounds.count_again(started)
        people.settle(clock.today() - dt.timedelta(days=400))
        rounds.hold(started)
        files.open_files(started)
        family.gather_families(started)
        family.meet_families(started)
        family.bring_papers(started)
        trust.guard_files(started)
        opinions.ask_and_answer(started)
        crisis.hold_crises(started)
        groups.gather(started)
        ending.end_work(started)
        toolkits.take_toolkits(started)
        protection.protect_files(started)
        breaches.keep_breaches(started)
        visits.visit_regions(started)
        practices.fill(started)
        standards.check_standards(started)
        frameworks.reword(started)
        with clock.at(started - dt.timedelta(hours=1)):
            deliver(limit=1_000)
        release_files(system())


def bring_register(services: list[dict[str, str]], posts: list[dict[str, str]]) -> None:
    """By the import command's own door."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        file.write_bytes(workbook.workbook(services, posts))
        report = import_register(file, actor=system("Демонстрация"))
    if not report.ok:
        raise ValueError(report.as_text())
