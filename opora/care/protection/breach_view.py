"""How breaches are shown: the hours left in words, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.care.protection import clock_words, fields, kinds
from opora.care.protection.models import Breach, BreachEntry
from opora.foundation.ui import formats

Facts = list[tuple[str, object]]


@dataclass(frozen=True)
class HistoryLine:
    """A line of the history."""

    entry: BreachEntry

    @property
    def item(self) -> dict[str, object]:
        """For the timeline."""
        one = self.entry
        by = ", ".join(part for part in (one.by, one.organisation) if part)
        return {"title": str(one.get_deed_display()), "at": one.at, "by": by, "text": self.text}

    @property
    def text(self) -> str:
        """Reason, then field by field, a line each: before → after."""
        told = [self.entry.words] if self.entry.words else []
        told += [_change(one.field, one.before, one.after) for one in self.entry.changes.all()]
        return Markup("<br>").join(told)


def _change(field: str, before: str, after: str) -> str:
    said = {"field": fields.NAMES[field], "before": before or _("празно"), "after": after or _("празно")}
    return _("%(field)s: %(before)s → %(after)s") % said


class BreachView:
    """One breach for its page."""

    def __init__(self, breach: Breach) -> None:
        self.breach = breach

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag."""
        return clock_words.state(self.breach)

    @property
    def until(self) -> str:
        """Until when, by which rule."""
        return clock_words.until(self.breach)

    @property
    def left(self) -> str:
        """How long is left, in words that begin a sentence."""
        words = clock_words.left(self.breach)
        return words[:1].upper() + words[1:]

    @cached_property
    def missing(self) -> list[str]:
        """What the notice asks and nobody has written."""
        return fields.missing(self.breach)

    @property
    def in_the_way(self) -> str | None:
        """Why it cannot be closed yet."""
        return fields.in_the_way(self.breach)

    @property
    def next_step(self) -> tuple[str, str] | None:
        """The one thing to do next: words and address."""
        one = self.breach
        if not one.is_open:
            return None
        if not one.risk:
            return _("Решете какъв е рискът за хората"), reverse("protection_decide", args=[one.code])
        if one.runs:
            return _("Запишете уведомяването на Комисията"), reverse("protection_notify", args=[one.code])
        if one.people_wait:
            told = _("Запишете уведомяването на засегнатите хора")
            return told, reverse("protection_notify", args=[one.code])
        if self.in_the_way is None:
            return _("Приключете нарушението"), reverse("protection_close", args=[one.code])
        return None

    @property
    def what(self) -> Facts:
        """What happened, and when."""
        one = self.breach
        moments: Facts = [(str(fields.NAMES[name]), _moment(getattr(one, name))) for name in fields.MOMENTS]
        return [
            (_("Къде"), clock_words.where(one)), (str(fields.NAMES["what"]), one.what), *moments,
            (str(fields.NAMES["security"]), fields.marks_of(one, "security") or None),
        ]  # fmt: skip

    @property
    def touched(self) -> Facts:
        """Whom and what it touches."""
        one = self.breach
        names = ("people", "people_about", "kinds", "records_about", "consequences")
        return [(str(fields.NAMES[name]), _shown(fields.value_of(one, name))) for name in names]

    @property
    def measures(self) -> Facts:
        """What was done and will be."""
        return [
            (str(fields.NAMES[name]), getattr(self.breach, name) or None)
            for name in ("taken", "planned", "advice")
        ]

    @property
    def decision(self) -> Facts:
        """Who decided what, and why."""
        one = self.breach
        if not one.risk:
            return []
        by = f"{one.decided_by}, {formats.datetime(one.decided_at)}"
        found: Facts = [
            (_("Решение"), str(dict(kinds.RISKS)[one.risk])),
            (_("Защо"), one.decision_why),
            (_("Решил"), by),
        ]
        if one.untold_why:
            found.append((_("Защо хората не са уведомени"), one.untold_why))
        return found

    @property
    def notices(self) -> Facts:
        """Who was told, in order."""
        told: Facts = [
            (str(one.get_whom_display()).capitalize() if one.whom != "commission" else str(one.get_whom_display()),
             f"{formats.datetime(one.at)}. {one.how} ({one.by})")
            for one in self.breach.notices.all()
        ]  # fmt: skip
        return [*told, (_("Причини за забавянето"), self.breach.late_why)] if self.breach.late_why else told

    @property
    def first(self) -> Facts:
        """Who told it first, and in which words."""
        one = self.breach
        return [
            (_("Съобщил"), one.told_by),
            (_("Кога"), formats.datetime(one.told_at)),
            (_("Думите му"), one.told),
        ]

    @property
    def newest(self) -> list[dict[str, object]]:
        """The newest line that changed something."""
        return [item for item in self.history if item["text"]][:1]

    @property
    def history(self) -> list[dict[str, object]]:
        """The newest first."""
        return [HistoryLine(one).item for one in self.breach.history.all()]


def _moment(at: Any) -> str | None:
    return formats.datetime(at) if at else None


def _shown(value: object) -> object:
    return formats.number(value) if isinstance(value, int) else value or None
