"""How a file that went to another service is shown at its two ends."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import policies, queries_ending, queries_old_file
from opora.care.casework.models import ArchiveOpening, Arrival, ClientFile, Transfer
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats


class ArchiveView:
    """The old file from outside."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file

    @cached_property
    def openings(self) -> list[ArchiveOpening]:
        """Who read it since, the newest first."""
        return queries_old_file.openings_of(self.file)

    @property
    def open_until(self) -> Any:
        """Until when it is open to this head."""
        now = clock.now()
        mine = [one.until for one in self.openings if one.user_id == self.actor.user_id and one.until]
        return max((until for until in mine if until > now), default=None)

    @cached_property
    def waiting(self) -> list[ArchiveOpening]:
        """Requests for a sealed one that wait for a second person."""
        return queries_old_file.waiting_for(self.file) if self.file.sealed else []

    @property
    def to_confirm(self) -> list[tuple[ArchiveOpening, str]]:
        """Those this person may confirm, with their reason in words."""
        mine = [one for one in self.waiting if policies.confirm_old_file(self.actor, self.file, one.user_id)]
        return [(one, f"{one.get_reason_display()}. {one.why}") for one in mine]

    @property
    def waits(self) -> bool:
        """Whether this person's own request waits."""
        return any(one.user_id == self.actor.user_id for one in self.waiting)

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Where it is now and since when."""
        accepted = next((one for one in queries_ending.transfers_of(self.file) if one.made_id), None)
        if accepted is None or accepted.answered_at is None:
            return []
        to = accepted.to
        return [
            (_("Води го сега"), f"{to.name}, {to.municipality.name}"),
            (_("Телефон на услугата"), to.phone),
            (_("Прието"), f"{formats.date(accepted.answered_at)}, {accepted.answered_by}"),
            (_("Четено тук без причина до"), formats.date(self.file.read_until)),
        ]

    @property
    def rules(self) -> list[str]:
        """What happens when it is opened, in sentences."""
        hours = int(rules.number("old_file_open_hours") or 0)
        open_for = ngettext(
            "Отваря се за %(n)s час, само за четене.", "Отваря се за %(n)s часа, само за четене.", hours
        )
        second = [_("Досието е запечатано: отваря се, когато и друг човек потвърди причината.")]
        return [
            *(second if self.file.sealed else []),
            open_for % {"n": hours},
            _("Услугата, която води досието сега, вижда причината в хронологията му."),
            _("Отварянето остава в дневника на достъпа."),
        ]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Who read it: when, who, the reason."""
        return [
            (formats.datetime(one.opened_at), f"{_readers(one)}: {one.get_reason_display()}. {one.why}")
            for one in self.openings
        ]


def _readers(one: ArchiveOpening) -> str:
    """Who read, and with whose consent where it was sealed."""
    if not one.answered_by:
        return one.by
    return _("%(name)s, потвърдено от %(other)s") % {"name": one.by, "other": one.answered_by}


def arrival_facts(arrival: Arrival) -> list[tuple[str, object]]:
    """Where the new file came from, for its first page."""
    words = dict(Transfer.PARTS)
    left = "; ".join(str(words[code]) for code in arrival.left if code in words)
    found = [
        (_("От услуга"), f"{arrival.service}, {arrival.place}"),
        (_("Телефон"), arrival.phone),
        (_("Номер там"), arrival.code),
        (_("Прието на"), formats.date(arrival.on)),
        (_("Защо"), arrival.why),
        (_("Остана там"), f"{left}. {arrival.left_why}" if left else None),
        (_("Съгласия"), _("дадени са на предишната услуга, поискайте нови")),
        (_("Екипът там чете до"), formats.date(arrival.former_team_until)),
    ]
    return [(name, value) for name, value in found if value]
