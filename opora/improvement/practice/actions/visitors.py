"""How much one place in the network may send without an account; what is counted is a digest that is gone after a day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opora.foundation.accounts import limits
from opora.foundation.accounts.actors import Actor
from opora.foundation.core.errors import ActionRefused
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

RULE = "practice_visitor_posts"


def let_through(actor: Actor, kind: str, sender: str) -> None:
    """Count one opinion or nomination of somebody without an account. ActionRefused with the hour from which more is taken.

    `sender`: the network address; empty where nothing was sent over the network.
    """
    most = rules.number(RULE)
    if actor.signed_in or not sender or most is None:
        return
    if until := limits.send(kind, sender, int(most)):
        raise ActionRefused(
            _("От това място вече е изпратено много за последния час. Опитайте отново след %(time)s ч. Написаното от Вас е тук.")
            % {"time": formats.time(until)}
        )  # fmt: skip
