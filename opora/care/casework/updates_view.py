"""How a newer version of a toolkit is shown beside the service's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opora.care.casework import queries_toolkits
from opora.care.casework.models import ToolkitUpdate
from opora.care.casework.toolkits.merging import BOTH, OURS, THEIRS, Piece, pieces
from opora.care.casework.toolkits_view import COLUMNS, part_in_words
from opora.foundation.ui import formats

TAKE = "take:"
STATES = {
    BOTH: (gettext_lazy("променено и от двете страни"), "waiting"),
    OURS: (gettext_lazy("Ваша промяна"), "info"),
    THEIRS: (gettext_lazy("ново"), "done"),
}
ORDER = (BOTH, OURS, THEIRS)
GONE = gettext_lazy("махнато")
SAME = gettext_lazy("както беше взето")


def chosen(posted: Mapping[str, str]) -> dict[str, str]:
    """Piece → side, as the page sends it."""
    return {name[len(TAKE) :]: side for name, side in posted.items() if name.startswith(TAKE)}


@dataclass(frozen=True)
class PieceLine:
    """One piece for the page."""

    piece: Piece
    said: str

    @property
    def name(self) -> str:
        """Of its radio buttons."""
        return TAKE + self.piece.key

    @property
    def title(self) -> str:
        """„Формуляр за план: Логопед, часове“."""
        return ": ".join(filter(None, (part_in_words(self.piece.part, self._content), self.piece.title)))

    @property
    def _content(self) -> bytes:
        """The newest of a whole part; nothing of a row."""
        sides = (self.piece.theirs, self.piece.ours, self.piece.base)
        return next((one for one in sides if isinstance(one, bytes)), b"")

    @property
    def state(self) -> tuple[str, str]:
        """Who changed it."""
        words, kind = STATES[self.piece.changed_by]
        return str(words), kind

    @property
    def side(self) -> str:
        """What is marked: the choice made, or the only side that changed; nothing where both did."""
        by = self.piece.changed_by
        return self.said or ("" if by == BOTH else by)

    def lines(self, side: str) -> list[str]:
        """What that side says."""
        value = self.piece.ours if side == OURS else self.piece.theirs
        if value is None:
            return [str(GONE if self.piece.base is not None else _("няма го"))]
        if value == self.piece.base:
            return [str(SAME)]
        found = (
            [_in_words(line) for line in self.piece.shown(side)]
            if self.piece.sheet
            else self.piece.shown(side)
        )
        return found[:12] + (["…"] if len(found) > 12 else []) or [str(_("друго оформление, същият текст"))]


def _in_words(line: str) -> str:
    """The heading of a column as people call it."""
    head, colon, text = line.partition(": ")
    return f"{COLUMNS.get(head, head)}{colon}{text}"


class UpdateView:
    """A newer version that waits."""

    def __init__(self, update: ToolkitUpdate, posted: Mapping[str, str]) -> None:
        self.update, self._said = update, chosen(posted)

    @cached_property
    def lines(self) -> list[PieceLine]:
        """Every piece: first what both changed, then the service's own changes, then what is new."""
        found = [
            PieceLine(one, self._said.get(one.key, ""))
            for one in pieces(*queries_toolkits.three_of(self.update))
        ]
        return sorted(found, key=lambda line: ORDER.index(line.piece.changed_by))

    @property
    def seen(self) -> int:
        """The service's version that is compared."""
        return queries_toolkits.version_of(self.update.toolkit).number

    @property
    def stranger(self) -> bool:
        """It bears the same code and tells of no version the service knows."""
        return not queries_toolkits.grew_from(self.update)

    @property
    def in_words(self) -> str:
        """How much is to choose."""
        both = sum(line.piece.changed_by == BOTH for line in self.lines)
        if not both:
            return _("Нищо не е променено и от двете страни. Отметнатото важи, ако не го смените.")
        words = ngettext(
            "На %(n)s място и Вие, и новата версия сте променили едно и също: изберете.",
            "На %(n)s места и Вие, и новата версия сте променили едно и също: изберете.", both,
        )  # fmt: skip
        return words % {"n": both}

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Where it comes from."""
        one = self.update
        return [
            (_("Нова версия"), _("%(n)s от %(who)s") % {"n": one.number, "who": one.organisation}),
            (_("Внесена"), f"{formats.datetime(one.at)}, {one.by}"),
            (_("Отпечатък"), one.sha256[:12]),
        ]
