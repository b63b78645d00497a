"""What a file and its service already know, under the names that the column `prefill` of a form uses."""

from __future__ import annotations

from typing import Any

from opora.care.casework import presenters, queries, queries_ending
from opora.care.casework.models import ClientFile, Relation
from opora.engines import questionnaire
from opora.engines.questionnaire import Form
from opora.evidence.survey import prefill
from opora.evidence.survey.prefill import Sources
from opora.evidence.survey.values import Answers
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock


def facts(actor: Actor, file: ClientFile) -> dict[str, Any]:
    """Facts by name; those that are not known are left empty."""
    kept = queries.allowed(actor, file)
    family = queries.family_of(kept)
    return prefill.facts_of(kept.service) | _of_person(kept) | _of_family(family) | _of_work(actor, kept)


def _of_person(file: ClientFile) -> dict[str, Any]:
    person, lead = file.person, file.lead_now
    return {
        "file.code": file.code, "file.person": person.full_name, "file.first_name": person.first_name,
        "file.born": person.born.isoformat() if person.born else "", "file.age": person.age(clock.today()),
        "file.age_words": presenters.age(file), "file.address": person.address, "file.phone": person.phone,
        "file.sex": person.sex, "file.wish": file.wish, "file.wished_on": file.wished_on.isoformat(),
        "file.lead": lead.name if lead else "", "file.lead_phone": lead.phone if lead else "",
    }  # fmt: skip


def _of_family(family: list[Relation]) -> dict[str, Any]:
    stands = next((one for one in family if one.decides), None)
    lines = [f"{one.get_kind_display()}: {one.person.name}" for one in family]
    return {
        "file.guardian": stands.person.full_name if stands else "",
        "file.guardian_kind": str(stands.get_kind_display()) if stands else "",
        "file.guardian_phone": stands.person.phone if stands else "", "file.family": "\n".join(lines),
    }  # fmt: skip


def _of_work(actor: Actor, file: ClientFile) -> dict[str, Any]:
    assessment, plan = queries.assessment_of(actor, file), queries.approved_plan(file)
    needs = queries.needs_of(assessment) if assessment else []
    strong = [part for part in (assessment.parts.all() if assessment else []) if part.strengths]
    due = queries_ending.review_due(file)
    return {
        "file.needs": "\n".join(f"{part.get_domain_display()}: {part.situation}" for part in needs),
        "file.strengths": "\n".join(f"{part.get_domain_display()}: {part.strengths}" for part in strong),
        "file.goals": "\n".join(goal.title for goal in plan.goals.all()) if plan else "",
        "file.child_words": plan.child_words if plan else "", "file.review_due": due.isoformat() if due else "",
    }  # fmt: skip


def first_answers(actor: Actor, form: Form, file: ClientFile) -> tuple[Answers, Sources]:
    """Answers a form starts with, and for each path where they came from."""
    filled, sources = prefill.filled(form, facts(actor, file))
    return questionnaire.initial(form, today=clock.today(), now=clock.now(), answers=filled), sources
