"""The former head reads a file that went to another service: for a stated reason, a time, and told to who leads it now;
a sealed one when a second person confirms it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies, queries_old_file, wall
from opora.care.casework.actions.common import author_of, chain_of, locked, write_event
from opora.care.casework.models import ArchiveOpening, ClientFile
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

LEAST_WORDS = 20


@wall.across
@transaction.atomic
def open_old_file(
    actor: Actor, file: ClientFile, *, reason: str, why: str, address: str = ""
) -> ArchiveOpening:
    """Read the old file until its time passes; the service that leads the case hears of it, and it stands in its
    chronology. A sealed one waits for a second person, who is written to (`address`: of this Opora). Asked again while it
    is open or waits gives the same opening. NotAllowed, ActionRefused.
    """
    kept = locked(file)
    user = author_of(actor)
    if user is None or not policies.open_old_file(actor, kept):
        raise NotAllowed(_("Старото досие отваря ръководителят на услугата, от която е тръгнало."))
    if reason not in dict(ArchiveOpening.REASONS) or len(why.strip()) < LEAST_WORDS:
        raise ActionRefused(
            _("Изберете причина и опишете с поне %(n)s знака за какво Ви е.") % {"n": LEAST_WORDS}
        )
    now = clock.now()
    mine = kept.archive_openings.filter(user=user)
    if (found := mine.running(now).first() or mine.waiting(now).first()) is not None:
        return found
    made = ArchiveOpening(
        file=kept, user=user, by=actor.name, organisation=actor.organisation, reason=reason, why=why.strip()
    )
    return _ask_second(actor, made, now, address) if kept.sealed else _open(actor, made, now)


@wall.across
@transaction.atomic
def answer_old_file(actor: Actor, opening: ArchiveOpening, *, confirm: bool) -> ArchiveOpening:
    """The second person opens the sealed old file to the first for a time, or refuses. NotAllowed, ActionRefused."""
    kept = locked(opening.file)
    asked = kept.archive_openings.select_for_update().get(pk=opening.pk)
    asked.file = kept
    if not policies.confirm_old_file(actor, kept, asked.user_id):
        raise NotAllowed(_("Отваряне потвърждава друг човек: ръководител или работилият по досието."))
    now = clock.now()
    if not kept.archive_openings.waiting(now).filter(pk=asked.pk).exists():
        raise ActionRefused(_("Искането вече има отговор или е по-старо от един ден."))
    asked.answered_at, asked.answered_by_id, asked.answered_by = now, actor.user_id, actor.name
    if not confirm:
        asked.save()
        audit.record(
            actor, "case.archive_refused", kept.code, chain=chain_of(kept), details={"opening": asked.pk}
        )
        return asked
    opened = _open(actor, asked, now)
    kept.seal_openings.create(  # the same two persons open the seal for the same time
        user_id=asked.user_id, by=asked.by, why=asked.why, asked_at=asked.asked_at or now, answered_at=now,
        answered_by_id=actor.user_id, answered_by=actor.name, confirmed_at=now, until=opened.until,
    )  # fmt: skip
    return opened


def _open(actor: Actor, made: ArchiveOpening, now: dt.datetime) -> ArchiveOpening:
    made.opened_at, made.until = now, now + _length()
    made.save()
    told = _tell(made)
    audit.record(
        actor, "case.archive_consulted", made.file.code, chain=chain_of(made.file), ground=made.reason,
        details={"opening": made.pk, "until": made.until.isoformat(), "notices": told, "to": made.user_id},
    )  # fmt: skip
    return made


def _ask_second(actor: Actor, made: ArchiveOpening, now: dt.datetime, address: str) -> ArchiveOpening:
    """It waits a day for one of those who may confirm; each is written to, with its number only."""
    made.asked_at = now
    made.save()
    code = made.file.code
    with override("bg"):
        subject = _("Досие %(code)s чака второ лице") % {"code": code}
        body = _(
            "Ръководител иска да прочете запечатано старо досие %(code)s. Потвърдете или откажете до един ден."
        )
    where = f"{address}{reverse('casework_old_file', args=[code])}" if address else ""
    letters = [
        Letter(
            key=f"archive-asked:{made.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject,
            body=f"{body % {'code': code}}\n\n{where}".strip(), path=made.file.path, about=code,
        )
        for person in queries_old_file.second_persons(made.file, made.user_id)
    ]  # fmt: skip
    queue(system(), letters)
    audit.record(
        actor, "case.archive_asked", code, chain=chain_of(made.file), ground=made.reason,
        details={"opening": made.pk},
    )  # fmt: skip
    return made


def _length() -> dt.timedelta:
    hours = rules.number("old_file_open_hours")
    if not hours:
        raise ActionRefused(_("Правилото за времето на отваряне няма стойност. Поправете го в „Правила“."))
    return dt.timedelta(hours=hours)


def _tell(opened: ArchiveOpening) -> int:
    """A line in the chronology of the file as it is led now, and a letter to the heads there: numbers, no names."""
    now_at = queries_old_file.successor(opened.file)
    if now_at is None:
        return 0
    with override("bg"):
        said = {
            "service": opened.file.service.name, "code": opened.file.code, "new": now_at.code,
            "reason": opened.get_reason_display(),
        }  # fmt: skip
        line = _("%(service)s прочете старото досие %(code)s. Причина: %(reason)s.") % said
        subject = _("Прочетено е старото досие на %(new)s") % said
        body = (
            _(
                "Ръководителят на %(service)s отвори старото досие %(code)s. Причина: %(reason)s.\n\n"
                "При Вас досието е %(new)s. Подробностите са в хронологията му."
            )
            % said
        )
    write_event(
        system(),
        now_at,
        kind="archive",
        on=clock.today(),
        text=f"{line}\n{opened.why}",
        key=f"archive-{opened.pk}",
    )
    letters = [
        Letter(
            key=f"archive:{opened.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject, body=body,
            path=now_at.path, about=now_at.code,
        )
        for person in queries_old_file.heads_of(now_at)
    ]  # fmt: skip
    return queue(system(), letters)[1]
