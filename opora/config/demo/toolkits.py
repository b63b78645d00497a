"""A toolkit taken and changed by the centre in Troyan, and a form of it that is being filled."""

from __future__ import annotations

import datetime as dt

from opora.care.casework import actions, queries_toolkits
from opora.care.casework.models import ClientFile, Plan
from opora.care.casework.toolkits import rewording
from opora.config.demo.ending import head_of
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.register.models import Service

Q = dt.timedelta


def take_toolkits(started: dt.datetime) -> None:
    """Troyan took the toolkit of its type and changed a word; the first child's assessment is being filled by it."""
    service = Service.objects.get(code=SERVICE)
    head, worker = head_of(service), _actor(User.objects.get(email="worker-troyan@example.bg"))
    with clock.at(started - Q(days=30)):
        toolkit = actions.take_toolkit(head, service, "community_support")
    with clock.at(started - Q(days=25)):
        tables = queries_toolkits.package_of(queries_toolkits.version_of(toolkit)).tables("assessment")
        said = {
            one.name: rewording.Said(one.label, one.hint, one.required) for one in rewording.lines(tables)
        }
        said["help_around"] = rewording.Said(
            "Кой помага на семейството и колко често", "Роднини, съседи, училище.", required=True
        )
        actions.reword(
            head,
            toolkit,
            "assessment",
            said,
            ["Кога му е удобно на семейството да идваме?"],
            change="Питаме за хората наоколо и за удобния час.",
        )
    with clock.at(started - Q(days=3)):
        first = ClientFile.objects.filter(service=service, plans__state=Plan.APPROVED).order_by("pk")[0]
        filled = actions.begin_form(worker, first, toolkit, "assessment")
        home = {
            **filled.answers.get("home", {}),
            "housing": "yes",
            "income": "partly",
            "help_around": "Бабата, всяка сряда.",
        }
        reason = {"reasons": ["school"], "danger": "no"}
        actions.save_form(
            worker, filled, {**filled.answers, "home": home, "reason": reason}, version=filled.version
        )
