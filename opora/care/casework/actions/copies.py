"""What leaves the house in bulk: all that is kept about one person, for that person; a list of all files, by two persons."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, presenters, queries_protection, stages
from opora.care.casework import policies_protection as protection
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future
from opora.care.casework.models import BulkExport, ClientFile, CopyAsked
from opora.care.casework.papers import own
from opora.care.casework.queries_papers import source
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.sheets import Sheet, workbook
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats
from opora.register.models import Service


@dataclass(frozen=True)
class Given:
    """A file for the browser, under a name that names nobody."""

    content: bytes
    name: str
    media_type: str


@transaction.atomic
def give_copy(actor: Actor, file: ClientFile, *, who: str, known_by: str, asked_on: dt.date) -> Given:
    """Record the request of the person, and give all that is kept about them. NotAllowed, ActionRefused."""
    kept = locked(file)
    if not protection.give_copy(actor, kept):
        raise NotAllowed(_("Копие на данните дава ръководителят на услугата."))
    if who not in dict(CopyAsked.WHO) or not known_by.strip():
        raise ActionRefused(_("Отбележете кой иска копието и как е проверена самоличността."))
    not_in_the_future(asked_on)
    asked = CopyAsked.objects.create(
        file=kept, who=who, known_by=known_by.strip(), asked_on=asked_on, at=clock.now(), by=actor.name
    )
    attachments, read = queries_protection.enclosed_in(kept), queries_protection.deeds_about(kept)
    for_person = who == CopyAsked.PERSON
    made = own.copy(actor, source(actor, kept), attachments, read, for_person=for_person)
    asked.rows, asked.digest = made.rows, hashlib.sha256(made.content).hexdigest()
    asked.save(update_fields=["rows", "digest"])
    details = {"request": asked.pk, "rows": made.rows, "who": who}
    audit.record(
        actor, "case.copy_disclosed", kept.code, chain=chain_of(kept), ground="GDPR 15", details=details
    )
    return Given(made.content, f"{kept.code}-копие.zip", "application/zip")


@transaction.atomic
def ask_for_list(actor: Actor, service: Service, *, why: str) -> BulkExport:
    """The first of two persons; asked again while it waits gives the same request. NotAllowed, ActionRefused."""
    if actor.user_id is None or not policies.heads(actor, service.path):
        raise NotAllowed(_("Списък на досиетата иска ръководителят на услугата."))
    if not why.strip():
        raise ActionRefused(_("Напишете за какво Ви е списъкът."))
    service = Service.objects.select_for_update().get(pk=service.pk)
    mine = BulkExport.objects.filter(path=service.path, user_id=actor.user_id, answered_at__isnull=True)
    if (waiting := mine.first()) is not None:
        return waiting
    made = BulkExport.objects.create(
        path=service.path, user_id=actor.user_id, by=actor.name, why=why.strip(), asked_at=clock.now()
    )
    audit.record(
        actor, "case.list_asked", service.code, chain=f"svc:{service.code}", details={"list": made.pk}
    )
    return made


@transaction.atomic
def answer_list(actor: Actor, asked: BulkExport, *, confirm: bool) -> BulkExport:
    """The second person lets the first take the list for a time, or refuses. NotAllowed, ActionRefused."""
    kept = BulkExport.objects.select_for_update().get(pk=asked.pk)
    if not protection.confirm_list(actor, kept):
        raise NotAllowed(_("Списък потвърждава друг човек: длъжностното лице или друг ръководител."))
    if kept.answered_at is not None:
        raise ActionRefused(_("Искането вече има отговор."))
    kept.answered_at, kept.answered_by_id, kept.answered_by = clock.now(), actor.user_id, actor.name
    hours = rules.number("list_open_hours")
    if confirm and not hours:
        raise ActionRefused(_("Правилото за времето на списъка няма стойност. Поправете го в „Правила“."))
    if confirm and hours:
        kept.until = clock.now() + dt.timedelta(hours=hours)
    kept.save()
    deed = "case.list_confirmed" if confirm else "case.list_refused"
    audit.record(actor, deed, kept.path, details={"list": kept.pk})
    return kept


@transaction.atomic
def take_list(actor: Actor, asked: BulkExport) -> Given:
    """The list, for who asked, while its time runs. NotAllowed."""
    kept = BulkExport.objects.select_for_update().get(pk=asked.pk)
    if kept.user_id != actor.user_id or kept.until is None or kept.until <= clock.now():
        raise NotAllowed(
            _("Списъкът не е потвърден от друг човек, или времето му мина. Поискайте го отново.")
        )
    files = list(queries_protection.files_in(actor, kept.path))
    rows = [_row(file) for file in files]
    sheet = Sheet(
        "Досиета", "Досиета на услугата", COLUMNS, rows, notes=[str(_("Потвърдил: ")) + kept.answered_by]
    )
    kept.taken += 1
    kept.save(update_fields=["taken"])
    audit.record(
        actor,
        "case.list_exported",
        kept.path,
        details={"list": kept.pk, "rows": len(rows), "files": [f.code for f in files]},
    )
    name = f"досиета-{clock.today():%Y-%m-%d}.xlsx"
    return Given(workbook([sheet]), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


COLUMNS = ("Номер", "Име", "Дата на раждане", "Възраст", "Етап", "Водещ", "Заявено на")


def _row(file: ClientFile) -> list[str]:
    born, lead = file.person.born, file.lead
    return [
        file.code, file.person.name, formats.date(born) if born else "", presenters.age(file),
        str(stages.STAGES[file.stage]), lead.name if lead else "", formats.date(file.wished_on),
    ]  # fmt: skip
