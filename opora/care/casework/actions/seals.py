"""Sealing a file, opening it by two persons, taking the seal off."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies, seals
from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.models import ClientFile, Person, Seal, SealOpening
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules import queries as rules

FIELDS = [*seals.HIDDEN, "names_sealed", "version"]


@transaction.atomic
def seal_file(actor: Actor, file: ClientFile, *, kind: str, why: str) -> Seal:
    """Hide a file from all who did not open it by two persons; emergencies of it end now. NotAllowed, ActionRefused."""
    kept = locked(file)
    if kept.sealed or not policies.seal_file(actor, kept):
        raise NotAllowed(_("Досие запечатва ръководителят на услугата."))
    if kind not in dict(Seal.KINDS) or not why.strip():
        raise ActionRefused(_("Изберете вид и напишете защо. Причината остава в досието."))
    for number, person in enumerate(_people(kept)):
        with override("bg"):  # it is kept, not shown in passing
            seals.hide(person, _("Запечатано досие") if number == 0 else _("Близък %(n)s") % {"n": number})
        person.version += 1
        person.save(update_fields=FIELDS)
    now = clock.now()
    kept.emergencies.running(now).update(until=now)
    kept.sealed, kept.version = True, kept.version + 1
    kept.save(update_fields=["sealed", "version"])
    made = Seal.objects.create(file=kept, kind=kind, why=why.strip(), at=now, by=actor.name)
    audit.record(actor, "case.sealed", kept.code, chain=chain_of(kept), ground=kind)
    return made


@transaction.atomic
def ask_to_unseal(actor: Actor, file: ClientFile, *, why: str) -> SealOpening:
    """The first of two persons. Asked again while it waits gives the same request. NotAllowed, ActionRefused."""
    kept = locked(file)
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None or not policies.ask_to_unseal(actor, kept):
        raise NotAllowed(_("Искане отправя ръководителят или който работи по досието."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо трябва да отворите досието."))
    now = clock.now()
    waiting = kept.seal_openings.waiting(now).filter(user=user).first()
    if waiting is not None:
        return waiting
    made = SealOpening.objects.create(file=kept, user=user, by=actor.name, why=why.strip(), asked_at=now)
    audit.record(actor, "case.unsealing_asked", kept.code, chain=chain_of(kept), details={"opening": made.pk})
    return made


@transaction.atomic
def answer_unsealing(actor: Actor, opening: SealOpening, *, confirm: bool) -> SealOpening:
    """The second person opens the file to the first for a time, or refuses. NotAllowed, ActionRefused."""
    kept = locked(opening.file)
    asked = kept.seal_openings.select_for_update().get(pk=opening.pk)
    asked.file = kept
    if not policies.confirm_unsealing(actor, asked):
        raise NotAllowed(_("Отваряне потвърждава друг човек. Единият от двамата е ръководителят."))
    now = clock.now()
    if not kept.sealed or not kept.seal_openings.waiting(now).filter(pk=asked.pk).exists():
        raise ActionRefused(_("Искането вече има отговор или е по-старо от един ден."))
    asked.answered_at, asked.answered_by_id, asked.answered_by = now, actor.user_id, actor.name
    if confirm:
        asked.confirmed_at, asked.until = now, now + _length()
    asked.save()
    deed = "case.unsealing_confirmed" if confirm else "case.unsealing_refused"
    audit.record(
        actor, deed, kept.code, chain=chain_of(kept), details={"opening": asked.pk, "to": asked.user_id}
    )
    return asked


@transaction.atomic
def take_seal_off(actor: Actor, file: ClientFile, *, why: str) -> ClientFile:
    """The head, while the file is open to them, makes it an ordinary one. NotAllowed, ActionRefused."""
    kept = locked(file)
    if not kept.sealed or not policies.seal_file(actor, kept):
        raise NotAllowed(_("Печата маха ръководителят, докато досието е отворено за него."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Причината остава в досието."))
    for person in _people(kept):
        seals.restore(person)
        person.version += 1
        person.save(update_fields=FIELDS)
    kept.seal.delete()
    kept.sealed, kept.version = False, kept.version + 1
    kept.save(update_fields=["sealed", "version"])
    words = _("Печатът е махнат. %(why)s") % {"why": why.strip()}
    write_event(actor, kept, kind="stage", on=clock.today(), text=words, key=secrets.token_hex(16))
    audit.record(actor, "case.seal_taken_off", kept.code, chain=chain_of(kept))
    return kept


def _people(file: ClientFile) -> list[Person]:
    """The person of the file first, then those around them."""
    return [file.person, *(relation.person for relation in file.relations.select_related("person"))]


def _length() -> dt.timedelta:
    hours = rules.number("sealed_open_hours")
    if not hours:
        raise ActionRefused(_("Правилото за времето на отваряне няма стойност. Поправете го в „Правила“."))
    return dt.timedelta(hours=hours)
