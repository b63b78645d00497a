"""A sender of letters killed at random, again and again, against a mail server of our own (R4). Run:

    python -m opora.foundation.messages.tests.killing KILLS SEED [careless]

Everything lives in OPORA_DATA_DIR. A kill counts only when a letter was on its way. After each the server is asked what it
has: no letter twice, none taken that is not known to have left. `careless` sends again what is not known: then it must fail.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from collections import Counter
from typing import Any, NoReturn

LEASE = dt.timedelta(seconds=0.4)
PATIENCE = 60.0
WIDENED = 0.02
"""Seconds a sender thinks after it wrote that it hands a letter over, so that kills fall there too."""
LETTERS = 12


def main(kills: int, seed: int, *, careless: bool) -> None:
    """The whole trial; the last line says how many kills met a letter, and where."""
    import django

    django.setup()
    from django.conf import settings

    from opora.foundation.messages import delivery
    from opora.foundation.messages.tests.sink import Sink

    sink, chance = Sink(seed), random.Random(seed)
    settings.EMAIL_BACKEND = "opora.foundation.messages.smtp.OutboxBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    delivery.LEASE = LEASE
    _widen(careless)
    met: Counter[str] = Counter()
    while sum(met.values()) < kills:
        _fill()
        number = _sender()
        time.sleep(chance.uniform(0.05, 0.6))
        met[_killed(number)] += 1
        met.pop("nothing", None)
        _check(sink)
    _until_quiet()
    _check(sink)
    _settle(sink)
    print(f"{sum(sink.taken.values())} letters taken, {sink.cut} cut before their end")
    print(f"{sum(met.values())} kills met the work: {dict(met)}")


def _widen(careless: bool) -> None:
    from opora.foundation.messages import delivery
    from opora.foundation.messages.models import Message

    once = delivery._hand_over

    def slow(message: Any) -> None:
        once(message)
        time.sleep(random.uniform(0, WIDENED))

    def again() -> int:
        left = Message.objects.filter(claimed_at__lt=dt.datetime.now(dt.UTC) - LEASE)
        return left.filter(state__in=(Message.SENDING, Message.HANDED)).update(state=Message.WAITING)

    delivery._hand_over = slow
    if careless:
        delivery.recover = again


def _fill() -> None:
    """Letters enough that a sender never runs out of them."""
    from opora.foundation.accounts.actors import system
    from opora.foundation.messages import actions
    from opora.foundation.messages.models import Message

    waiting, made = Message.objects.waiting().count(), Message.objects.count()
    letters = [
        actions.Letter(
            key=f"trial:{made + n}", to_email="csop@example.bg", subject="Проба", body=".ред\nРед", path="BG", urgent=True
        )
        for n in range(LETTERS - waiting)
    ]  # fmt: skip
    actions.queue(system(), letters)


def _sender() -> int:
    from django.db import connections

    from opora.foundation.messages import delivery

    connections.close_all()
    number = os.fork()
    if number:
        return number
    try:
        while True:
            delivery.deliver()
            time.sleep(0.02)
    finally:
        os._exit(1)


def _killed(number: int) -> str:
    """Kill the sender; gives where its letter was."""
    from opora.foundation.messages.models import Message

    os.kill(number, signal.SIGKILL)
    _pid, status = os.waitpid(number, 0)
    if not os.WIFSIGNALED(status):
        fail("a sender ended by itself")
    left = Message.objects.filter(claimed_at__gte=dt.datetime.now(dt.UTC) - 3 * LEASE)
    on_the_way = left.filter(state__in=(Message.SENDING, Message.HANDED)).order_by("claimed_at").last()
    return {None: "nothing", Message.SENDING: "sending", Message.HANDED: "handed"}[
        on_the_way.state if on_the_way else None
    ]


def _until_quiet() -> None:
    """The last senders work in peace until nothing waits and nothing is on its way."""
    from opora.foundation.messages import delivery
    from opora.foundation.messages.models import Message

    limit = time.monotonic() + PATIENCE
    while Message.objects.filter(state__in=(Message.WAITING, Message.SENDING, Message.HANDED)).exists():
        delivery.deliver()
        time.sleep(0.05)
        if time.monotonic() > limit:
            fail("letters never left")


def _check(sink: Any) -> None:
    """What must hold after every kill."""
    from opora.foundation.messages.models import Message

    twice = {name: n for name, n in sink.taken.items() if n > 1}
    if twice:
        fail(f"double: {twice}")
    states = {_name(one): one.state for one in Message.objects.all()}
    wrong = {
        name: state
        for name, state in states.items()
        if (state in (Message.WAITING, Message.FAILED) and sink.taken[name])
        or (state == Message.SENT and not sink.taken[name])
    }
    if wrong:
        fail(f"wrong: {wrong}")


def _settle(sink: Any) -> None:
    """A person asks about each of which nobody knows; then every letter was taken once."""
    from opora.foundation.accounts.actors import Actor, Holding
    from opora.foundation.messages import actions
    from opora.foundation.messages.models import Message

    person = Actor(1, "Проба", "", "", (Holding("national_admin", "BG"),), second_factor=True)
    unknown = list(Message.objects.unknown())
    received = [one for one in unknown if sink.taken[_name(one)]]
    for one in unknown:
        actions.settle_unknown(person, one, received=one in received)
    _until_quiet()
    states = Counter(Message.objects.values_list("state", flat=True))
    once = set(sink.taken.values()) == {1} and len(sink.taken) == Message.objects.count()
    if set(states) != {Message.SENT} or not once:
        fail(f"not each once: {states}, {sink.taken.most_common(3)}")
    print(f"of {len(unknown)} letters nobody knew; {len(received)} had been received")


def _name(message: Any) -> str:
    return str(message.key.encode().hex()[:120])


def fail(words: str) -> NoReturn:
    """End the trial with the reason."""
    raise SystemExit(words)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), careless="careless" in sys.argv[3:])
