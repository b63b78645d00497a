"""An award period up to the panel: opening, nominations, the gate of prescriptions, the list fixed for the panel."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions as messages
from opora.foundation.rules import queries as rules
from opora.foundation.territory.models import Region
from opora.improvement.practice import letters, policies_selection, stages
from opora.improvement.practice.actions.common import note, wanted
from opora.improvement.practice.actions.visitors import let_through
from opora.improvement.practice.grouping import TOGETHER
from opora.improvement.practice.models import Clearance, Nomination, Period, Practice, Standing
from opora.improvement.practice.queries_board import Board, figures, shared
from opora.register.models import Service


@transaction.atomic
def open_period(
    actor: Actor,
    region: Region,
    year: int,
    *,
    title: str,
    round_: Round | None = None,
    grouping: str = TOGETHER,
) -> Period:
    """Open the award of a region for a year; how many awards and how far weights may go is kept from the rules of today.

    NotAllowed; ActionRefused when the year has one already.
    """
    if not policies_selection.run_period(actor, region.path):
        raise NotAllowed(_("Наградата се обявява от координаторите на областта."))
    if Period.objects.filter(region=region, year=year).exists():
        raise ActionRefused(_("За тази година областта вече има награда."))
    made = Period.objects.create(
        code=f"{region.code}-{year}", region=region, path=region.path, year=year,
        title=title.strip() or _("Добри практики в област %(region)s, %(year)s г.") % {"region": region.name, "year": year},
        round_code=round_.code if round_ else "", awards=int(rules.number("practice_awards") or 1),
        spread=Decimal(str(rules.number("practice_weight_spread") or 0)), opened_at=clock.now(), opened_by=actor.name,
        grouping=grouping,
    )  # fmt: skip
    note(actor, "practice.period_opened", made.code, grouping=grouping)
    return made


@transaction.atomic
def choose_round(actor: Actor, period: Period, round_: Round, *, grouping: str | None = None) -> Period:
    """Which round of visits the marks come from, and how services are divided. NotAllowed, ActionRefused."""
    kept = changeable(actor, period)
    if kept.stage != stages.NOMINATIONS:
        raise ActionRefused(_("Списъкът вече е при комисията."))
    kept.round_code = round_.code
    kept.grouping = kept.grouping if grouping is None else grouping
    kept.save()
    note(actor, "practice.period_round", kept.code, round=round_.code, grouping=kept.grouping)
    return kept


@transaction.atomic
def nominate(
    actor: Actor,
    period: Period,
    service: Service,
    *,
    why: str,
    practice: Practice | None = None,
    address: str = "",
    sender: str = "",
) -> Nomination:
    """Propose a service. Of people who use services no name is kept. A coordinator's nomination is kept at once and the
    service is written to (`address`: of this Opora). ActionRefused outside the term or the region, and where too much
    comes from one network address (`sender`).
    """
    if period.stage != stages.NOMINATIONS:
        raise ActionRefused(_("Номинациите за тази награда са приключили."))
    if not service.path.startswith(period.path + "/"):
        raise ActionRefused(_("Услугата не е в тази област."))
    let_through(actor, "nomination", sender)
    kind = policies_selection.nominates_as(actor, service)
    known = kind != "user"
    made = Nomination.objects.create(
        period=period, service=service, practice=practice, kind=kind, at=clock.now(),
        why=wanted(why, _("Напишете защо предлагате тази услуга.")), by=actor.name if known else "",
        organisation=actor.organisation if known else "", state="kept" if kind == "coordinator" else "new",
    )  # fmt: skip
    note(actor, "practice.nominated", period.code, service, kind=kind)
    if made.state == "kept":
        messages.queue(actor, letters.of_nomination(made, address))
    return made


@transaction.atomic
def decide_nomination(
    actor: Actor, nomination: Nomination, *, keep: bool, why: str, address: str = ""
) -> Nomination:
    """Keep a nomination or say why not; the service is written to. NotAllowed, ActionRefused."""
    changeable(actor, nomination.period)
    nomination.state = "kept" if keep else "declined"
    nomination.state_why = why.strip() if keep else wanted(why, _("Напишете защо номинацията не се приема."))
    nomination.state_by = actor.name
    nomination.save()
    note(actor, f"practice.nomination_{nomination.state}", nomination.period.code, nomination.service)
    messages.queue(actor, letters.of_nomination(nomination, address))
    return nomination


@transaction.atomic
def clear(actor: Actor, period: Period, service: Service, *, clear: bool, source: str) -> Clearance:
    """Record whether a controlling body's prescription is open, and where that was read. NotAllowed, ActionRefused."""
    changeable(actor, period)
    made = Clearance.objects.create(
        period=period, service=service, clear=clear, at=clock.now(), by=actor.name,
        source=wanted(source, _("Напишете къде е проверено: писмо, регистър, дата.")),
    )  # fmt: skip
    note(actor, "practice.prescriptions_checked", period.code, service, clear=clear)
    return made


@transaction.atomic
def fix_list(actor: Actor, period: Period) -> Period:
    """Hand the list as it stands to the panel, or hand it over anew after a mark changed. Votes stay.

    NotAllowed; ActionRefused without anybody on the list.
    """
    kept = changeable(actor, period)
    board = Board(kept)
    if not any(place.listed for place in board.ranking.places):
        raise ActionRefused(
            _("Още няма услуга, която минава условията и е сред първите. Вижте какво липсва.")
        )
    kept.standings.all().delete()
    for order, place in enumerate(board.ranking.places, 1):
        score, first, among, listed = figures(place)
        Standing.objects.create(
            period=kept, service=board.by_code[place.key].service, score=score, first=first, among=among,
            best=place.best, worst=place.worst, standing=place.standing, listed=listed, order=order,
            place=shared(place), group=board.kinds[place.key].code, group_title=board.kinds[place.key].title,
        )  # fmt: skip
    kept.stage, kept.fixed_at = stages.PANEL, clock.now()
    kept.version += 1
    kept.save()
    note(actor, "practice.list_fixed", kept.code, ranked=len(board.ranking.places))
    return kept


def changeable(actor: Actor, period: Period) -> Period:
    """The period as it stands now, ours until the transaction ends. NotAllowed once it is decided."""
    kept = Period.objects.select_for_update(of=("self",)).select_related("region").get(pk=period.pk)
    if not policies_selection.change_period(actor, kept):
        raise NotAllowed(_("Тази награда не се променя сега."))
    found: Period = kept
    return found
