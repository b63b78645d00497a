"""What leaves the house in bulk: a list of all files of a service, by two persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, presenters, queries_protection, stages
from opora.care.casework import policies_protection as protection
from opora.care.casework.models import BulkExport, ClientFile
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
    born, lead = file.person.born, file.lead_now
    return [
        file.code, file.person.name, formats.date(born) if born else "", presenters.age(file),
        str(stages.STAGES[file.stage]), lead.name if lead else "", formats.date(file.wished_on),
    ]  # fmt: skip
