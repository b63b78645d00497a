"""The panel: who sits on it, what ties they declare, how they vote and why, what was decided."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import conflicts
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.documents import store
from opora.foundation.documents.book import FORMATS
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.render import PdfUnavailable
from opora.foundation.messages import actions as messages
from opora.foundation.rules import queries as rules
from opora.improvement.practice import letters, policies_selection, stages
from opora.improvement.practice.actions.common import note, wanted
from opora.improvement.practice.actions.periods import changeable
from opora.improvement.practice.models import Award, Conflict, PanelMember, Period, Practice, Vote
from opora.improvement.practice.papers import making, minutes
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.queries_selection import counts
from opora.register.models import Service

OWNER = "practice.minutes"


@transaction.atomic
def seat_member(actor: Actor, period: Period, user: User, *, chair: bool = False) -> PanelMember:
    """Give somebody a seat; ties the register knows of are written down at once. NotAllowed, ActionRefused."""
    kept = changeable(actor, period)
    if kept.panel.filter(user=user).exists():
        raise ActionRefused(_("%(name)s вече е в комисията.") % {"name": user.name})
    if chair:
        kept.panel.filter(part="chair").update(part="member")
    made = PanelMember.objects.create(
        period=kept, user=user, name=user.name, organisation=user.organisation, part="chair" if chair else "member",
        named_by=actor.name,
    )  # fmt: skip
    services = [one.service for one in Board(kept).candidates]
    for (_user, service), why in conflicts.ties([user], services).items():
        Conflict.objects.create(member=made, service_id=service, what=why, found=True)
    note(actor, "practice.member_seated", kept.code, user=user.pk)
    return made


@transaction.atomic
def unseat_member(actor: Actor, member: PanelMember) -> None:
    """Take a seat back before its holder has voted. NotAllowed, ActionRefused."""
    changeable(actor, member.period)
    if member.votes.exists():
        raise ActionRefused(_("%(name)s вече е гласувал и остава в протокола.") % {"name": member.name})
    note(actor, "practice.member_removed", member.period.code, user=member.user_id)
    member.delete()


@transaction.atomic
def declare(actor: Actor, period: Period, ties: Mapping[Service, str]) -> PanelMember:
    """The member says which candidates they are tied to, or that there are none. NotAllowed."""
    member = _own_seat(actor, period)
    if period.stage == stages.DECIDED:
        raise NotAllowed(_("Тази награда вече е решена."))
    member.conflicts.filter(found=False).delete()
    for service, what in ties.items():
        if not member.conflicts.filter(service=service).exists():
            Conflict.objects.create(member=member, service=service, what=what.strip() or _("обявена връзка"))
    member.declared_at = clock.now()
    member.save(update_fields=["declared_at"])
    note(actor, "practice.conflicts_declared", period.code, count=len(ties))
    return member


@transaction.atomic
def vote(actor: Actor, period: Period, service: Service, *, choice: str, why: str) -> Vote:
    """Vote on a candidate, with the reason. NotAllowed before the declaration and on a tied candidate; ActionRefused."""
    member = _own_seat(actor, period)
    if not policies_selection.vote(member, period):
        raise NotAllowed(_("Гласува се, след като обявите дали имате връзка с някой кандидат."))
    if member.conflicts.filter(service=service).exists():
        raise NotAllowed(_("Имате връзка с тази услуга и не гласувате за нея."))
    if service.pk not in {one.service.pk for one in Board(period).votable()}:
        raise ActionRefused(_("Тази услуга не е сред кандидатите за комисията."))
    made = Vote.objects.create(
        member=member,
        service=service,
        choice=choice,
        why=wanted(why, _("Напишете защо гласувате така.")),
        at=clock.now(),
    )
    note(actor, "practice.voted", period.code, service)
    return made


def decide(
    actor: Actor,
    period: Period,
    chosen: Sequence[Service],
    *,
    words: str,
    departs_why: str = "",
    address: str = "",
) -> list[Award]:
    """Record the panel's decision, give the awards, write to the services, keep the minutes as they were that day.

    The panel may depart from the list, but says why. `address`: of this Opora, for the letters. NotAllowed; ActionRefused while the list is out of date, votes are
    missing, or there is no majority.
    """
    made = _decide(actor, period, chosen, words=words, departs_why=departs_why, address=address)
    for ending in FORMATS:
        with contextlib.suppress(PdfUnavailable):
            minutes_of(actor, Period.objects.select_related("region").get(pk=period.pk), ending)
    return made


def minutes_of(actor: Actor, period: Period, ending: str) -> bytes:
    """The minutes: of today before the decision, afterwards those kept then. PdfUnavailable."""
    if period.stage != stages.DECIDED:
        return making.content(minutes.book(actor, Board(period)), ending)
    kept = Attachment.objects.of(OWNER, period.code).filter(name=_kept_as(period, ending)).first()
    if kept is not None:
        return store.read(kept.stored_as)
    content = making.content(minutes.book(actor, Board(period)), ending)
    documents.attach(
        actor, content, name=_kept_as(period, ending), owner=OWNER, owner_id=period.code, path=period.path
    )
    return content


def _kept_as(period: Period, ending: str) -> str:
    return f"protokol-{period.code}.{ending}"


@transaction.atomic
def _decide(
    actor: Actor, period: Period, chosen: Sequence[Service], *, words: str, departs_why: str, address: str
) -> list[Award]:
    kept = changeable(actor, period)
    board = Board(kept)
    if kept.stage != stages.PANEL:
        raise ActionRefused(_("Първо подайте списъка на комисията."))
    if board.moved:
        raise ActionRefused(
            _(
                "След подаването на списъка е променена оценка. Подайте го отново и дайте на комисията да го види."
            )
        )
    if not chosen or len(chosen) > kept.awards:
        raise ActionRefused(_("Изберете от една до %(n)s услуги.") % {"n": kept.awards})
    _majority(kept, chosen)
    listed = {one.service_id for one in board.fixed if one.listed}
    departs = any(one.pk not in listed for one in chosen)
    kept.departs_why = (
        wanted(departs_why, _("Избрана е услуга извън краткия списък. Напишете защо.")) if departs else ""
    )
    kept.decision = wanted(words, _("Напишете решението на комисията."))
    kept.stage, kept.decided_at, kept.decided_by = stages.DECIDED, clock.now(), actor.name
    kept.version += 1
    kept.save()
    made = [_give(kept, service, number) for number, service in enumerate(chosen, 1)]
    note(actor, "practice.decided", kept.code, awards=[one.number for one in made], departs=departs)
    nominated = [one.service for one in board.candidates if one.nominated]
    messages.queue(actor, letters.of_decision(kept, made, nominated, address))
    return made


def _majority(period: Period, chosen: Sequence[Service]) -> None:
    least, found = int(rules.number("practice_panel_quorum") or 1), counts(period)
    for service in chosen:
        votes = found.get(service.code)
        cast = len(votes.votes) if votes else 0
        if votes is None or cast < least:
            raise ActionRefused(
                _("За „%(name)s“ са гласували %(cast)s, а трябват най-малко %(least)s.")
                % {"name": service.name, "cast": cast, "least": least}
            )
        if votes.of("for") <= votes.of("against"):
            raise ActionRefused(_("„%(name)s“ няма мнозинство.") % {"name": service.name})


def _give(period: Period, service: Service, number: int) -> Award:
    found = period.nominations.filter(service=service, state="kept").exclude(practice=None).first()
    practice = (
        found.practice
        if found
        else Practice.objects.filter(service=service).order_by("-published_at").first()
    )
    reasons = [v.why for v in counts(period)[service.code].votes if v.choice == "for"]
    award: Award = Award.objects.create(
        period=period, service=service, practice=practice, number=f"{period.code}-{number}", why=" ".join(reasons),
        at=clock.now(),
    )  # fmt: skip
    return award


def _own_seat(actor: Actor, period: Period) -> PanelMember:
    seat = policies_selection.seat(actor, period)
    if seat is None:
        raise NotAllowed(_("Гласуват само членовете на комисията."))
    return seat
