"""Reminds services of the cards they have not returned."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opora.evidence.survey import board, policies, trail
from opora.evidence.survey.models import Card, Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions as messages


def remind(actor: Actor, round_: Round, cards: list[Card], *, address: str) -> tuple[str, int, int]:
    """Put a reminder for each missing card into the outbox: (batch to take back, queued, without e-mail)."""
    if not policies.run_round(actor, round_):
        raise NotAllowed(_("Нямате право да водите това събиране."))
    if not round_.is_open:
        raise ActionRefused(_("Събирането е приключено."))
    missing = [card for card in cards if card.is_open]
    batch, queued = messages.queue(actor, board.letters(round_, missing, address))
    trail.record(actor, "survey.reminded", round_.code, round_.path, cards=len(missing), queued=queued)
    return batch, queued, sum(not card.service.email for card in missing)
