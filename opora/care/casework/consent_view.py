"""How a consent is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.care.casework import kinship
from opora.care.casework.models import Consent, Relation
from opora.foundation.core import clock
from opora.foundation.ui import formats


@dataclass(frozen=True)
class ConsentLine:
    """One consent in words."""

    consent: Consent

    @property
    def title(self) -> str:
        """For what."""
        name = str(self.consent.get_purpose_display())
        return ": ".join(filter(None, [name[:1].upper() + name[1:], self.consent.about]))

    @property
    def who(self) -> str:
        """„Росица Росенова (майка)“ or the person, with whoever consented beside them."""
        one = self.consent
        giver = named(one.giver) if one.giver else one.file.person.name
        return (
            _("%(child)s заедно с %(other)s") % {"child": giver, "other": named(one.beside)}
            if one.beside
            else giver
        )

    @property
    def span(self) -> str:
        """„от 12.11.2026 до 12.11.2027“."""
        one = self.consent
        until = _("до %(day)s") % {"day": formats.date(one.until)} if one.until else _("до оттегляне")
        return _("от %(day)s") % {"day": formats.date(one.since)} + " " + until

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        one = self.consent
        return one.withdrawn_on is None and (one.until is None or one.until >= clock.today())

    @property
    def state(self) -> tuple[str, str]:
        """In words and its tag."""
        one = self.consent
        if one.withdrawn_on:
            return _("оттеглено"), "wrong"
        return (_("в сила"), "done") if self.stands else (_("изтекло"), "none")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The rest."""
        one = self.consent
        rows = [
            (_("Кой го даде"), self.who),
            (_("Как"), str(one.get_how_display())),
            (_("Кога"), self.span),
            (_("Записал"), ", ".join(filter(None, [one.by, one.organisation]))),
        ]
        if one.withdrawn_on:
            who = named(one.withdrawn_by) if one.withdrawn_by else one.file.person.name
            words = {"who": who, "day": formats.date(one.withdrawn_on), "by": one.withdrawal_noted_by}
            rows.append((_("Оттеглено"), _("от %(who)s на %(day)s, записал %(by)s") % words))
        return rows


def named(one: Relation) -> str:
    """„Росица Росенова (майка)“."""
    return f"{one.person.name} ({kinship.called(one)})"
