"""States of cards: the one place that changes them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.survey import stages, trail
from opora.evidence.survey.models import Card, CardStage
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused


def move(actor: Actor, card: Card, stage: str, *, whence: tuple[str, ...], note: str = "") -> None:
    """Bring a card to a state from one of those named; the card given is brought up to date."""
    with transaction.atomic():
        kept = Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
        if kept.stage not in whence:
            raise ActionRefused(
                _("Картата е със състояние „%(now)s“ и не може да стане „%(next)s“.")
                % {"now": stages.STAGES[kept.stage], "next": stages.STAGES[stage]}
            )
        enter(actor, kept, stage, note)
        kept.version += 1
        kept.save(update_fields=["stage", "version"])
        trail.record(actor, f"survey.card_{stage}", card.code, card.path, note=note)
    card.stage, card.version = kept.stage, kept.version


def enter(actor: Actor, card: Card, stage: str, note: str = "") -> None:
    card.stage = stage
    stage_row(actor, card, stage, note).save()


def stage_row(actor: Actor, card: Card, stage: str, note: str = "") -> CardStage:
    return CardStage(
        card=card, stage=stage, at=clock.now(), by=actor.name, organisation=actor.organisation, note=note
    )


def follow_service(old: str, new: str) -> None:
    """A service has moved: its cards stand where it stands now, so that its head and coordinator still see them."""
    Card.objects.filter(path=old).update(path=new)
