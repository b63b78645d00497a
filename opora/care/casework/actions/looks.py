"""Counting the files a person opens, watched files, and the alerts that follow."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import header, queries_trust, wall
from opora.care.casework import policies_protection as policies
from opora.care.casework.actions.common import chain_of
from opora.care.casework.models import Alert, Bait, ClientFile, FileArchive, Look
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

HOUR = dt.timedelta(hours=1)


@transaction.atomic
def look(actor: Actor, file: ClientFile) -> Alert | None:
    """Note that the actor opens the file, read by `queries.file_for`. Gives the alert that stands in the way: a second factor to be shown again
    (`hour`), or a head to be asked (`day`); None to go on.
    """
    if actor.user_id is None:
        return None
    now = clock.now()
    begun = dt.datetime.combine(clock.today(), dt.time(), terms.SOFIA)
    counted = header.SEEN.rows(user=actor.user_id, file=file.pk, hour_ago=now - HOUR, begun=begun)
    seen = counted[0] if counted else dict.fromkeys(("hour", "day", "known"), 0)
    most_hour = rules.as_number("files_hour", file.most_hour)
    most_day = rules.as_number("files_day", file.most_day)
    if most_day is not None and seen["day"] >= most_day and not seen["known"]:
        stopped = _alert(actor, file, Alert.DAY, seen["day"], since=begun)
        if stopped.answered_at is None:
            return stopped
    Look.objects.bulk_create(
        [Look(user_id=actor.user_id, file=file, at=now)], update_conflicts=True, update_fields=["at"],
        unique_fields=["user", "file"],
    )  # fmt: skip
    if file.watched:
        _alert(actor, file, Alert.BAIT, 1, since=now - HOUR)
    if most_hour is not None and seen["hour"] >= most_hour:
        many = _alert(actor, file, Alert.HOUR, seen["hour"] + 1, since=now - HOUR)
        return many if many.answered_at is None else None
    return None


def tell_of_archives(actor: Actor, file: ClientFile) -> None:
    """Whole files taken out are counted as well: above the rule's number a day heads and officers hear of it."""
    begun = dt.datetime.combine(clock.today(), dt.time(), terms.SOFIA)
    today = FileArchive.objects.filter(user_id=actor.user_id or 0, asked_at__gte=begun)
    count, most = today.values("file").distinct().count(), rules.number("archives_day")
    if most is not None and count > most:
        _alert(actor, file, Alert.BULK, count, since=begun)


def _alert(actor: Actor, file: ClientFile, kind: str, count: int, *, since: dt.datetime) -> Alert:
    """The alert of this time, made and told when it is the first."""
    user = actor.user_id or 0
    found = Alert.objects.since(since).filter(user_id=user, kind=kind)
    found = found.filter(code=file.code) if kind == Alert.BAIT else found
    if (known := found.first()) is not None:
        return known
    made = Alert.objects.create(
        kind=kind, user_id=user, by=actor.name, path=file.path, code=file.code, count=count, at=clock.now()
    )  # fmt: skip
    queue(system(), _letters(made, file))
    deed = {
        Alert.HOUR: "case.many_hour", Alert.DAY: "case.many_day", Alert.BAIT: "case.watched", Alert.BULK: "case.many_archives",
    }[kind]  # fmt: skip
    # Whose service it is reads its own chain: that a file is watched stands elsewhere.
    chain = "system" if kind == Alert.BAIT else chain_of(file)
    audit.record(actor, f"{deed}_access", file.code, chain=chain, details={"alert": made.pk, "files": count})
    return made


def _letters(alert: Alert, file: ClientFile) -> list[Letter]:
    """At once, to whom it concerns; never to whom it is about, and of a watched file to the officers only."""
    told = queries_trust.told_of_emergencies(file)
    if alert.kind == Alert.BAIT:
        told = queries_trust.officers()
    with override("bg"):
        when = f"{alert.at.astimezone(terms.SOFIA):%d.%m.%Y, %H:%M}"
        said = {"code": alert.code, "at": when, "count": alert.count}
        subject, body = {
            Alert.HOUR: (
                _("Отворени са много досиета за един час"),
                _("До %(at)s един човек отвори %(count)s различни досиета за час. Кой е, вижте в Опора."),
            ),
            Alert.DAY: (
                _("Отварянето на досиета е спряно"),
                _("До %(at)s един човек отвори %(count)s различни досиета днес и беше спрян. Вижте в Опора дали да продължи."),
            ),
            Alert.BULK: (
                _("Взети са много архиви на досиета"),
                _("До %(at)s един човек поиска архиви на %(count)s различни досиета за ден. Кой и защо, вижте в Опора."),
            ),
            Alert.BAIT: (
                _("Отворено е наблюдавано досие"),
                _("Наблюдавано досие беше отворено на %(at)s. Кой и кое, вижте в Опора."),
            ),
        }[alert.kind]  # fmt: skip
        return [
            Letter(
                key=f"alert:{alert.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject,
                body=body % said, path=file.path, about="" if alert.kind == Alert.BAIT else alert.code, urgent=True,
            )
            for person in told if person.pk != alert.user_id
        ]  # fmt: skip


@transaction.atomic
def shown_again(actor: Actor, alert: Alert) -> None:
    """The person showed the second factor after the alert, and goes on."""
    open_ = Alert.objects.open().filter(pk=alert.pk, kind=Alert.HOUR, user_id=actor.user_id or 0)
    if open_.update(answered_at=clock.now(), answered_by=actor.name, answered_by_id=actor.user_id):
        audit.record(actor, "case.second_factor_access", alert.code, details={"alert": alert.pk})


@transaction.atomic
def answer_alert(actor: Actor, alert: Alert, *, answer: str) -> Alert:
    """The head lets somebody on for the rest of the day, or the officer writes what an opening was about."""
    kept = Alert.objects.select_for_update().get(pk=alert.pk)
    if not (policies.allow_more(actor, kept) or policies.look_into(actor, kept)):
        raise NotAllowed(_("Отговаря друг човек, или вече е отговорено."))
    if not answer.strip():
        raise ActionRefused(_("Напишете защо. Причината остава при сигнала."))
    kept.answered_at, kept.answered_by_id = clock.now(), actor.user_id
    kept.answered_by, kept.answer = actor.name, answer.strip()
    kept.save()
    audit.record(actor, f"case.{kept.kind}_answered", kept.code, details={"alert": kept.pk})
    return kept


@wall.across
@transaction.atomic
def watch(actor: Actor, code: str, *, why: str) -> Bait:
    """Mark a file as watched. LookupError for no such file; NotAllowed; ActionRefused without a reason."""
    if not policies.watch(actor):
        raise NotAllowed(_("Кои досиета се наблюдават знае само длъжностното лице по защита на данните."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Причината остава при сигнала."))
    file = ClientFile.objects.filter(code=code).first()
    if file is None:
        raise LookupError(code)
    made, fresh = Bait.objects.get_or_create(
        file=file, defaults={"why": why.strip(), "at": clock.now(), "by": actor.name}
    )
    if fresh:
        audit.record(actor, "case.watch_begun", code)
    return made


@wall.across
@transaction.atomic
def watch_no_more(actor: Actor, bait: Bait) -> None:
    """Nobody is told of its openings any more."""
    if not policies.watch(actor):
        raise NotAllowed(_("Кои досиета се наблюдават знае само длъжностното лице по защита на данните."))
    audit.record(actor, "case.watch_removed", bait.file.code)
    bait.delete()
