"""What every page of one file says and asks about before anything else, in one statement each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from opora.care.casework import policies
from opora.care.casework.models import Bait, ChangeOffer, ClientFile, Death, Emergency, Look
from opora.care.casework.urgency import FIELDS, with_urgency
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.prepared import Prepared
from opora.foundation.rules import queries as rules

OF_FILE = (*FIELDS, "emergency_until", "watched", "died_on", "offered", "most_hour", "most_day")


def know(actor: Actor, file: ClientFile) -> None:
    """Fill in what the header shows of a file this actor reads: crisis, risk, death, until when it is open in an emergency."""
    asked = HEADER.rows(file=file.pk, user=actor.user_id or 0, now=clock.now(), today=clock.today())
    for name, value in asked[0].items():
        setattr(file, name, value)
    if file.emergency_until and policies.reads_by_work(actor, file):
        file.emergency_until = None  # it has become their work since


def _of_file(file: int, user: int, now: dt.datetime, today: dt.date) -> QuerySet[Any, Any]:
    urgent = Emergency.objects.running(now).filter(user_id=user, file_id=OuterRef("pk"))
    offers = ChangeOffer.objects.waiting().filter(file=OuterRef("pk"))
    found = with_urgency(ClientFile.objects.filter(pk=file).order_by()).annotate(
        emergency_until=Subquery(urgent.values("until")[:1]),
        watched=Exists(Bait.objects.filter(file=OuterRef("pk"))),
        died_on=Subquery(Death.objects.filter(file=OuterRef("pk")).values("on")),
        offered=Exists(offers),
        most_hour=rules.value_in_force("files_hour", today),
        most_day=rules.value_in_force("files_day", today),
    )
    asked: QuerySet[Any, Any] = found.values(*OF_FILE)
    return asked


HEADER = Prepared(_of_file, file=int, user=int, now=dt.datetime, today=dt.date)


def _seen(user: int, file: int, hour_ago: dt.datetime, begun: dt.datetime) -> QuerySet[Any, Any]:
    others, mine = ~Q(file=file), Look.objects.filter(user_id=user).order_by()
    recent = mine.filter(Q(at__gte=begun) | Q(at__gt=hour_ago))
    return recent.values("user_id").annotate(
        hour=Count("pk", filter=others & Q(at__gt=hour_ago)),
        day=Count("pk", filter=others & Q(at__gte=begun)),
        known=Count("pk", filter=Q(file=file, at__gte=begun)),
    )


SEEN = Prepared(_seen, user=int, file=int, hour_ago=dt.datetime, begun=dt.datetime)
"""How many other files somebody opened in the last hour and today, and whether they opened this one today."""
