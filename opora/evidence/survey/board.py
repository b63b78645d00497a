"""The board of a round: who returned the card, who has not, by municipality; and the letters that remind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from opora.evidence.survey import queries, stages
from opora.evidence.survey.models import Card, CardQuerySet, Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.messages import queries as messages
from opora.foundation.messages.actions import Letter


@dataclass
class Line:
    """One municipality: how many cards stand in each state."""

    code: str
    name: str
    by_stage: dict[str, int] = field(default_factory=lambda: dict.fromkeys(stages.STAGES, 0))

    @property
    def asked(self) -> int:
        """All cards, excused ones too."""
        return sum(self.by_stage.values())

    @property
    def expected(self) -> int:
        """Cards that must come in."""
        return self.asked - self.by_stage[stages.EXCUSED]

    @property
    def came_in(self) -> int:
        """Sent or verified."""
        return sum(self.by_stage[stage] for stage in stages.IN)

    @property
    def missing(self) -> int:
        """Still with the services."""
        return sum(self.by_stage[stage] for stage in stages.OPEN)


@dataclass(frozen=True)
class Row:
    """One card on the board."""

    card: Card
    days_late: int
    last_contact: dt.datetime | None
    contact_kind: str

    @property
    def reachable(self) -> bool:
        """The service has an e-mail address."""
        return bool(self.card.service.email)


@dataclass(frozen=True)
class Chosen:
    """What the list under the board is narrowed to; stands in the address."""

    stage: str = ""
    municipality: str = ""
    codes: tuple[str, ...] = ()


def lines(actor: Actor, round_: Round) -> list[Line]:
    """Municipalities of the round in the order of their number of cards, then of the alphabet."""
    found: dict[str, Line] = {}
    cells = (
        queries.cards_of(actor, round_)
        .order_by()
        .values_list("service__municipality__code", "service__municipality__name", "stage")
    )
    for code, name, stage in cells:
        found.setdefault(code, Line(code, name)).by_stage[stage] += 1
    return sorted(found.values(), key=lambda line: (-line.asked, line.name))


def total(found: list[Line]) -> Line:
    """The sum of all lines; its states always add up to what is expected and excused."""
    whole = Line("", _("Общо"))
    for line in found:
        for stage, count in line.by_stage.items():
            whole.by_stage[stage] += count
    return whole


def cards(actor: Actor, round_: Round, chosen: Chosen) -> CardQuerySet:
    """Cards of the list, the missing ones first."""
    found = queries.cards_of(actor, round_)
    if chosen.stage == "missing":
        found = found.filter(stage__in=stages.OPEN)
    elif chosen.stage == "in":
        found = found.filter(stage__in=stages.IN)
    elif chosen.stage:
        found = found.filter(stage=chosen.stage)
    if chosen.municipality:
        found = found.filter(service__municipality__code=chosen.municipality)
    if chosen.codes:
        found = found.filter(code__in=chosen.codes)
    return found.order_by("service__municipality__sort_name", "service__sort_name")


def rows(found: list[Card], round_: Round) -> list[Row]:
    """Cards with how late they are and when the service was last written to or called."""
    written = messages.last_contacts(card.code for card in found)
    late = round_.days_late(clock.today()) if round_.is_open else 0
    return [_row(card, written.get(card.code), late if card.stage in stages.OPEN else 0) for card in found]


def _row(card: Card, written: Any, late: int) -> Row:
    said = card.last_contact_at
    if written and (said is None or written > said):
        return Row(card, late, written, _("напомняне"))
    return Row(card, late, said, card.last_contact)


def letters(round_: Round, found: list[Card], address: str) -> list[Letter]:
    """A reminder for each missing card whose service can be written to; one a day at the most."""
    today = clock.today()
    return [_letter(card, round_, today, address) for card in found if card.service.email]


def _letter(card: Card, round_: Round, today: dt.date, address: str) -> Letter:
    late = round_.days_late(today)
    when = _("Срокът беше %(day)s.") if late else _("Срокът е %(day)s.")
    body = [
        _("Здравейте,"),
        "",
        _("Очакваме анкетната карта %(code)s на „%(service)s“.")
        % {"code": card.code, "service": card.service.name},
        when % {"day": round_.deadline.strftime("%d.%m.%Y")},
        _("Готови са %(done)s от %(total)s въпроса.") % {"done": card.done, "total": card.total},
        _("Отворете картата: %(address)s") % {"address": f"{address}/survey/cards/{card.code}/"},
        "",
        _("Благодарим Ви."),
    ]
    return Letter(
        key=f"remind:{card.code}:{today:%Y-%m-%d}",
        to_email=card.service.email,
        to_name=card.service.head,
        subject=_("Напомняне за анкетна карта %(code)s") % {"code": card.code},
        body="\n".join(body),
        path=card.path,
        about=card.code,
    )
