"""Sharing a toolkit of client files on a card, and taking it over with the practice."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import actions as casework
from opora.care.casework import queries_toolkits
from opora.care.casework.models import Toolkit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.improvement.practice import policies
from opora.improvement.practice.actions.common import note
from opora.improvement.practice.models import Adaptation, Practice, Tool


@transaction.atomic
def share_toolkit(actor: Actor, card: Practice, toolkit: Toolkit, *, text: str = "") -> Tool:
    """Put the newest version of the service's own toolkit on the card; a later version is shared anew. NotAllowed, ActionRefused."""
    if not policies.share_toolkit(actor, card) or toolkit.service_id != card.service_id:
        raise NotAllowed(_("Инструментариум споделя ръководителят на услугата, чийто е."))
    version = queries_toolkits.version_of(toolkit)
    if card.tools.filter(toolkit=version).exists():
        raise ActionRefused(_("Тази версия вече е споделена с практиката."))
    card.tools.filter(toolkit__toolkit=toolkit).delete()
    tool: Tool = Tool.objects.create(
        practice=card, title=toolkit.title[:160], text=text.strip(), toolkit=version, added_at=clock.now()
    )
    note(
        actor,
        "practice.toolkit_shared",
        card.code,
        card.service,
        toolkit=toolkit.code,
        version=version.number,
    )
    return tool


@transaction.atomic
def stop_sharing(actor: Actor, tool: Tool) -> None:
    """Nobody else takes it; who took it keeps it. NotAllowed."""
    if not policies.share_toolkit(actor, tool.practice) or tool.toolkit is None:
        raise NotAllowed(_("Инструментариум споделя ръководителят на услугата, чийто е."))
    note(actor, "practice.toolkit_withdrawn", tool.practice.code, tool.practice.service, tool=tool.pk)
    tool.delete()


@transaction.atomic
def take_toolkit(actor: Actor, adaptation: Adaptation, tool: Tool) -> Toolkit:
    """Copy the shared version into the toolkits of the adapting service, with its way. NotAllowed, ActionRefused."""
    shared = tool.toolkit
    if shared is None or tool.practice_id != adaptation.practice_id:
        raise NotAllowed(_("Този инструментариум не е споделен с практиката."))
    if not policies.take_toolkit(actor, adaptation):
        raise NotAllowed(_("Инструментариума взема ръководителят на услугата, след като искането е прието."))
    version = queries_toolkits.version_of(shared.toolkit, shared.number)
    made = casework.receive_toolkit(actor, adaptation.service, queries_toolkits.package_of(version))
    said = {"toolkit": shared.toolkit.code, "version": shared.number}
    note(actor, "practice.toolkit_taken", adaptation.code, adaptation.service, **said)
    note(actor, "practice.toolkit_given", adaptation.code, adaptation.practice.service, **said)
    return made
