"""How a week and a caseload are shown."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework.models import Visit
from opora.care.casework.queries_work import WEIGHTS, Load
from opora.foundation.core import clock, terms
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats


def days(visits: list[Visit]) -> list[dict[str, Any]]:
    """Visits by day, as task lists."""
    found: dict[Any, list[dict[str, object]]] = {}
    for visit in visits:
        found.setdefault(visit.at.astimezone(terms.SOFIA).date(), []).append(_task(visit))
    return [{"day": day, "items": items} for day, items in found.items()]


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


def weights() -> list[tuple[str, str]]:
    """What the weight is made of: each rule with its value and whether anybody has checked it."""
    return [(one.text, _weight(one)) for one in rules.values(WEIGHTS).values()]


def _weight(one: rules.Value) -> str:
    value = _("няма стойност и не тежи") if one.number is None else formats.number(one.number)
    return value if one.verified else _("%(value)s, непроверена норма") % {"value": value}


def brief(load: Load) -> tuple[str, str]:
    """A line of the first page: who, how many files and their weight."""
    words = ngettext("%(files)s досие, тежест %(weight)s", "%(files)s досиета, тежест %(weight)s", load.files)
    said = words % {"files": load.files, "weight": load.shown}
    return load.name or _("без водещ"), said
