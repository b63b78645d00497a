"""Makers of frameworks, rounds and visits, for the tests of this room and of the rooms above."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from opora.evidence.monitoring import actions, entries, queries, stages
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.content import Content, Group, Item
from opora.evidence.monitoring.models import (
    MATURITY,
    Framework,
    FrameworkVersion,
    Observer,
    Round,
    Visit,
)
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.register.models import Service
from opora.register.tests import make as register

_numbers = itertools.count(1)
Marks = Mapping[str, int | str | None] | int
"""Levels by indicator code, or one level for all."""


def content(*codes: str, levels: Sequence[int] = range(5)) -> Content:
    """A small framework: one domain per first digit, words for every level."""
    codes = codes or ("1.1", "1.2", "2.1", "2.2")
    names = {"1": "content", "2": "sectors", "3": "community", "4": "transferability"}
    groups = dict.fromkeys(names[code[0]] for code in codes)
    items = tuple(
        Item(
            names[code[0]],
            code,
            f"Показател {code}",
            evidence="Два примера.",
            weight=Decimal(1),
            anchors=tuple((level, f"Думи за степен {level} на {code}") for level in levels),
        )
        for code in codes
    )
    return Content(tuple(Group(code, f"Област {code}", weight=Decimal(1)) for code in groups), items)


def version(*codes: str, kind: str = MATURITY, published: bool = True) -> FrameworkVersion:
    """A framework of one version; published unless said otherwise."""
    number = next(_numbers)
    framework = Framework.objects.create(code=f"f{number}", kind=kind, title=f"Рамка {number}")
    draft = actions.begin_draft(coordinator(), framework)
    new = content(*codes, levels=framework.levels)
    draft = actions.put_content(coordinator(), draft, new, change=draft.change)
    return actions.publish_version(coordinator(), draft) if published else draft


def coordinator(scope: str = "BG/LOV", name: str = "Ралица Стоева") -> Actor:
    """A coordinator as a value, without an account."""
    return people.actor("regional_coordinator", scope, name=name, organisation="Област")


def observer(scope: str = "BG/LOV", role: str = "regional_coordinator", **fields: Any) -> User:
    """Somebody who may be sent to visits."""
    return people.user(role, scope, **fields)


def as_actor(person: User) -> Actor:
    """The person as they act."""
    held = tuple(Holding(grant.role, grant.scope) for grant in person.grants.all())
    return Actor(person.pk, person.name, person.organisation, person.email, held, second_factor=True)


def head(service: Service) -> Actor:
    """The head of a service as a value."""
    return people.actor("service_manager", service.path, name="Жана Илиева")


def round_(
    *,
    services: Sequence[Service] | int = 1,
    of: FrameworkVersion | None = None,
    observers: Sequence[User] = (),
    region: str = "LOV",
    starts: dt.date | None = None,
    days: int = 60,
) -> Round:
    """An open round over every service of a region; an integer makes that many services first."""
    if isinstance(services, int):
        town = {"LOV": "LOV18", "KRZ": "KRZ16"}[region]
        services = [register.service(where=register.municipality(town)) for _ in range(services)]
    starts = starts or clock.today()
    sent = list(observers) or [observer(f"BG/{region}"), observer(f"BG/{region}")]
    return actions.open_round(
        coordinator(f"BG/{region}"), version=of or version(), region=register.region(region), starts=starts,
        ends=starts + dt.timedelta(days=days), people=sent,
    )  # fmt: skip


def visit(stage: str = stages.PLANNED, marks: tuple[Marks, Marks] | None = None, **given: Any) -> Visit:
    """One visit in the state named, brought there by the actions people would take. `marks`: those of each observer."""
    made = round_(**given).visits.get()
    bring(made, stage, marks)
    return again(made)


def bring(made: Visit, stage: str, marks: tuple[Marks, Marks] | None = None) -> None:
    """Take a visit to a state."""
    order = list(stages.STAGES)
    if stage == stages.PLANNED:
        return
    one, two = marks or (2, 2)
    seats = list(made.observers.select_related("user").order_by("place"))
    mark(seats[0], one)
    if stage == stages.MARKING:
        return
    mark(seats[1], two)
    for seat in seats:
        actions.lock_marks(as_actor(seat.user), again(made))
    if order.index(stage) >= order.index(stages.CONSENSUS):
        settle(made)
    if order.index(stage) >= order.index(stages.REPORTED):
        words = {"strengths": "Екипът познава хората.", "advice": "Да се мери напредъкът."}
        actions.issue_report(as_actor(seats[0].user), again(made), **words)
    if order.index(stage) >= order.index(stages.ANSWERED):
        actions.answer_report(head(made.service), again(made), text="Съгласни сме.")
    if stage == stages.AGREED:
        agree(made)


def mark(seat: Observer, levels: Marks, *, note: str = "Видяхме две досиета.") -> None:
    """Enter a level and a note for every indicator."""
    version = seat.visit.round.version
    codes = [one.code for one in queries.indicators_of(version)]
    given = dict.fromkeys(codes, levels) if isinstance(levels, int) else dict(levels)
    said = {f"level:{code}": "" if level is None else str(level) for code, level in given.items()}
    said |= {f"note:{code}": note for code in given}
    over = entries.by_slot(seat.entries.standing())
    typed = [
        Typed(key(), slot, value, tuple(row.key for row in over.get(slot, ())))
        for slot, value in said.items()
    ]
    actions.receive(as_actor(seat.user), again(seat.visit), typed)


def settle(made: Visit) -> None:
    """Settle every difference on the higher mark."""
    from opora.evidence.monitoring.actions.consensus import left
    from opora.evidence.monitoring.models import Indicator

    by = as_actor(made.observers.first().user)
    for final in left(again(made)):
        level = max(one.level or 0 for one in final.seen)
        actions.agree_mark(
            by,
            again(made),
            Indicator.objects.get(pk=final.indicator_id),
            value=str(level),
            why="Видяхме пак.",
        )


def agree(made: Visit) -> None:
    """A programme of one step, agreed."""
    by = head(made.service)
    due = clock.today() + dt.timedelta(days=90)
    actions.add_row(by, again(made), what="Мери напредъка по целите", who="Екипът", due=due)
    actions.offer_programme(by, again(made))
    actions.agree_programme(coordinator(made.round.path), again(made))


def key() -> str:
    """A key as a device makes it."""
    return f"00000000-0000-4000-8000-{next(_numbers):012d}"


def again(made: Visit) -> Visit:
    """The visit as it stands now."""
    rows = Visit.objects.select_related("round__version__framework", "round__region", "service__organisation")
    return rows.get(pk=made.pk)
