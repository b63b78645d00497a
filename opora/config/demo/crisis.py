"""Risks, a safety plan and crises of the demonstration: one that runs, one that was closed."""

from __future__ import annotations

import datetime as dt

from opora.care.casework import actions
from opora.care.casework.models import ClientFile, Relation
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SAFETY = {
    "sign": ["Баща ми говори високо и заключва вратата", "Стомахът ми се свива"],
    "help": ["Слушам музика при баба", "Броя бавно до двайсет"],
    "call": ["Баба Станка, 0670 600 13", "Спешна помощ, 112", "Телефонна линия за деца, 116 111"],
    "step": ["Взимам телефона и ключа от двора", "Отивам при баба", "Звъня на Теодора"],
}


def hold_crises(started: dt.datetime) -> None:
    """As they would have happened, up to the hour the demonstration was made."""
    worker = _actor(User.objects.get(email="worker-troyan@example.bg"))
    files = list(ClientFile.objects.filter(service__code=SERVICE, sealed=False).order_by("pk"))
    with clock.at(started - 50 * DAY):
        _closed(worker, files[1])
    with clock.at(started - 6 * DAY):
        _risks(worker, files[2])
    with clock.at(started - 9 * HOUR):
        _running(worker, files[2])


def _risks(worker: Actor, file: ClientFile) -> None:
    guardian = Relation.objects.filter(file=file).select_related("person").get()
    actions.set_risk(
        worker, file, file.person, level=2, why="Спи при съседи, когато бащата се върне пиян.",
        factors={"for": ["Бащата пие и вика", "Няма телефон у дома"], "against": ["Баба ѝ живее наблизо", "Казва, когато я е страх"]},
        review_on=clock.today() + 14 * DAY,
    )  # fmt: skip
    actions.set_risk(
        worker, file, guardian.person, level=1, why="Сама е и се уморява, съседите помагат.",
        factors={"for": ["Болно сърце"], "against": ["Съседи"]},
    )  # fmt: skip
    actions.write_safety_plan(
        worker, file, lines=SAFETY, agreed_with="детето и бабата", review_on=clock.today() + 30 * DAY
    )


def _running(worker: Actor, file: ClientFile) -> None:
    signal = actions.receive_signal(
        worker, file, source="school", whom="класният ръководител", received_at=clock.now() - HOUR / 2,
        what="Детето дойде със синина на ръката и каза, че не иска да се прибира.",
    )  # fmt: skip
    crisis = signal.crisis
    actions.name_helper(worker, crisis, role="lead", name=worker.name, phone="0670 600 01")
    actions.name_helper(worker, crisis, role="child", name="Милен Дечков", phone="0670 600 02")
    call = "Отдел „Закрила на детето“"
    actions.add_step(
        worker,
        crisis,
        kind="call",
        text=call,
        who=worker.name,
        result="Приеха сигнала, ще дойдат в училището.",
    )
    actions.add_step(
        worker,
        crisis,
        kind="step",
        text="Разговор с детето в училище",
        who="Милен Дечков",
        until=clock.now() + 3 * HOUR,
    )
    actions.add_step(
        worker, crisis, kind="step", text="Преглед при лекар", who=worker.name, until=clock.now() + 20 * HOUR
    )


def _closed(worker: Actor, file: ClientFile) -> None:
    signal = actions.receive_signal(
        worker, file, source="family", whom="лелята", what="Майката не отваря вратата от вчера.", received_at=clock.now() - HOUR
    )  # fmt: skip
    with clock.at(clock.now() + 5 * HOUR):
        actions.assess_signal(
            worker, signal, finding="Майката и детето са добре. Звънецът не работи.", danger="none"
        )
        actions.close_crisis(
            worker, signal.crisis, outcome="unfounded", closing="Работата по плана продължава."
        )
