"""How changes from another file are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.models import ChangeOffer
from opora.care.casework.queries_changes import Offer, Value, died_on
from opora.foundation.ui import formats

WORDS = {
    ChangeOffer.NAMES: gettext_lazy("В другото досие %(code)s името на %(name)s е променено на %(day)s: %(now)s. Тук е %(ours)s."),
    ChangeOffer.PHONE: gettext_lazy("В другото досие %(code)s телефонът на %(name)s е променен на %(day)s: %(now)s. Тук е %(ours)s."),
    ChangeOffer.BORN: gettext_lazy("В другото досие %(code)s датата на раждане на %(name)s е променена на %(day)s: %(now)s. Тук е %(ours)s."),
    ChangeOffer.DEATH: gettext_lazy("В другото досие %(code)s на %(day)s е отбелязана смъртта на %(name)s: %(now)s."),
}  # fmt: skip


@dataclass(frozen=True)
class ChangeLine:
    """One change."""

    one: Offer

    @property
    def words(self) -> str:
        """„В другото досие Д-2026-002 телефонът на Росица Измислена е променен на 28.11.2026: 0888 …“."""
        said = {
            "name": self.one.person.name, "code": self.one.elsewhere.code, "day": formats.date(self.one.offer.at),
            "now": self._said(self.one.theirs), "ours": self._said(self.one.ours),
        }  # fmt: skip
        return str(WORDS[self.one.offer.field]) % said

    @property
    def by_death_page(self) -> bool:
        """The death of the person of the file is told with a ground, on a page of its own."""
        return (
            self.one.offer.field == ChangeOffer.DEATH and self.one.person.pk == self.one.offer.file.person_id
        )

    def _said(self, value: Value) -> str:
        if self.one.offer.field == ChangeOffer.DEATH:
            day = died_on(value)
            return formats.date(day) if day else _("без дата")
        told = [formats.date(part) if isinstance(part, dt.date) else str(part) for part in value if part]
        return " ".join(told) or _("празно")
