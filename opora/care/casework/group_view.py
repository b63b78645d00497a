"""How a group is shown: attendance of each person and of all together."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from opora.care.casework import policies_groups, queries_groups
from opora.care.casework.models import Group
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui import formats


class GroupView:
    """One group for its page."""

    def __init__(self, actor: Actor, group: Group) -> None:
        self.actor, self.group = actor, group
        self.may_write = policies_groups.write_group(actor, group)
        self.sessions = queries_groups.sessions_of(group)

    @cached_property
    def people(self) -> list[Any]:
        """Who is in it today."""
        return queries_groups.members_on(self.group, clock.today())

    @cached_property
    def figures(self) -> list[queries_groups.Figures]:
        """Attendance of everybody who was ever marked."""
        return queries_groups.figures(self.group)

    @property
    def rows(self) -> list[list[Any]]:
        """Each person: sessions, came, away with a reason, share."""
        return [
            [one.file.person.name, one.held, one.present, one.excused, share(one.share)]
            for one in self.figures
        ]

    @property
    def totals(self) -> list[Any]:
        """The same of the whole group."""
        held, present, excused = (
            sum(getattr(one, name) for one in self.figures) for name in ("held", "present", "excused")
        )
        return [None, held, present, excused, share(present / held if held else None)]


def share(value: float | None) -> str:
    """„75 %“; nothing before the first session."""
    return "" if value is None else formats.percent(value)
