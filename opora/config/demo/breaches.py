"""Two breaches of the demonstration: one whose clock runs, and one that was told in time and closed."""

from __future__ import annotations

import datetime as dt

from opora.care.protection import actions, queries
from opora.care.protection.models import Breach
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.register.models import Service


def keep_breaches(started: dt.datetime) -> None:
    """A letter sent to a wrong address a day and a half ago; a lost telephone a quarter of a year ago."""
    head, worker, officer = (
        _actor(User.objects.get(email=f"{who}@example.bg"))
        for who in ("head-troyan", "worker-troyan", "data-protection")
    )
    _lost(worker, head, officer, started - dt.timedelta(days=92))
    yesterday = (started - dt.timedelta(days=1)).astimezone(terms.SOFIA).date()
    _papers(head, officer, started)
    _letter(worker, head, dt.datetime.combine(yesterday, dt.time(10, 20), terms.SOFIA))


def _letter(worker: Actor, head: Actor, noticed: dt.datetime) -> None:
    with clock.at(noticed + dt.timedelta(minutes=20)):
        told = actions.tell_breach(
            worker, service=_centre(), noticed_at=noticed,
            what="Покана за среща на екипа е изпратена на грешен адрес. В нея пише, че детето посещава психолог.",
        )  # fmt: skip
    with clock.at(noticed + dt.timedelta(hours=3)):
        _write(head, told, {
            "happened_at": noticed - dt.timedelta(hours=2), "people_about": 3,
            "taken": "Получателят е помолен да върне писмото неотворено. Адресите в списъка за покани са проверени.",
        }, {"security": ["secrecy"], "kinds": ["names", "contact", "health"], "people": ["children", "relatives"]})  # fmt: skip


def _lost(worker: Actor, head: Actor, officer: Actor, noticed: dt.datetime) -> None:
    with clock.at(noticed + dt.timedelta(minutes=15)):
        told = actions.tell_breach(
            worker, service=_centre(), noticed_at=noticed,
            what="Служебен телефон с адресник на родители е изгубен в автобус.",
        )  # fmt: skip
    with clock.at(noticed + dt.timedelta(hours=2)):
        facts = {
            "happened_at": noticed - dt.timedelta(hours=1), "people_about": 40, "records_about": 40,
            "consequences": "Непознат може да звъни на семейства и да узнае, че ползват услугата.",
            "taken": "Телефонът е изтрит от разстояние след 50 минути. Картата е спряна.",
            "planned": "Номерата се пазят само в Опора.",
        }  # fmt: skip
        _write(
            head,
            told,
            facts,
            {"security": ["secrecy", "availability"], "kinds": ["names", "contact"], "people": ["relatives"]},
        )
    with clock.at(noticed + dt.timedelta(hours=20)):
        actions.decide_breach(
            officer,
            told,
            risk="risk",
            why="Телефонът не е бил заключен почти час, а в него личи кой ползва услугата.",
        )
    with clock.at(noticed + dt.timedelta(hours=26)):
        actions.notify(
            head, told, whom="commission", at=clock.now(), how="Уведомление с изх. № 114 (измислено)"
        )
    with clock.at(noticed + dt.timedelta(days=6)):
        actions.close_breach(
            head, told, closing="Служебните телефони се заключват с код и нямат собствен адресник."
        )


def _papers(head: Actor, officer: Actor, started: dt.datetime) -> None:
    """An assessment begun, and the rules once printed."""
    provider = _centre().organisation
    with clock.at(started - dt.timedelta(days=40)):
        actions.write_impact(
            head, provider, "extent", seen=0,
            text="Около тридесет деца и семействата им от Троян и селата. Хартиени папки отпреди 2026 г. стоят в заключен шкаф.",
        )  # fmt: skip
        actions.take_edition(officer)
    with clock.at(started - dt.timedelta(days=33)):
        actions.write_impact(
            officer, provider, "officer", seen=0,
            text="Преди първото истинско досие да се зададе срок за пазене и да се напише кой има ключовете на копията.",
        )  # fmt: skip


def _centre() -> Service:
    return Service.objects.get(code=SERVICE)


def _write(head: Actor, told: Breach, facts: dict[str, object], marks: dict[str, list[str]]) -> None:
    now = queries.breach_for(head, told.code)
    known = {
        "what": now.what, "noticed_at": now.noticed_at, "happened_at": None, "ended_at": None, "people_about": None,
        "records_about": None, "consequences": "", "taken": "", "planned": "", "advice": "",
    }  # fmt: skip
    actions.write_breach(head, now, known | facts, marks, version=now.version)
