"""Erasing a file: one person asks with a ground, another confirms, then every row, attachment and draft goes."""

from __future__ import annotations

import re

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework import hanging, keeping, ledger, queries_protection, wall
from opora.care.casework import policies_protection as policies
from opora.care.casework.actions.common import chain_of, locked
from opora.care.casework.models import ClientFile, Erasure, Person
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.drafts import unsent
from opora.foundation.drafts.models import Draft
from opora.foundation.jobs import actions as jobs

KIND = "casework.sweep"
_A_CODE = re.compile(r"Д-\d{4}-\d+")


@transaction.atomic
def ask_to_erase(actor: Actor, file: ClientFile, *, ground: str, document: str) -> Erasure:
    """The first of two persons. Asked again while it waits gives the same request. NotAllowed, ActionRefused."""
    kept = locked(file)
    if actor.user_id is None or not policies.ask_to_erase(actor, kept):
        raise NotAllowed(_("Заличаване иска ръководителят на услугата."))
    if (waiting := kept.erasures.waiting().first()) is not None:
        return waiting
    if ground not in dict(Erasure.GROUNDS) or not document.strip():
        raise ActionRefused(_("Изберете основание и посочете документ. Двете остават след досието."))
    _refuse_kept(kept, ground)
    made = Erasure.objects.create(
        file=kept, code=kept.code, path=kept.path, ground=ground, document=document.strip(), user_id=actor.user_id,
        by=actor.name, asked_at=clock.now(),
    )  # fmt: skip
    details = {"erasure": made.pk}
    audit.record(actor, "case.erasure_asked", kept.code, chain=chain_of(kept), ground=ground, details=details)
    return made


@wall.across
@transaction.atomic
def answer_erasure(actor: Actor, erasure: Erasure, *, confirm: bool) -> Erasure:
    """The second person erases the file now, or refuses. NotAllowed, ActionRefused."""
    asked = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if not policies.confirm_erasure(actor, asked):
        raise NotAllowed(_("Заличаване потвърждава друг човек: длъжностното лице или друг ръководител."))
    if asked.answered_at is not None or asked.file is None:
        raise ActionRefused(_("Искането вече има отговор."))
    file = locked(asked.file)
    asked.answered_at, asked.answered_by_id, asked.answered_by = clock.now(), actor.user_id, actor.name
    if confirm:
        _refuse_kept(file, asked.ground)
        asked.rows, asked.erased_at = _erase(file), clock.now()
        asked.file = None
    asked.save()
    details = {"erasure": asked.pk, "rows": asked.rows, "asked by": asked.user_id}
    deed = "case.erased" if confirm else "case.erasure_refused"
    audit.record(actor, deed, asked.code, chain=chain_of(file), ground=asked.ground, details=details)
    if confirm:
        _ask_to_sweep(actor, asked.code)
    return asked


@wall.across
def erase_again(actor: Actor) -> list[str]:
    """Files of the list that an older database brought back: erased again. Gives their numbers."""
    found = []
    for line in set(ledger.lines()):
        with transaction.atomic():
            there = ClientFile.objects.select_for_update(of=("self",)).select_related("service", "person")
            file = there.filter(code=line.code, opened_at=line.opened_at).first()
            if file is None:
                continue
            rows = _erase(file, note=False)
            details = {"rows": rows, "again": True}
            audit.record(actor, "case.erased", line.code, chain=chain_of(file), details=details)
            found.append(line.code)
    return sorted(found)


def mark_swept() -> int:
    """The bytes of everything erased until now are gone."""
    gone = Erasure.objects.filter(erased_at__isnull=False, swept_at__isnull=True)
    return gone.update(swept_at=clock.now())


def _refuse_kept(file: ClientFile, ground: str) -> None:
    """What somebody said must stay, stays; and a period that has not passed is no ground."""
    if held := keeping.holds_of(file, clock.today()):
        raise ActionRefused(_("Досието се пази: %(why)s. Първо отменете причината.") % {"why": held[0].why})
    if ground == "retention" and not keeping.may_end(file, clock.today()):
        raise ActionRefused(_("Срокът за пазене не е изтекъл или не е зададен. Изберете друго основание."))


def _erase(file: ClientFile, *, note: bool = True) -> int:
    """Everything of the file, in the caller's transaction; gives how many rows."""
    people, attachments = hanging.only_here(file), queries_protection.attachments_of(file)
    count = 1 + len(people)
    code = re.compile(rf"{re.escape(file.code)}(?!\d)")
    for draft in Draft.objects.filter(key__contains=file.code):
        if code.search(draft.key):
            draft.delete()
    unsent.forget(code, within=reverse("casework_files"), known=_A_CODE)
    for one in hanging.hanging():
        count += _delete(one.rows(file).order_by())
    for attachment in attachments:  # only now: an enclosure holds on to its file
        documents.remove(attachment)
    _let_go(ClientFile, [file.pk])
    _delete(ClientFile.objects.filter(pk=file.pk).order_by())
    _let_go(Person, [person.pk for person in people])
    _delete(Person.objects.filter(pk__in=[person.pk for person in people]).order_by())
    if note:
        ledger.add(ledger.Line(file.code, file.opened_at))
    return count


def _delete(rows: models.QuerySet[models.Model]) -> int:
    """Without Django's walk over what points here: the order of the tables is known, and the database checks it."""
    return int(rows._raw_delete(rows.db))


def _let_go(model: type[models.Model], keys: list[int]) -> None:
    """Rows that may live without it, in whatever room, point at nothing."""
    for field in model._meta.related_objects:
        if field.field.null and not field.many_to_many:
            rows = field.related_model._default_manager.filter(**{f"{field.field.name}__in": keys})
            rows.update(**{field.field.name: None})


def _ask_to_sweep(actor: Actor, code: str) -> None:
    """The rows are gone; a job takes their bytes off the disk."""
    title = _("Заличаване на %(code)s от диска") % {"code": code}
    jobs.start(actor, KIND, {}, title=title)
