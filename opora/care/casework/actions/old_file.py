"""The former head reads a file that went to another service: for a stated reason, a time, and told to who leads it now."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
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
def open_old_file(actor: Actor, file: ClientFile, *, reason: str, why: str) -> ArchiveOpening:
    """Read the old file until its time passes; the service that leads the case hears of it, and it stands in its
    chronology. Asked again while it is open gives the same opening. NotAllowed, ActionRefused.
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
    running = kept.archive_openings.running(now).filter(user=user).first()
    if running is not None:
        return running
    made = ArchiveOpening.objects.create(
        file=kept, user=user, by=actor.name, organisation=actor.organisation, reason=reason, why=why.strip(),
        opened_at=now, until=now + _length(),
    )  # fmt: skip
    told = _tell(made)
    audit.record(
        actor, "case.archive_consulted", kept.code, chain=chain_of(kept), ground=reason,
        details={"opening": made.pk, "until": made.until.isoformat(), "notices": told},
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
