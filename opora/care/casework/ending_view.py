"""How contracts, reviews, closings and transfers are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework import domains, queries_ending
from opora.care.casework.models import ClientFile, Plan, Review, Transfer
from opora.care.casework.plan_view import MARKS, reached
from opora.care.casework.presence import PRESENT
from opora.foundation.core import clock
from opora.foundation.ui import formats

_PRESENT = dict(PRESENT)


def present_in_words(codes: list[str], absent_why: str) -> str:
    """Who of the family was there, or why nobody."""
    return ", ".join(str(_PRESENT[code]) for code in codes if code in _PRESENT) or absent_why


@dataclass(frozen=True)
class Reached:
    """How far the goals of a plan were on a day, from their marks; nothing of it is typed again."""

    plan: Plan
    day: dt.date
    at: dt.datetime | None = None

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Goal, where it began, where it was, what that level says."""
        return [self._row(goal) for goal in self.plan.goals.all()]

    def _row(self, goal: Any) -> dict[str, Any]:
        level = queries_ending.marked_until(goal, self.day, self.at)
        text = goal.levels[level + 2] if level is not None and len(goal.levels) == 5 else ""
        return {
            "goal": goal.title, "domain": str(domains.DOMAINS[goal.domain]), "before": MARKS[goal.baseline],
            "now": MARKS[level] if level is not None else None, "text": text, "state": reached(goal.baseline, level),
        }  # fmt: skip

    @property
    def in_words(self) -> str:
        """„2 от 3 цели са постигнати“."""
        done = sum(row["state"][1] == "done" for row in self.rows)
        return _("%(done)s от %(all)s цели са на очакваното или над него") % {
            "done": done,
            "all": len(self.rows),
        }


@dataclass(frozen=True)
class ReviewLine:
    """A review that was held."""

    review: Review

    @property
    def title(self) -> str:
        """„Преглед № 2 от 22.11.2026“."""
        return _("Преглед № %(n)s от %(day)s") % {
            "n": self.review.number,
            "day": formats.date(self.review.on),
        }

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What was found and decided."""
        one = self.review
        return [
            (_("Решение"), one.get_decision_display()),
            (_("Защо"), one.why),
            (_("Какво показа прегледът"), one.summary),
            (_("Постигнато"), Reached(one.plan, one.on, one.at).in_words),
            (_("Участваха"), present_in_words(one.present, one.absent_why)),
            (_("Думите на детето или човека"), one.child_words),
            (_("Думите на семейството"), one.family_words),
            (_("Написано от"), ", ".join(part for part in (one.by, one.organisation) if part)),
            (_("От предишна услуга"), one.origin),
        ]


@dataclass(frozen=True)
class TransferLine:
    """An offer of a file as the one who offers sees it."""

    transfer: Transfer

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, with its tag."""
        if self.transfer.answered_at is None:
            unsaid = self.transfer.file.sealed and self.transfer.confirmed_at is None
            return (_("чака втори човек") if unsaid else _("чака отговор")), "waiting"
        return (_("прието"), "done") if self.transfer.made_id else (_("не е прието"), "wrong")

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What was offered and what came of it."""
        one = self.transfer
        answered = f"{formats.datetime(one.answered_at)}, {one.answered_by}" if one.answered_at else None
        return [
            (_("Услуга"), f"{one.to.name}, {one.to.municipality.name}"),
            (_("Какво отива с досието"), parts_in_words(one)),
            (_("Какво остава тук"), left_in_words(one)),
            (
                _("Потвърдил"),
                f"{one.confirmed_by}, {formats.datetime(one.confirmed_at)}" if one.confirmed_at else None,
            ),
            (_("Защо"), one.why),
            (_("Досегашният екип чете до"), formats.date(one.ends_on)),
            (_("Отговор"), answered),
            (_("Бележка към отговора"), one.answer),
            (_("Ново досие"), one.made.code if one.made else None),
        ]


def parts_in_words(transfer: Transfer) -> str:
    """„семейство и близки; хронологията с бележките“."""
    if set(transfer.parts) == set(Transfer.WHOLE):
        return _("цялата история: %(parts)s") % {
            "parts": "; ".join(str(one) for _code, one in Transfer.PARTS)
        }
    words = dict(Transfer.PARTS)
    return "; ".join(str(words[code]) for code in transfer.parts if code in words) or _(
        "само името, възрастта и желанието"
    )


def left_in_words(transfer: Transfer) -> str | None:
    """What stays behind and why; none when all goes along."""
    left = [str(words) for code, words in Transfer.PARTS if code not in transfer.parts]
    return f"{'; '.join(left)}. {transfer.left_why}" if left else None


def as_task(transfer: Transfer) -> dict[str, object]:
    """An offer that waits for this head, as a line of a task list: no name before the page is opened."""
    words = {"service": transfer.file.service.name, "to": transfer.to.name}
    return {
        "title": _("%(service)s предлага досие на %(to)s") % words,
        "href": reverse("casework_transfer_answer", args=[transfer.pk]),
        "hint": _("от %(day)s") % {"day": formats.date(transfer.asked_at)},
        "status": _("чака отговор"),
        "kind": "waiting",
    }


def review_due(file: ClientFile) -> dict[str, Any] | None:
    """When the next review is due and how long is left; none where no term runs."""
    day = queries_ending.review_due(file)
    if day is None:
        return None
    days = (day - clock.today()).days
    return {"day": day, "days": days, "kind": "wrong" if days < 0 else "waiting" if days <= 7 else "info"}
