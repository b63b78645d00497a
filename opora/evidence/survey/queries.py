"""Readers of templates, rounds and cards. What the actor may not see does not exist here."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from opora.evidence.survey import policies, stages
from opora.evidence.survey.models import Card, CardQuerySet, Round, Submission, Template, TemplateVersion
from opora.foundation.accounts.actors import Actor
from opora.foundation.drafts import queries as drafts
from opora.foundation.drafts.queries import Saved
from opora.register.models import Service


def templates(actor: Actor) -> QuerySet[Template]:
    """All templates with their versions, for whoever may make them or read cards."""
    if not policies.read_cards(actor):
        return Template.objects.none()
    versions = TemplateVersion.objects.defer("sheets", "xform").annotate(used=Count("rounds"))
    return Template.objects.prefetch_related(Prefetch("versions", versions))


def template_version(actor: Actor, form_id: str, version: str) -> TemplateVersion | None:
    """One version; an unpublished one only for whoever makes templates."""
    if not policies.read_cards(actor):
        return None
    found = TemplateVersion.objects.filter(template__form_id=form_id, version=version)
    if not policies.edit_templates(actor):
        found = found.filter(published_at__isnull=False)
    return found.select_related("template").first()


def published_versions(actor: Actor) -> QuerySet[TemplateVersion]:
    """What a round may ask, newest first."""
    if not policies.read_cards(actor):
        return TemplateVersion.objects.none()
    found = TemplateVersion.objects.filter(published_at__isnull=False).select_related("template")
    found = found.defer("sheets", "xform", "warnings")
    return found.order_by("template__title", "-version")


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the actor's places, and those that ask a card of them."""
    found = Round.objects.touching(actor.scopes(policies.AREA))
    return found.select_related("template_version__template").defer(*heavy("template_version"))


def round_by_code(actor: Actor, code: str) -> Round | None:
    """One round."""
    return rounds(actor).filter(code=code).first()


def cards(actor: Actor) -> CardQuerySet:
    """Cards of the actor's places with what a list shows of them."""
    found = Card.objects.within(actor.scopes(policies.AREA))
    return found.select_related(
        "round__template_version__template",
        "service__type",
        "service__municipality__region",
        "service__organisation",
    ).defer(*heavy("round__template_version"))


def heavy(version: str) -> list[str]:
    """The large fields of a version: its compiled form is kept in memory, so they are hardly ever read."""
    return [f"{version}__{name}" for name in ("sheets", "xform", "warnings")]


def cards_of(actor: Actor, round_: Round) -> CardQuerySet:
    """The cards of a round that the actor may see."""
    return cards(actor).filter(round=round_)


def cards_of_service(actor: Actor, service: Service) -> CardQuerySet:
    """All cards a service was asked for, newest first."""
    return cards(actor).filter(service=service).defer("answers", "prefill").order_by("-round__opened_at")


def card_by_code(actor: Actor, code: str) -> Card | None:
    """One card, or None also when it stands outside the actor's places."""
    return cards(actor).filter(code=code).first()


def submission(actor: Actor, card: Card, number: int | None = None) -> Submission | None:
    """The last submission, or the one of that number."""
    found = Submission.objects.filter(card=card)
    return (found.filter(number=number) if number else found).select_related("card").first()


def draft_of(actor: Actor, card: Card) -> Saved:
    """What is being typed into the card; before anybody began, what the register gave (version 0)."""
    kept = drafts.draft(actor, card.draft_key)
    return kept if kept.version else Saved(card.draft_key, dict(card.answers))


def draft_at(actor: Actor, card: Card, version: int) -> dict[str, Any]:
    """The answers as they stood on the page that was drawn from this version of the draft."""
    return drafts.data_at(actor, card.draft_key, version, first=card.answers)


def counts(actor: Actor, round_: Round) -> dict[str, int]:
    """How many cards stand in each state, zeros too, `expected` being their sum."""
    found = {
        row["stage"]: row["n"]
        for row in cards_of(actor, round_).order_by().values("stage").annotate(n=Count("pk"))
    }
    by_state = {stage: found.get(stage, 0) for stage in stages.STAGES}
    return by_state | {"expected": sum(by_state.values()), "came_in": sum(by_state[s] for s in stages.IN)}


def rounds_with_counts(actor: Actor) -> QuerySet[Round]:
    """Rounds with `expected` and `came_in`, counted over the cards the actor may see."""
    seen = Q(cards__in=Card.objects.within(actor.scopes(policies.AREA)))
    return rounds(actor).annotate(
        expected=Count("cards", filter=seen),
        came_in=Count("cards", filter=seen & Q(cards__stage__in=stages.IN)),
    )


def for_prefill(found: QuerySet[Service]) -> QuerySet[Service]:
    """Services with everything `prefill.facts_of` reads."""
    return found.select_related(
        "type", "organisation", "municipality", "settlement", "complex", "management"
    ).prefetch_related("posts", "target_groups")
