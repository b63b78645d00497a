"""How emergencies and seals are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import policies
from opora.care.casework.models import ClientFile, Emergency, SealOpening
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats


def emergency_rules(made: int) -> list[str]:
    """What happens when a file is opened so, in sentences."""
    minutes = int(rules.number("break_glass_minutes") or 0)
    said = [
        ngettext(
            "Досието се отваря за %(n)s минута, само за четене.",
            "Досието се отваря за %(n)s минути, само за четене.",
            minutes,
        )
        % {"n": minutes},
        _("Ръководителят на услугата и длъжностното лице по защита на данните научават веднага."),
        _("Отварянето остава в дневника на достъпа и се преглежда."),
    ]
    most = rules.number("break_glass_week")
    if most is not None:
        left = max(0, int(most) - made)
        said.append(
            ngettext(
                "За седем дни Ви остава още %(n)s отваряне.",
                "За седем дни Ви остават още %(n)s отваряния.",
                left,
            )
            % {"n": left}
        )
    return said


@dataclass(frozen=True)
class EmergencyLine:
    """One opening for the head."""

    opening: Emergency

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag: to review until when, late, or done."""
        if self.opening.reviewed_at:
            return _("прегледано"), "done"
        if self.opening.review_due and self.opening.review_due < clock.now():
            return _("срокът за преглед мина"), "wrong"
        return _("чака преглед"), "waiting"

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Who, when, why, and what was found."""
        one = self.opening
        return [
            (_("Кой"), ", ".join(part for part in (one.by, one.organisation) if part)),
            (_("Отворено на"), formats.datetime(one.opened_at)),
            (_("Четено до"), formats.datetime(one.until)),
            (_("Причина"), one.get_reason_display()),
            (_("С негови думи"), one.why),
            (
                _("Преглед до"),
                formats.datetime(one.review_due) if one.review_due else _("правилото няма стойност"),
            ),
            (
                _("Прегледал"),
                f"{one.reviewed_by}, {formats.datetime(one.reviewed_at)}" if one.reviewed_at else None,
            ),
            (_("Установено"), one.review or None),
        ]

    @property
    def task(self) -> dict[str, object]:
        """A line of the head's task list; no name in it."""
        due = self.opening.review_due
        return {
            "title": _("%(code)s: прегледайте отварянето по спешност") % {"code": self.opening.file.code},
            "href": reverse("casework_opening", args=[self.opening.pk]),
            "hint": _("до %(day)s") % {"day": formats.date(due)} if due else None,
            "status": self.state[0],
            "kind": self.state[1],
        }


class SealedView:
    """A sealed file from outside."""

    def __init__(self, actor: Actor, file: ClientFile, openings: list[SealOpening]) -> None:
        self.actor, self.file, self.openings = actor, file, openings

    @property
    def facts(self) -> list[tuple[str, object]]:
        """What may be known before it is opened: never why, which tells too much."""
        return [
            (_("Услуга"), self.file.service.name),
            (_("Етап"), self.file.get_stage_display()),
            (_("Запечатал"), f"{self.file.seal.by}, {formats.datetime(self.file.seal.at)}"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is open to this person."""
        return any(one.user_id == self.actor.user_id and one.confirmed_at for one in self.openings)

    @property
    def waits(self) -> bool:
        """Whether this person's own request waits."""
        return any(one.user_id == self.actor.user_id and not one.answered_at for one in self.openings)

    @property
    def until(self) -> dt.datetime | None:
        """Until when it is open to this person."""
        return next(
            (o.until for o in self.openings if o.user_id == self.actor.user_id and o.confirmed_at), None
        )

    @property
    def to_confirm(self) -> list[SealOpening]:
        """Requests this person may answer."""
        return [o for o in self.openings if not o.answered_at and policies.confirm_unsealing(self.actor, o)]
