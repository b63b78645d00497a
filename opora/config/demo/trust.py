"""A sealed file and an opening in an emergency, so that their pages have something to show."""

from __future__ import annotations

import datetime as dt

from opora.care.casework import actions
from opora.care.casework.models import ClientFile
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.register.models import Service


def guard_files(started: dt.datetime) -> None:
    """A mother in refuge from violence, and a head of another service who opened a file at night."""
    head = User.objects.get(email="head-troyan@example.bg")
    worker = User.objects.get(email="worker-troyan@example.bg")
    with clock.at(started - dt.timedelta(days=20)):
        file = actions.open_file(
            _actor(worker), Service.objects.get(code=SERVICE), asked_by="service", ground="court",
            wished_on=clock.today(), lead=worker,
            person={"first_name": "Невена", "last_name": "Горанова", "born": dt.date(2017, 3, 14), "sex": "f"},
            parent={"kind": "mother", "first_name": "Гергана", "last_name": "Горанова", "phone": "0670 600 19", "decides": True},
        )  # fmt: skip
        actions.seal_file(_actor(head), file, kind="violence", why="Бащата издирва детето и майката.")
    with clock.at(started - dt.timedelta(hours=2)):
        actions.ask_to_unseal(_actor(worker), file, why="Трябва да подготвя прегледа на плана.")
    stranger = User.objects.get(email="head-daga@example.bg")
    with clock.at(started - dt.timedelta(days=1, hours=4)):
        known = ClientFile.objects.filter(service__code=SERVICE, sealed=False).earliest("pk")
        why = "Дете от Троян е в болница в Момчилград без близък, лекарите питат за алергии."
        actions.open_in_emergency(_actor(stranger), known, reason="hospital", why=why)
