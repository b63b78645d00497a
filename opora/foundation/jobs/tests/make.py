"""Makers and kinds of work for tests."""

from __future__ import annotations

import threading
from typing import Any

from opora.foundation.accounts.actors import Actor, system
from opora.foundation.core.errors import ActionRefused
from opora.foundation.jobs import actions, work
from opora.foundation.jobs.models import Job
from opora.foundation.jobs.progress import Progress


def job(
    actor: Actor | None = None, kind: str = "trial.count", *, key: str | None = None, **params: Any
) -> Job:
    """A job in the queue."""
    return actions.start(actor or system(), kind, params, title="Пробна работа", key=key)


@work("trial.count")
def count(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Count to a number, one transaction a step."""
    goal = params.get("to", 3)
    progress.total(goal)
    for number in range((progress.mark or 0) + 1, goal + 1):
        with progress.transaction(number, done=number, note=f"Стъпка {number}"):
            SEEN.append(number)
    return {"text": f"Преброени {goal}", "url": "/jobs/", "link": "Виж"}


@work("trial.refuse")
def refuse(progress: Progress, params: dict[str, Any]) -> None:
    """Work that cannot be done, said in words."""
    raise ActionRefused("Кръгът не е приключен.")


@work("trial.break")
def break_down(progress: Progress, params: dict[str, Any]) -> None:
    """Work with a fault in the program."""
    raise ZeroDivisionError


@work("trial.stop")
def stop(progress: Progress, params: dict[str, Any]) -> None:
    """Work that its owner stops after the first step."""
    progress.total(9)
    with progress.transaction(1, done=1):
        SEEN.append(1)
    Job.objects.filter(pk=progress.job_id).update(cancel_requested=True)
    with progress.transaction(2):
        SEEN.append(2)


@work("trial.lose")
def lose(progress: Progress, params: dict[str, Any]) -> None:
    """Work whose job goes to another worker while a transaction is open."""
    with progress.transaction(1):
        SEEN.append(1)
        Job.objects.filter(pk=progress.job_id).update(worker="another", note="на друг")


@work("trial.end")
def end(progress: Progress, params: dict[str, Any]) -> None:
    """Work whose worker is told to end after the first step."""
    for number in range((progress.mark or 0) + 1, 4):
        with progress.transaction(number, done=number):
            SEEN.append(number)
        END.set()


END = threading.Event()
"""Ends the worker of the test."""
SEEN: list[int] = []
"""What the functions above did."""
