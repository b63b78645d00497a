"""The clock of a breach in words: how long is left, until when, by which rule."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.protection.models import Breach
from opora.foundation.core import clock
from opora.foundation.ui import formats

SOON = 24 * 60
"""Minutes from which the tag says that the end is near."""


def span(minutes: int) -> str:
    """„41 часа и 12 минути“; whole hours alone, and minutes alone below an hour."""
    hours, rest = divmod(abs(minutes), 60)
    told = ngettext("%(n)s час", "%(n)s часа", hours) % {"n": hours}
    minutes_told = ngettext("%(n)s минута", "%(n)s минути", rest) % {"n": rest}
    if hours and rest:
        return _("%(hours)s и %(minutes)s") % {"hours": told, "minutes": minutes_told}
    return told if hours else minutes_told


def left(breach: Breach) -> str:
    """„остават 41 часа и 12 минути“, „2 часа след срока“."""
    minutes = breach.minutes_left(clock.now())
    if minutes is None:
        return _("срокът няма число")
    if minutes < 0:
        return _("%(time)s след срока") % {"time": span(minutes)}
    one = minutes in (1, 60)
    return (_("остава %(time)s") if one else _("остават %(time)s")) % {"time": span(minutes)}


def state(breach: Breach) -> tuple[str, str]:
    """Words and tag."""
    if not breach.is_open:
        return _("приключено"), "done"
    if breach.runs:
        minutes = breach.minutes_left(clock.now())
        return left(breach), "wrong" if minutes is not None and minutes < SOON else "waiting"
    if breach.people_wait:
        return _("хората още не са уведомени"), "waiting"
    if breach.risk == "none":
        return _("без уведомяване"), "info"
    return (
        (_("Комисията е уведомена след срока"), "wrong")
        if breach.was_late
        else (_("Комисията е уведомена"), "info")
    )


def where(breach: Breach) -> str:
    """The service, or that it is of none."""
    return breach.service.name if breach.service else _("извън услуга")


def as_task(breach: Breach) -> dict[str, object]:
    """A line of a task list: number, place, and the clock."""
    words, kind = state(breach)
    return {
        "title": _("Нарушение %(code)s: %(where)s") % {"code": breach.code, "where": where(breach)},
        "href": reverse("protection_breach", args=[breach.code]), "hint": until(breach), "status": words, "kind": kind,
    }  # fmt: skip


def until(breach: Breach) -> str:
    """Until when the Commission is told, by which rule, and whether anybody has checked it."""
    if breach.due is None:
        return _("Срокът за уведомяване няма число в правилата")
    words = _("Комисията се уведомява до %(due)s · %(source)s") % {
        "due": formats.datetime(breach.due), "source": breach.legal_ref or _("без посочен източник"),
    }  # fmt: skip
    return words if breach.verified else _("%(words)s, непроверена норма") % {"words": words}
