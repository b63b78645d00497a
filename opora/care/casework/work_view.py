"""How a week and a caseload are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework.models import Visit
from opora.care.casework.queries_work import WEIGHTS, Load
from opora.foundation.core import clock, terms
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats


def days(visits: list[Visit]) -> list[dict[str, Any]]:
    """Visits by day, as task lists; a day is called by its name."""
    found: dict[Any, list[dict[str, object]]] = {}
    for visit in visits:
        found.setdefault(visit.at.astimezone(terms.SOFIA).date(), []).append(_task(visit))
    return [{"day": day, "name": day_name(day), "items": items} for day, items in found.items()]


def day_name(day: dt.date) -> str:
    """„Днес, събота, 28.11.2026“, „Понеделник, 30.11.2026“."""
    near = {0: _("днес"), 1: _("утре")}.get((day - clock.today()).days)
    name = ", ".join(part for part in (near, str(WEEKDAYS[day.weekday()]), formats.date(day)) if part)
    return name[0].upper() + name[1:]


def _task(visit: Visit) -> dict[str, object]:
    past = visit.at < clock.now()
    begins = visit.at.astimezone(terms.SOFIA)
    return {
        "title": f"{begins:%H:%M} {visit.get_kind_display()}: {visit.file.person.name}",
        "href": reverse("casework_visit", args=[visit.pk]),
        "hint": f"{visit.file.code} · {visit.file.service.name}",
        "status": _("чака запис") if past else _("предстои"),
        "kind": "waiting" if past else "info",
    }


@dataclass(frozen=True)
class Weights:
    """What the weight is made of: each rule with its value, and whether anybody has checked them."""

    rows: list[tuple[str, str]]
    unchecked: bool


def weights() -> Weights:
    """The rules of the weight; where none of them is checked that is said once for all."""
    found = list(rules.values(WEIGHTS).values())
    unchecked = not any(one.verified for one in found)
    return Weights([(one.text, _weight(one, unchecked)) for one in found], unchecked)


def _weight(one: rules.Value, said_below: bool) -> str:
    value = _("няма стойност и не тежи") if one.number is None else formats.number(one.number)
    return value if one.verified or said_below else _("%(value)s, непроверена норма") % {"value": value}


def brief(load: Load) -> tuple[str, str]:
    """A line of the first page: who, how many files and their weight."""
    words = ngettext("%(files)s досие, тежест %(weight)s", "%(files)s досиета, тежест %(weight)s", load.files)
    said = words % {"files": load.files, "weight": load.shown}
    return load.name or _("без водещ"), said
