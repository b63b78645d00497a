"""What goes along with a transferred file: its rows once more in the new file, each with its author, day and origin.

Which rows go is said here by table; how they hang together is read from their foreign keys. A row whose own part stays
behind stays behind too. Consents do not go: they were given to the other service, and the new one asks for its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import hanging, queries_ending, queries_opinions
from opora.care.casework import queries_enclosures as enclosures
from opora.care.casework.actions.files import copy_of, sealed_copy_of
from opora.care.casework.models import (
    Activity,
    Agency,
    Assessment,
    AssessmentPart,
    Bait,
    ClientFile,
    Closing,
    Contract,
    Crisis,
    CrisisPerson,
    CrisisStep,
    Deadline,
    Death,
    Enclosure,
    Event,
    Goal,
    GoalMark,
    Opinion,
    OpinionPart,
    OpinionRequest,
    PaperAsked,
    Person,
    Plan,
    Relation,
    Review,
    Risk,
    RiskFactor,
    SafetyLine,
    SafetyPlan,
    Satisfaction,
    Signal,
    Situation,
    ToolkitAnswers,
)
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents import actions as documents
from opora.foundation.documents.models import Attachment

Table = tuple[type[models.Model], dict[str, Any]]
ALWAYS: tuple[Table, ...] = ((Death, {}), (Bait, {}))
TABLES: dict[str, tuple[Table, ...]] = {
    "family": ((Relation, {}), (Agency, {})),
    "chronology": ((Event, {"team_only": False}), (Closing, {})),
    "assessment": (
        (Assessment, {}),
        (AssessmentPart, {}),
        (OpinionRequest, {"answered_at__isnull": False}),
        (OpinionRequest.parts.through, {}),
        (OpinionRequest.events.through, {}),
        (Opinion, {"team_only": False}),
        (OpinionPart, {}),
    ),
    "plan": (
        (Plan, {}),
        (Goal, {}),
        (Activity, {}),
        (GoalMark, {}),
        (Review, {}),
        (Contract, {"signed_on__isnull": False}),
        (Deadline, {"rule": "plan_review_interval", "met_at__isnull": True}),
    ),
    "outcomes": ((Situation, {}), (Satisfaction, {})),
    "forms": ((ToolkitAnswers, {}),),
    "safety": (
        (Risk, {}),
        (RiskFactor, {}),
        (SafetyPlan, {}),
        (SafetyLine, {}),
        (Crisis, {}),
        (Signal, {}),
        (CrisisPerson, {}),
        (CrisisStep, {}),
    ),
    "papers": ((Enclosure, {"removed_at__isnull": True}), (PaperAsked, {"ended_at__isnull": True})),
}
"""Which tables make a part, parents before what hangs on them, and which of their rows."""


def copy_parts(old: ClientFile, new: ClientFile, parts: list[str]) -> int:
    """Everything of these parts; gives how many rows. ActionRefused when the bytes of a document are gone."""
    return _Copying(old, new).run(parts)


class _Copying:
    """One transfer: which new row stands for which old one."""

    def __init__(self, old: ClientFile, new: ClientFile) -> None:
        self.old, self.new = old, new
        self.made: dict[type[models.Model], dict[int, int]] = {
            ClientFile: {old.pk: new.pk},
            Person: {old.person_id: new.person_id},
        }

    def run(self, parts: list[str]) -> int:
        tables = [*ALWAYS, *(table for code in TABLES if code in parts for table in TABLES[code])]
        rows = [(row, copy) for table in tables for row, copy in self._table(*table)]
        for row, copy in rows:
            self._tie(row, copy)
        return len(rows)

    def _table(self, model: type[models.Model], only: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
        there = next(one for one in hanging.hanging() if one.model is model)
        known = self.made.setdefault(model, {})
        for number, row in enumerate(there.rows(self.old).filter(**only), 1):
            if model is Relation:
                self._person(row.person)
            facts = self._facts(row)
            if facts is None:
                continue
            facts |= SPECIAL[model](self, row, number) if model in SPECIAL else {}
            copy = model._default_manager.create(**facts)
            known[row.pk] = copy.pk
            if model in FILES:
                FILES[model](self, row, copy)
            yield row, copy

    def _facts(self, row: Any) -> dict[str, Any] | None:
        """Values of a new row; None when something it cannot be without stays behind."""
        facts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
        for field in _ties(type(row)):
            there = self.made.get(field.related_model, {}).get(facts[field.attname])
            if there is None and not field.null:
                return None
            facts[field.attname] = there
        if "origin" in facts:
            facts["origin"] = facts["origin"] or self.old.service.name
        return facts

    def _person(self, person: Person) -> None:
        known = self.made[Person]
        if person.pk in known:
            return
        with override("bg"):  # it is kept, not shown in passing
            pseudonym = _("Близък %(n)s") % {"n": len(known)}
        known[person.pk] = (sealed_copy_of(person, pseudonym) if self.new.sealed else copy_of(person)).pk

    def _tie(self, row: Any, copy: Any) -> None:
        """Rows of one table that point at each other, once all of them are there."""
        for field in (f for f in _ties(type(row)) if f.related_model is type(row)):
            there = self.made[type(row)].get(getattr(row, field.attname) or 0)
            if there is not None:
                type(row)._default_manager.filter(pk=copy.pk).update(**{field.attname: there})

    def attachment(self, found: Attachment, *, owner_id: str, name: str) -> Attachment:
        """The same file under the new owner."""
        try:
            return documents.again(found, owner_id=owner_id, path=self.new.path, name=name)
        except FileNotFoundError:
            words = _(
                "Файлът „%(name)s“ липсва на диска. Другата услуга трябва да го махне от досието или да го приложи отново."
            )
            raise ActionRefused(words % {"name": found.name}) from None


def _ties(model: type[models.Model]) -> list[Any]:
    """Foreign keys within files: to the file, its people, and what hangs on it."""
    within = {ClientFile, Person, *(one.model for one in hanging.hanging())}
    return [f for f in model._meta.concrete_fields if f.is_relation and f.related_model in within]


def _event(copying: _Copying, row: Event, _number: int) -> dict[str, Any]:
    """Its key is its own: the new file counts its opinions anew."""
    return {"key": f"from-{row.pk}"}


def _plan(_copying: _Copying, row: Plan, _number: int) -> dict[str, Any]:
    """What waited for the other head waits for nobody: the new team sends it when it wants."""
    return {"state": Plan.DRAFT, "sent_at": None} if row.state == Plan.SENT else {}


def _request(_copying: _Copying, row: OpinionRequest, number: int) -> dict[str, Any]:
    """Answered already; its link leads nowhere."""
    dead = {"link_index": secrets.token_hex(16), "code_index": secrets.token_hex(16)}
    return dead | {"number": number, "key": f"from-{row.pk}"}


def _opinion(_copying: _Copying, row: Opinion, number: int) -> dict[str, Any]:
    return {"number": number, "key": f"from-{row.pk}"}


def _enclosure(copying: _Copying, row: Enclosure, _number: int) -> dict[str, Any]:
    """One attachment has one enclosure, so the copy has an attachment of its own."""
    if row.attachment is None:
        return {}
    code = copying.new.code
    name = enclosures.file_name(code, row.kind, row.attachment.name)
    return {"attachment_id": copying.attachment(row.attachment, owner_id=code, name=name).pk}


def _crisis(copying: _Copying, row: Crisis, _number: int) -> dict[str, Any]:
    """One that runs is led by the new lead."""
    return {"lead_id": copying.new.lead_id} if row.is_open else {}


def _signal(_copying: _Copying, _row: Signal, _number: int) -> dict[str, Any]:
    """Who told of a danger stays with those they told."""
    return {"whom": ""}


def _scan(copying: _Copying, row: Contract, copy: Contract) -> None:
    """The signed paper."""
    for found in Attachment.objects.of(queries_ending.CONTRACT_OWNER, str(row.pk)):
        copying.attachment(found, owner_id=str(copy.pk), name=found.name)


def _document(copying: _Copying, row: Opinion, copy: Opinion) -> None:
    """The opinion that came as a document."""
    for found in Attachment.objects.of(queries_opinions.OWNER, str(row.pk)).filter(token=row.document):
        name = f"{copying.new.code}-С{copy.number}.{found.kind}"
        copy.document = copying.attachment(found, owner_id=str(copy.pk), name=name).token
        copy.save(update_fields=["document"])


FILES: dict[type[models.Model], Callable[[_Copying, Any, Any], None]] = {Contract: _scan, Opinion: _document}
SPECIAL: dict[type[models.Model], Callable[[_Copying, Any, int], dict[str, Any]]] = {
    Event: _event, Plan: _plan, OpinionRequest: _request, Opinion: _opinion, Enclosure: _enclosure, Crisis: _crisis,
    Signal: _signal,
}  # fmt: skip
