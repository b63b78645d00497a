"""How the family's part is shown: on a file stage by stage, in a service as shares that lead to the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import stages
from opora.care.casework.models import Event
from opora.care.casework.presence import PRESENT
from opora.care.casework.queries_presence import PARTS, WHO, Attended

_PRESENT = dict(PRESENT)
_EVENTS = dict(Event.KINDS)
NAMES = {
    stages.INTAKE: stages.STAGES[stages.INTAKE],
    "assessment": gettext_lazy("Оценка"),
    "plan": gettext_lazy("План"),
    **{kind: _EVENTS[kind] for kind in ("home_visit", "meeting", "session")},
    stages.REVIEW: stages.STAGES[stages.REVIEW],
}


@dataclass(frozen=True)
class AttendedLine:
    """One stage or meeting in words."""

    one: Attended

    @property
    def title(self) -> str:
        """„Оценка № 1“."""
        name = str(NAMES[self.one.part])
        return f"{name} № {self.one.number}" if self.one.number else name

    @property
    def who(self) -> str:
        """Who was there, the reason why nobody, or empty: a gap."""
        names = ", ".join(str(_PRESENT[code]) for code in self.one.present if code in _PRESENT)
        return names or (_("никой: %(why)s") % {"why": self.one.reason} if self.one.reason else "")

    @property
    def words(self) -> list[tuple[str, str]]:
        """Own words of the child and of the family."""
        both = [(_("Детето"), self.one.child_words), (_("Семейството"), self.one.family_words)]
        return [(whose, said) for whose, said in both if said]

    @property
    def href(self) -> str | None:
        """Where a gap is filled."""
        if not self.one.gap or self.one.event is None:
            return None
        return reverse("casework_presence_note", args=[self.one.file.code, self.one.event])


@dataclass(frozen=True)
class Share:
    """One kind of stage in the figures of a service."""

    part: str
    rows: list[Attended]

    @property
    def title(self) -> str:
        """What is counted."""
        return str(NAMES[self.part])

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many with the child, the family, a reason, nothing noted."""
        return [(who, sum(one.is_of(who) for one in self.rows)) for who in WHO]

    @property
    def percent(self) -> int | None:
        """Share with the family, whole percents; none where nothing took place."""
        return round(100 * sum(one.family for one in self.rows) / len(self.rows)) if self.rows else None


def shares(found: list[Attended]) -> list[Share]:
    """Every kind of stage, in the order of work."""
    return [Share(part, [one for one in found if one.part == part]) for part in PARTS]


def total(found: list[Attended]) -> dict[str, Any]:
    """All together, for the head's first page."""
    whole = Share(PARTS[0], found)
    return {"count": len(found), "percent": whole.percent, "gaps": sum(one.gap for one in found)}
