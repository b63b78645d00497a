"""Who of the people sent observes which service: two each, never one's own employer, the work shared evenly."""

from __future__ import annotations

from collections.abc import Sequence

from opora.evidence.monitoring import conflicts
from opora.foundation.accounts.models import User
from opora.register.models import Service

OBSERVERS = 2


def pairs(people: Sequence[User], services: Sequence[Service]) -> tuple[dict[int, list[User]], list[Service]]:
    """Two observers for each service (by its key), and the services for which two are not to be had."""
    tied = conflicts.ties(people, services)
    load = {person.pk: 0 for person in people}
    found: dict[int, list[User]] = {}
    without: list[Service] = []
    for service in services:
        free = [person for person in people if (person.pk, service.pk) not in tied]
        chosen = sorted(free, key=lambda person: load[person.pk])[:OBSERVERS]
        if len(chosen) < OBSERVERS:
            without.append(service)
            continue
        for person in chosen:
            load[person.pk] += 1
        found[service.pk] = chosen
    return found, without
