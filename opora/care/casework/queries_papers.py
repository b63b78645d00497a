"""What papers of a file need, read at once; nothing for a file that is not the actor's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from opora.care.casework import queries, queries_consents, queries_family
from opora.care.casework.models import (
    Agency,
    Assessment,
    ClientFile,
    Closing,
    Consent,
    Contract,
    Crisis,
    Event,
    FileStage,
    Member,
    Opinion,
    PaperTaken,
    Plan,
    Relation,
    Review,
    Risk,
    SafetyPlan,
)
from opora.care.casework.queries_opinions import opinions_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User

FAMILY = ("mother", "father", "guardian", "foster")
"""Who may be given a copy as a parent, besides everybody who decides for the child."""
MOST_TAKEN = 20


_OfPlan = TypeVar("_OfPlan", Contract, Review)


class _Recipient(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def parent(self) -> Relation | None: ...


@dataclass(frozen=True)
class Source:
    """A file with all its parts, the oldest first."""

    file: ClientFile
    relations: list[Relation]
    members: list[Member]
    stages: list[FileStage]
    events: list[Event]
    assessments: list[Assessment]
    plans: list[Plan]
    agencies: list[Agency]
    consents: list[Consent]
    opinions: list[Opinion]
    contracts: list[Contract]
    reviews: list[Review]
    closings: list[Closing]
    safety_plan: SafetyPlan | None = None
    risks: tuple[Risk, ...] = ()
    crises: tuple[Crisis, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The newest plan."""
        return self.plans[-1] if self.plans else None

    @property
    def plan_in_force(self) -> Plan | None:
        """The approved plan."""
        return next((plan for plan in self.plans if plan.state == Plan.APPROVED), None)

    @property
    def assessment(self) -> Assessment | None:
        """The newest assessment."""
        return self.assessments[-1] if self.assessments else None


def source(actor: Actor, file: ClientFile) -> Source:
    """The file, read again for this actor. ClientFile.DoesNotExist when they may not see it."""
    kept = queries.again(actor, file)
    read = kept.plans.select_related("assessment").prefetch_related("goals__activities", "goals__marks")
    plans = list(read.order_by("number"))
    return Source(
        file=kept,
        relations=queries.family_of(kept),
        members=list(kept.members.select_related("user")),
        stages=list(kept.stages.order_by("on", "at", "id")),
        events=list(
            queries.chronology(actor, kept)
            .filter(team_only=False)
            .order_by("on", "at", "id")
            .prefetch_related("corrections")
        ),
        assessments=list(kept.assessments.prefetch_related("parts").order_by("number")),
        plans=plans,
        contracts=_with_plans(list(kept.contracts.order_by("number")), plans),
        reviews=_with_plans(list(kept.reviews.order_by("number")), plans),
        closings=list(kept.closings.order_by("at", "id")),
        agencies=queries_family.agencies_of(actor, kept),
        consents=queries_consents.consents_of(actor, kept),
        opinions=opinions_of(actor, kept),
        risks=tuple(kept.risks.prefetch_related("factors").order_by("at", "id")),
        crises=tuple(kept.crises.prefetch_related("signals", "people", "steps").order_by("number")),
        safety_plan=kept.safety_plans.prefetch_related("lines").first(),
    )


def _with_plans(found: list[_OfPlan], plans: list[Plan]) -> list[_OfPlan]:
    """The same rows, each with its plan as read already."""
    known = {plan.pk: plan for plan in plans}
    for one in found:
        one.plan = known[one.plan_id]
    return found


def parents_of(actor: Actor, file: ClientFile) -> list[Relation]:
    """Who of the family may be given a copy."""
    found = queries.family_of(queries.allowed(actor, file))
    near = [one for one in found if one.until is None and not one.person.dead]
    return [one for one in near if one.decides or one.kind in FAMILY]


def taken_before(source: Source, kind: str, recipient: _Recipient, digest: str) -> PaperTaken | None:
    """The first time the very same paper was taken as PDF for them."""
    found = source.file.papers_taken.filter(kind=kind, ending="pdf", digest=digest)
    return found.filter(recipient=recipient.kind, parent=recipient.parent).order_by("at", "id").first()


def papers_taken(actor: Actor, file: ClientFile) -> list[PaperTaken]:
    """The last papers taken from a file the actor may read, the newest first."""
    return list(queries.allowed(actor, file).papers_taken.select_related("parent")[:MOST_TAKEN])


def workers_in(source: Source) -> Iterator[str]:
    """Names of everybody who works in the service, worked on the file or wrote in it."""
    yield source.file.service.head
    yield source.file.opened_by
    grants = Grant.objects.filter(scope=source.file.path)
    yield from User.objects.filter(pk__in=grants.values("user_id")).values_list("name", flat=True)
    yield from (member.user.name for member in source.members)
    yield from (stage.by for stage in source.stages)
    yield from (event.by for event in source.events)
    yield from (review.by for review in source.reviews)
    yield from (closing.by for closing in source.closings)
    for assessment in source.assessments:
        yield from (
            assessment.began_by,
            assessment.finished_by,
            *(part.by for part in assessment.parts.all()),
        )
    yield from (one.by for one in source.opinions)
    yield from source.file.opinion_requests.values_list("name", flat=True)
    for plan in source.plans:
        yield from (plan.made_by, plan.decided_by)
        yield from (mark.by for goal in plan.goals.all() for mark in goal.marks.all())
    yield from (risk.by for risk in source.risks)
    for crisis in source.crises:
        yield from (crisis.opened_by, crisis.closed_by, *(one.name for one in crisis.people.all()))
        yield from (step.who for step in crisis.steps.all())
