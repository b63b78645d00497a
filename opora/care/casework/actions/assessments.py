"""Writing a needs assessment: begun, its parts by their authors, finished once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import assessing, policies, stages
from opora.care.casework.actions.common import author_of, chain_of, locked
from opora.care.casework.actions.files import move_on
from opora.care.casework.domains import DOMAINS
from opora.care.casework.models import Assessment, AssessmentPart, ClientFile
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed

FIELDS = assessing.FIELDS
BEFORE = (stages.INTAKE, stages.REVIEW)
"""Stages from which beginning an assessment moves the file on."""


@transaction.atomic
def begin_assessment(actor: Actor, file: ClientFile) -> Assessment:
    """A new one with an empty part for every domain; the open one if there is one. NotAllowed."""
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if found := kept.assessments.filter(finished_at__isnull=True).first():
        return found
    made = Assessment.objects.create(
        file=kept, number=kept.assessments.count() + 1, began_at=clock.now(), began_by=actor.name
    )
    AssessmentPart.objects.bulk_create(AssessmentPart(assessment=made, domain=domain) for domain in DOMAINS)
    if kept.stage in BEFORE:
        move_on(actor, kept, stages.ASSESSMENT)
    audit.record(
        actor, "case.assessment_begun", kept.code, chain=chain_of(kept), details={"number": made.number}
    )
    return made


@transaction.atomic
def write_part(
    actor: Actor, part: AssessmentPart, said: Mapping[str, Any], *, version: int
) -> AssessmentPart:
    """What is known in one domain; who writes last is its author. NotAllowed; Clash when somebody wrote meanwhile."""
    kept = (
        AssessmentPart.objects.select_for_update(of=("self",))
        .select_related("assessment__file__service")
        .get(pk=part.pk)
    )
    file = kept.assessment.file
    if not policies.write_file(actor, file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if not kept.assessment.is_open:
        raise ActionRefused(_("Оценката е приключена. Започнете нова."))
    if all(said[field] == getattr(kept, field) for field in FIELDS):
        return kept
    if version != kept.version:
        raise Clash(_("Колега записа същата област, докато пишехте."), theirs=kept, version=kept.version)
    for field in FIELDS:
        setattr(kept, field, said[field])
    author = author_of(actor)
    kept.by, kept.organisation, kept.at = actor.name, actor.organisation, clock.now()
    kept.profession = author.profession if author else ""
    kept.version += 1
    kept.save()
    audit.record(actor, "case.assessed", file.code, chain=chain_of(file), details={"domain": kept.domain})
    return kept


@transaction.atomic
def save_part(
    actor: Actor, part: AssessmentPart, said: Mapping[str, Any], *, version: int, seen: str
) -> AssessmentPart:
    """What a page sends of a part: only the fields its reader changed, `seen` telling what it had shown. NotAllowed.

    Clash where a colleague changed the same field to something else; then nothing of the part is written.
    """
    kept = AssessmentPart.objects.select_for_update().get(pk=part.pk)
    mine, now = shown.touched(said, seen), assessing.values(kept)
    if not mine:
        return kept
    if version != kept.version and shown.met(said, now, seen):
        raise Clash(_("Колега записа същата област, докато пишехте."), theirs=kept, version=kept.version)
    return write_part(actor, part, now | {field: said[field] for field in mine}, version=kept.version)


@transaction.atomic
def finish_assessment(
    actor: Actor, assessment: Assessment, *, present: Sequence[str] = (), absent_why: str = ""
) -> Assessment:
    """Close it for writing. ActionRefused while a domain has no level, or the family was not there and nobody says why."""
    kept = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("file__service")
        .get(pk=assessment.pk)
    )
    if not policies.write_file(actor, kept.file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if not kept.is_open:
        return kept
    bare = [str(DOMAINS[part.domain]) for part in kept.parts.filter(need__isnull=True)]
    if bare:
        raise ActionRefused(_("Липсва степен на потребност: %(domains)s.") % {"domains": ", ".join(bare)})
    family_or_reason(present, absent_why)
    kept.finished_at, kept.finished_by = clock.now(), actor.name
    kept.present, kept.absent_why = list(present), absent_why.strip()
    kept.save()
    audit.record(
        actor,
        "case.assessment_finished",
        kept.file.code,
        chain=chain_of(kept.file),
        details={"number": kept.number},
    )
    return kept


def family_or_reason(present: Sequence[str], absent_why: str) -> None:
    """The family takes part at every stage, or it is said why not (ЗСУ 80)."""
    if not present and not absent_why.strip():
        raise ActionRefused(_("Отбележете кой от семейството участва, или напишете защо никой."))
