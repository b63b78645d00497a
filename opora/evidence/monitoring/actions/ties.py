"""What an observer says about their own ties."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import trail
from opora.evidence.monitoring.models import Tie
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.models import Organisation, Service


@transaction.atomic
def declare_tie(
    actor: Actor, *, note: str, organisation: Organisation | None = None, service: Service | None = None
) -> Tie:
    """From now on the person does not mark there. NotAllowed, ActionRefused."""
    if actor.user_id is None:
        raise NotAllowed(_("Връзка обявява само човек със свой профил."))
    if (organisation is None) == (service is None):
        raise ActionRefused(_("Изберете доставчик или услуга."))
    if not note.strip():
        raise ActionRefused(_("Напишете каква е връзката."))
    row = Tie.objects.create(
        user_id=actor.user_id, organisation=organisation, service=service, note=note.strip(), declared_at=clock.now()
    )  # fmt: skip
    trail.of_house(actor, "tie_declared", f"user {actor.user_id}")
    return row


@transaction.atomic
def end_tie(actor: Actor, tie: Tie) -> None:
    """The tie is over; it stays in the history. NotAllowed."""
    if tie.user_id != actor.user_id or actor.user_id is None:
        raise NotAllowed(_("Връзката я обявява и прекратява самият човек."))
    Tie.objects.filter(pk=tie.pk).update(ended_at=clock.now())
    trail.of_house(actor, "tie_ended", f"user {actor.user_id}")
