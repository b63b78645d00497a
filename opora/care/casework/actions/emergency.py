"""Break-glass: opening a file in an emergency, for reading, for an hour, with two notices and a review after."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies, queries_trust, wall
from opora.care.casework.actions.common import chain_of, locked
from opora.care.casework.models import ClientFile, Emergency
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

LEAST_WORDS = 20
WEEK = dt.timedelta(days=7)


@wall.across
@transaction.atomic
def open_in_emergency(actor: Actor, file: ClientFile, *, reason: str, why: str) -> Emergency:
    """Read a file that is not the actor's until its time passes; the head of its service and the data protection
    officer hear of it at once. Asked again while it is open gives the same opening. NotAllowed, ActionRefused.
    """
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
    kept = locked(file)
    if user is None or not policies.open_in_emergency(actor, kept):
        raise NotAllowed(_("Това досие не може да се отвори по спешност."))
    if reason not in dict(Emergency.REASONS) or len(why.strip()) < LEAST_WORDS:
        raise ActionRefused(_("Изберете причина и опишете случая с поне %(n)s знака.") % {"n": LEAST_WORDS})
    now = clock.now()
    running = kept.emergencies.running(now).filter(user=user).first()
    if running is not None:
        return running
    _refuse_too_many(user, now)
    opened = Emergency.objects.create(
        file=kept, user=user, by=actor.name, organisation=actor.organisation, reason=reason, why=why.strip(),
        opened_at=now, until=now + _length(), review_due=_review_due(now),
    )  # fmt: skip
    told = queue(system(), _notices(opened))[1]
    audit.record(
        actor, "case.emergency_consulted", kept.code, chain=chain_of(kept), ground=reason,
        details={"opening": opened.pk, "until": opened.until.isoformat(), "notices": told},
    )  # fmt: skip
    return opened


@transaction.atomic
def review_emergency(actor: Actor, emergency: Emergency, *, note: str) -> Emergency:
    """The head has looked at an opening. NotAllowed; ActionRefused without words or for one reviewed already."""
    kept = (
        Emergency.objects.select_for_update(of=("self",)).select_related("file__service").get(pk=emergency.pk)
    )
    if not policies.review_emergency(actor, kept):
        raise NotAllowed(_("Отварянето преглежда ръководителят на услугата."))
    if kept.reviewed_at is not None:
        raise ActionRefused(_("Отварянето вече е прегледано от %(name)s.") % {"name": kept.reviewed_by})
    if not note.strip():
        raise ActionRefused(_("Напишете какво установихте. Бележката остава при отварянето."))
    kept.reviewed_at, kept.reviewed_by, kept.review = clock.now(), actor.name, note.strip()
    kept.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    code = kept.file.code
    audit.record(
        actor, "case.emergency_reviewed", code, chain=chain_of(kept.file), details={"opening": kept.pk}
    )
    return kept


def _refuse_too_many(user: User, now: dt.datetime) -> None:
    most = rules.number("break_glass_week")
    made = Emergency.objects.filter(user=user, opened_at__gt=now - WEEK).count()
    if most is not None and made >= most:
        words = _("За седем дни отворихте по спешност %(n)s досиета. Обадете се на ръководителя на услугата.")
        raise ActionRefused(words % {"n": made})


def _length() -> dt.timedelta:
    minutes = rules.number("break_glass_minutes")
    if not minutes:
        raise ActionRefused(
            _("Правилото за времето на спешния достъп няма стойност. Обадете се на услугата.")
        )
    return dt.timedelta(minutes=minutes)


def _review_due(now: dt.datetime) -> dt.datetime | None:
    rule = rules.rule("break_glass_review")
    if rule.number is None or rule.unit not in terms.UNITS:
        return None
    return terms.due(now, int(rule.number), rule.unit)


def _notices(opened: Emergency) -> list[Letter]:
    """To every head of the service and every data protection officer; the code and nothing about people."""
    file = opened.file
    with override("bg"):
        when = opened.opened_at.astimezone(terms.SOFIA)
        said = {
            "code": file.code,
            "at": f"{when:%d.%m.%Y, %H:%M}",
            "until": f"{opened.until.astimezone(terms.SOFIA):%H:%M}",
        }
        subject = _("Досие %(code)s е отворено по спешност") % said
        body = _(
            "Досие %(code)s беше отворено по спешност на %(at)s, само за четене, до %(until)s.\n\n"
            "Кой и защо го е отворил, вижте в Опора."
        )
        return [
            Letter(
                key=f"emergency:{opened.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject,
                body=body % said, path=file.path, about=file.code, urgent=True,
            )
            for person in queries_trust.told_of_emergencies(file)
        ]  # fmt: skip
