"""How the decisions about attachments of a copy are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework.forms.copies import ChoiceForm
from opora.care.casework.models import CopyAsked, CopyChoice
from opora.care.casework.queries_copies import Line
from opora.foundation.ui import formats

TAGS = {CopyChoice.AS_IS: "done", CopyChoice.BLACKENED: "info", CopyChoice.KEPT: "none"}


def offered(asked: CopyAsked, line: Line) -> dict[str, str]:
    """What stands in the form: the decision made, or the last one when the same kind of person asked then."""
    known = line.choice
    if known is None and line.before is not None and line.before.asked.who == asked.who:
        known = line.before
    return {"choice": known.choice, "ground": known.ground} if known else {}


@dataclass(frozen=True)
class CopyCard:
    """One attachment."""

    form: ChoiceForm

    @property
    def line(self) -> Line:
        """What is known of it."""
        return self.form.line

    @property
    def title(self) -> str:
        """What it is, with a capital letter."""
        return self.line.label[:1].upper() + self.line.label[1:]

    @property
    def href(self) -> str | None:
        """Where it is looked at before deciding."""
        return reverse(self.line.place[0], args=self.line.place[1]) if self.line.place else None

    @property
    def state(self) -> tuple[str, str]:
        """The decision with its tag."""
        choice = self.line.choice
        return (
            (str(choice.get_choice_display()), TAGS[choice.choice])
            if choice
            else (_("не е решено"), "waiting")
        )

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What was written about it, who decided now and before."""
        told = [
            (_("Какво е"), self.line.about),
            (_("Решил"), _by(self.line.choice)),
            (_("Последно решение"), _before(self.line.before)),
        ]
        return [(name, value) for name, value in told if value]


def _by(choice: CopyChoice | None) -> str | None:
    return f"{choice.by}, {formats.datetime(choice.at)}" if choice else None


def _before(choice: CopyChoice | None) -> str | None:
    if choice is None:
        return None
    said = {
        "what": choice.get_choice_display(), "whom": choice.asked.get_who_display(), "by": choice.by,
        "day": formats.date(choice.at),
    }  # fmt: skip
    words = _("%(what)s, когато го поиска %(whom)s (%(by)s, %(day)s)") % said
    return f"{words}: {choice.ground}" if choice.ground else words


@dataclass(frozen=True)
class CopyView:
    """A copy that waits."""

    asked: CopyAsked
    forms: list[ChoiceForm]

    @property
    def cards(self) -> list[CopyCard]:
        """Undecided ones first."""
        return sorted((CopyCard(form) for form in self.forms), key=lambda card: card.line.choice is not None)

    @property
    def waiting(self) -> int:
        """How many nobody has decided on."""
        return sum(card.line.choice is None for card in self.cards)

    @property
    def left(self) -> str:
        """„остават 3 приложения за решаване“"""
        words = ngettext(
            "остава %(n)s приложение за решаване", "остават %(n)s приложения за решаване", self.waiting
        )
        return words % {"n": self.waiting}

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """Who asks."""
        one = self.asked
        return [
            (_("Иска го"), one.get_who_display()),
            (_("Самоличността е проверена"), one.known_by),
            (_("Ден на искането"), formats.date(one.asked_on)),
        ]
