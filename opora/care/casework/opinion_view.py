"""How opinions are shown: side by side by domain, and requests that wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import domains, policies, queries_opinions
from opora.care.casework.models import (
    AssessmentPart,
    ClientFile,
    Opinion,
    OpinionPart,
    OpinionRequest,
)
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Voice:
    """What one person says of one domain."""

    author: str
    at: dt.datetime | None
    need: int | None
    level: str
    text: str
    team_only: bool = False
    number: int | None = None

    @property
    def who(self) -> str:
        """The author and the day."""
        return ", ".join(part for part in (self.author, formats.date(self.at)) if part)


@dataclass
class DomainLine:
    """A domain with all who spoke of it."""

    title: str
    most: float | None
    voices: list[Voice] = field(default_factory=list)

    @property
    def apart(self) -> str:
        """„Степените се разминават: 1 и 4“ where they differ by the number of the rule; empty where they do not."""
        levels = sorted({voice.need for voice in self.voices if voice.need is not None})
        if self.most is None or len(levels) < 2 or levels[-1] - levels[0] < self.most:
            return ""
        return _("Степените се разминават: от %(low)s до %(high)s") % {"low": levels[0], "high": levels[-1]}


@dataclass(frozen=True)
class RequestLine:
    """A request for its list and its page."""

    request: OpinionRequest

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag."""
        words, kind = OpinionRequest.STATES[self.code]
        if self.is_late and self.code in (OpinionRequest.WAITING, OpinionRequest.OPENED):
            late = (clock.today() - self.request.due).days
            return ngettext("закъснява с %(n)s ден", "закъснява с %(n)s дни", late) % {"n": late}, "wrong"
        return str(words), kind

    @property
    def code(self) -> str:
        """The state's code now."""
        return self.request.state(clock.now())

    @property
    def is_late(self) -> bool:
        """Unanswered after its day."""
        return self.request.is_late(clock.today())

    @property
    def waits(self) -> bool:
        """Whether it may be reminded of and withdrawn."""
        return not self.request.answered_at and not self.request.revoked_at

    @property
    def may_remind(self) -> bool:
        """A day after the last letter, unless wrong codes closed the link."""
        return self.code != OpinionRequest.LOCKED and clock.now() - self.request.last_letter_at >= A_DAY

    @property
    def who(self) -> str:
        """The specialist."""
        one = self.request
        return ", ".join(part for part in (one.name, one.profession, one.organisation) if part)

    @property
    def facts(self) -> list[tuple[str, object]]:
        """All that is known of it."""
        one = self.request
        rows: list[tuple[str, object]] = [
            (_("Специалист"), self.who),
            (_("Писмото е до"), one.email),
            (_("Въпросът"), one.question),
            (_("Попитал"), f"{one.by}, {formats.datetime(one.asked_at)}"),
            (_("Отговор до"), formats.date(one.due)),
            (_("Връзката важи до"), formats.datetime(one.expires_at)),
            (_("Отворено на"), formats.datetime(one.opened_at) if one.opened_at else None),
            (_("Напомнено"), formats.datetime(one.reminded_at) if one.reminded_at else None),
            (_("Грешни кодове"), one.wrong_codes or None),
        ]
        return [row for row in rows if row[1]]

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("casework_asked", args=[self.request.file.code, self.request.number])


class Synthesis:
    """Who said what of each domain, side by side."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file

    @cached_property
    def parts(self) -> list[AssessmentPart]:
        """Parts of the newest assessment."""
        return queries_opinions.newest_parts(self.actor, self.file)

    @cached_property
    def opinions(self) -> list[Opinion]:
        """Those this reader may see, the newest first."""
        return queries_opinions.opinions_of(self.actor, self.file)

    @cached_property
    def requests(self) -> list[RequestLine]:
        """Requests, the waiting ones first."""
        found = [RequestLine(one) for one in queries_opinions.requests_of(self.actor, self.file)]
        return sorted(found, key=lambda line: (not line.waits, line.request.due))

    @property
    def waiting(self) -> list[RequestLine]:
        """Those that have no answer."""
        return [line for line in self.requests if line.waits]

    @cached_property
    def by_domain(self) -> dict[str, DomainLine]:
        """Domains of which anybody but the assessment spoke, with the assessment's own words first."""
        own = {part.domain: part for part in self.parts if part.need is not None or part.situation}
        most = rules.number("opinion_levels_apart") if self.of_others else None
        found = {}
        for code, voices in self.of_others.items():
            first = [_own_voice(own[code])] if code in own else []
            found[code] = DomainLine(str(domains.DOMAINS[code]), most, [*first, *voices])
        return {code: found[code] for code in domains.DOMAINS if code in found}

    @cached_property
    def of_others(self) -> dict[str, list[Voice]]:
        """By domain what opinions say, the oldest first."""
        found: dict[str, list[Voice]] = {}
        for opinion in reversed(self.opinions):
            for part in opinion.parts.all():
                found.setdefault(part.domain, []).append(_voice(opinion, part))
        return found

    @property
    def apart(self) -> list[DomainLine]:
        """Domains in which levels disagree."""
        return [line for line in self.by_domain.values() if line.apart]

    @property
    def may_ask(self) -> bool:
        """Whether the actor may ask somebody now, about an assessment that is there."""
        return self.may_write and not self.file.sealed

    @property
    def may_write(self) -> bool:
        """Whether the actor may add an opinion."""
        return policies.write_file(self.actor, self.file)

    @cached_property
    def readers(self) -> list[str]:
        """Who sees what is for the team only: names with what they are here."""
        return [
            _("%(name)s (Вие)") % {"name": user.name} if user.pk == self.actor.user_id
            else f"{user.name} ({part or _('ръководител')})"
            for user, part in queries_opinions.readers_of(self.file)
        ]  # fmt: skip

    @property
    def seen_by(self) -> str:
        """„Ще го видят: 3 души“."""
        count = len(self.readers)
        return ngettext("Ще го види: %(n)s човек", "Ще го видят: %(n)s души", count) % {"n": count}


def _own_voice(part: AssessmentPart) -> Voice:
    """What the assessment itself says."""
    author = ", ".join(one for one in (part.by, part.profession, part.organisation) if one)
    level = str(part.get_need_display()) if part.need is not None else ""
    return Voice(author, part.at, part.need, level, part.situation)


def _voice(opinion: Opinion, part: OpinionPart) -> Voice:
    level = str(part.get_need_display()) if part.need is not None else ""
    return Voice(
        opinion.author,
        opinion.at,
        part.need,
        level,
        part.text or opinion.text,
        opinion.team_only,
        opinion.number,
    )
