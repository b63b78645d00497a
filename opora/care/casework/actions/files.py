"""Opening a file, its stages with their terms, and who works on it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, seals, stages
from opora.care.casework.actions.common import (
    author_of,
    chain_of,
    describe,
    locked,
    not_in_the_future,
    write_event,
)
from opora.care.casework.models import (
    IDENTIFIER,
    ClientFile,
    Deadline,
    FileNumber,
    FileStage,
    Member,
    Person,
    Relation,
)
from opora.care.casework.queries import index_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, sealing, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules import queries as rules
from opora.register.models import Service


@transaction.atomic
def open_file(
    actor: Actor, service: Service, *, person: dict[str, Any], asked_by: str, ground: str, wished_on: dt.date,
    wish: str = "", lead: User | None = None, parent: dict[str, Any] | None = None, key: str = "",
) -> ClientFile:  # fmt: skip
    """A new file at its first contact. `person` and `parent` are fields of Person, `identifier` among them in clear;
    `parent` has `kind` of Relation beside. `key` is the form's: sent twice, one file is opened. NotAllowed; ActionRefused for a day that has not come.
    """
    if not policies.open_file_in(actor, service):
        raise NotAllowed(_("Досиета се откриват само в услугата, в която работите."))
    not_in_the_future(wished_on)
    now, numbers = clock.now(), _numbers()
    before: ClientFile | None = (
        ClientFile.objects.filter(form_key=key, service=service).first() if key else None
    )
    if before is not None:
        return before
    file = ClientFile.objects.create(
        code=_next_code(numbers), form_key=key, service=service, path=service.path, person=_new_person(person), lead=lead, asked_by=asked_by,
        ground=ground, wish=wish, wished_on=wished_on, opened_at=now, opened_by=actor.name, last_event_at=now,
    )  # fmt: skip
    if parent:
        _relate(file, parent)
    for worker in {w.pk: w for w in (lead, _self_of(actor)) if w}.values():
        part = "lead" if lead and worker.pk == lead.pk else "specialist"
        Member.objects.create(file=file, user=worker, part=part, since=clock.today(), given_by=actor.name)
    _enter(actor, file, stages.CONTACT, wished_on, wish)
    audit.record(actor, "case.opened", file.code, chain=chain_of(file), ground=ground)
    return file


@transaction.atomic
def enter_stage(
    actor: Actor, file: ClientFile, stage: str, *, on: dt.date, why: str = "", **family: Any
) -> ClientFile:
    """The next stage on a day; `family`: who of them was there, and their words (fields of Event). NotAllowed; ActionRefused when it does not follow, or for closing without a reason."""
    kept = locked(file)
    if not (policies.write_file(actor, kept) or policies.reopen(actor, kept)):
        raise NotAllowed(_("По това досие работят други хора."))
    if stage not in stages.following(kept.stage):
        raise ActionRefused(
            _("След „%(now)s“ не може да следва този етап.") % {"now": stages.STAGES[kept.stage]}
        )
    if (stage == stages.CLOSED or kept.stage in stages.ENDED) and not why.strip():
        raise ActionRefused(_("Напишете защо. Причината остава в досието."))
    not_in_the_future(on)
    _enter(actor, kept, stage, on, why, **family)
    audit.record(actor, "case.stage", kept.code, chain=chain_of(kept), details={"stage": stage})
    return kept


def move_on(actor: Actor, file: ClientFile, stage: str, *, on: dt.date | None = None, why: str = "") -> None:
    """Enter a stage because its work began; the caller holds the lock and has asked the policy."""
    _enter(actor, file, stage, on or clock.today(), why)


def new_file_number() -> str:
    """The next number of a file this year; inside the transaction that opens it."""
    return _next_code(_numbers())


def copy_of(person: Person) -> Person:
    """The same person as another row, for the file of another service; the number is sealed anew for it."""
    return _new_person(copied(person) | {"same_as": person, "identifier": person.identifier})


def copied(person: Person) -> dict[str, Any]:
    """Facts of a person that are the same in another file."""
    names = (
        "first_name",
        "middle_name",
        "last_name",
        "born",
        "birth_year",
        "dead",
        "died",
        "sex",
        "phone",
        "address",
        "identifier_kind",
    )
    return {name: getattr(person, name) for name in names}


def sealed_copy_of(person: Person, pseudonym: str) -> Person:
    """The same for a sealed file: the names never stand in the clear, not for a moment."""
    seals.reveal(person)
    true = copied(person)
    names = {name: true.pop(name) for name in seals.HIDDEN if name in true}
    made = _new_person(true | {"first_name": pseudonym, "identifier": person.identifier})
    for name, value in names.items():
        setattr(made, name, value)
    describe(made)
    seals.hide(made, pseudonym)
    made.save(update_fields=[*seals.HIDDEN, "names_sealed"])
    return made


def _numbers() -> FileNumber:
    """The last number of the year, ours until the transaction ends: files are opened one after another."""
    year = clock.today().year
    FileNumber.objects.get_or_create(year=year)
    return FileNumber.objects.select_for_update().get(year=year)


def _next_code(number: FileNumber) -> str:
    number.last += 1
    number.save(update_fields=["last"])
    return f"Д-{number.year}-{number.last:03d}"


def _new_person(facts: dict[str, Any]) -> Person:
    given = dict(facts)
    identifier = str(given.pop("identifier", "") or "")
    person = Person(**given)
    describe(person)
    if identifier:
        person.identifier_kind = given.get("identifier_kind") or "egn"
        person.identifier_index = index_of(identifier)
    person.save()
    if identifier:
        person.identifier_sealed = sealing.seal(identifier, column=IDENTIFIER, row=person.pk)
        person.save(update_fields=["identifier_sealed"])
    return person


def _relate(file: ClientFile, facts: dict[str, Any]) -> None:
    given = dict(facts)
    kind, decides = given.pop("kind"), given.pop("decides", False)
    Relation.objects.create(file=file, person=_new_person(given), kind=kind, decides=decides)


def _self_of(actor: Actor) -> User | None:
    """Who opens a file works on it, unless they head the service and see it anyway."""
    if not actor.holds(*policies.ASSIGNED):
        return None
    return author_of(actor)


def _enter(actor: Actor, file: ClientFile, stage: str, on: dt.date, why: str, **family: Any) -> None:
    now = clock.now()
    file.stage = stage
    file.save(update_fields=["stage"])
    FileStage.objects.create(
        file=file, stage=stage, on=on, at=now, by=actor.name, organisation=actor.organisation, why=why
    )
    write_event(actor, file, kind="stage", on=on, text=why, key=secrets.token_hex(16), stage=stage, **family)
    _meet(file, stage, now)
    _begin_terms(file, stage, on)


def _meet(file: ClientFile, stage: str, now: dt.datetime) -> None:
    """Doing the work closes its term; nothing else has to be ticked."""
    ended = [rule for pairs in stages.TERMS.values() for rule, ends in pairs if stage in ends]
    Deadline.objects.filter(file=file, rule__in=ended, met_at__isnull=True).update(met_at=now)


def _begin_terms(file: ClientFile, stage: str, on: dt.date) -> None:
    begins = dt.datetime.combine(on, dt.time(), terms.SOFIA)
    for code, _ends in stages.TERMS.get(stage, ()):
        rule = rules.rule(code, on)
        if rule.number is None or rule.unit not in terms.UNITS:
            continue  # the rule exists, its number was not found: no term is guessed
        Deadline.objects.create(
            file=file, rule=code, text=rule.text, legal_ref=rule.legal_ref, verified=rule.verified, since=begins,
            due=terms.due(begins, int(rule.number), rule.unit),
        )  # fmt: skip
