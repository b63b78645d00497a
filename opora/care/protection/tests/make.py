"""Makers: `make.told(worker)`, `make.head()`, `make.officer()`, `make.written(head, breach)`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.care.casework.tests import make as files
from opora.care.protection import actions, queries
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.register.models import Service

FACTS: dict[str, Any] = {
    "what": "Писмо е изпратено на грешен адрес.", "happened_at": None, "ended_at": None, "people_about": 3,
    "records_about": 1, "consequences": "Непознат научава, че детето ползва услугата.", "taken": "Писмото е върнато.",
    "planned": "", "advice": "Не отговаряйте на непознати.",
}  # fmt: skip
MARKS = {"security": ["secrecy"], "kinds": ["names", "health"], "people": ["children"]}


def service(code: str = "LOV-17") -> Service:
    return files.service(code)


def worker(place: Service | None = None) -> Actor:
    return files.as_actor(files.person_in(place or service(), "case_manager"))


def head(place: Service | None = None) -> Actor:
    return files.as_actor(files.person_in(place or service(), "service_manager"))


def officer() -> Actor:
    return files.as_actor(people.user("dpo_auditor", "BG"))


def told(by: Actor | None = None, *, what: str = "Писмо е изпратено на грешен адрес.", noticed_at: dt.datetime | None = None,
         place: Service | None = None) -> Breach:  # fmt: skip
    place = place or service()
    when = noticed_at or clock.now() - dt.timedelta(hours=2)
    return actions.tell_breach(by or worker(place), what=what, noticed_at=when, service=place)


def written(keeper: Actor, breach: Breach, marks: Any = None, **facts: Any) -> Breach:
    now = queries.breach_for(keeper, breach.code)
    known = (
        FACTS | {"noticed_at": now.noticed_at, "happened_at": now.noticed_at - dt.timedelta(hours=1)} | facts
    )
    actions.write_breach(keeper, now, known, marks or MARKS, version=now.version)
    return queries.breach_for(keeper, breach.code)


def decided(keeper: Actor, breach: Breach, risk: str = "risk") -> Breach:
    actions.decide_breach(keeper, breach, risk=risk, why="Данните са за здраве.")
    return queries.breach_for(keeper, breach.code)


def notified(keeper: Actor, breach: Breach, whom: str = "commission", **said: Any) -> Breach:
    facts = {"at": clock.now(), "how": "изх. № 3"} | said
    actions.notify(keeper, breach, whom=whom, **facts)
    return queries.breach_for(keeper, breach.code)
