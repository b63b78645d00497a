"""The fields of a breach that people write, their names on screen and paper, and what is missing of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.protection import kinds
from opora.care.protection.models import Breach
from opora.foundation.ui import formats

TEXTS = ("what", "consequences", "taken", "planned", "advice")
MOMENTS = ("noticed_at", "happened_at", "ended_at")
WRITTEN = ("what", *MOMENTS, "people_about", "records_about", "consequences", "taken", "planned", "advice")
LISTS = {"security": kinds.SECURITY, "kinds": kinds.DATA, "people": kinds.PEOPLE}
NAMES = {
    "what": gettext_lazy("Какво се е случило"),
    "noticed_at": gettext_lazy("Узнато на"),
    "happened_at": gettext_lazy("Станало на"),
    "ended_at": gettext_lazy("Продължило до"),
    "security": gettext_lazy("Вид на нарушението"),
    "kinds": gettext_lazy("Видове данни"),
    "people": gettext_lazy("Кои хора засяга"),
    "people_about": gettext_lazy("Приблизителен брой хора"),
    "records_about": gettext_lazy("Приблизителен брой записи"),
    "consequences": gettext_lazy("Вероятни последици за хората"),
    "taken": gettext_lazy("Взети мерки"),
    "planned": gettext_lazy("Предстоящи мерки"),
    "advice": gettext_lazy("Какво могат да направят самите хора"),
    "risk": gettext_lazy("Решение за риска"),
}
NEEDED = (
    "happened_at",
    "security",
    "kinds",
    "people",
    "people_about",
    "records_about",
    "consequences",
    "taken",
)
"""What the notice to the Commission says and a person must write; „за колко“ may be „около“."""


def in_words(value: object) -> str:
    """A value of a field for the history."""
    if value is None:
        return ""
    return formats.datetime(value) if isinstance(value, dt.datetime) else str(value)


def changes(breach: Breach, facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Fields that would change: name, before, after."""
    pairs = ((name, getattr(breach, name), facts[name]) for name in WRITTEN)
    return [(name, in_words(old), in_words(new)) for name, old, new in pairs if old != new]


def marks_in_words(about: str, codes: Iterable[str]) -> str:
    """„имена; здраве, увреждане, диагноза“, in the order of the list."""
    chosen = set(codes)
    names = kinds.SHORT.items() if about == "security" else LISTS[about]
    return "; ".join(str(words) for code, words in names if code in chosen)


def marks_of(breach: Breach, about: str) -> str:
    """The marks of a breach in words; reads what was fetched with it."""
    return marks_in_words(about, [mark.code for mark in breach.marks.all() if mark.about == about])


def risk_in_words(risk: str) -> str:
    """„висок риск“; empty before the decision."""
    return str(kinds.RISK_WORDS[risk]) if risk else ""


def value_of(breach: Breach, name: str) -> object:
    """What stands in a field, marks in words."""
    return marks_of(breach, name) if name in LISTS else getattr(breach, name)


def values_of(breach: Breach) -> dict[str, Any]:
    """What people wrote of a breach, as it stands: fields, and codes of the lists."""
    marked = {about: [mark.code for mark in breach.marks.all() if mark.about == about] for about in LISTS}
    return {name: getattr(breach, name) for name in WRITTEN} | marked


def missing(breach: Breach) -> list[str]:
    """Names of what the notice asks and nobody has written; a written nought is an answer."""
    return [str(NAMES[name]) for name in NEEDED if value_of(breach, name) in (None, "")]


def in_the_way(breach: Breach, *, untold_why: str = "") -> str | None:
    """Why the breach cannot be closed yet; None when nothing stands in the way."""
    if not breach.risk:
        return _("Още никой не е решил какъв е рискът за хората.")
    if breach.risk != "none" and breach.notified_at is None:
        return _("Комисията още не е уведомена. Запишете кога и как сте я уведомили.")
    if breach.people_wait and not untold_why:
        return _(
            "Рискът е висок, а засегнатите хора не са уведомени. Запишете уведомяването или защо не се налага."
        )
    if not breach.taken.strip():
        return _("Запишете какви мерки са взети.")
    return None
