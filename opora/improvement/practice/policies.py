"""Who may do what with practices: area good_practice of the permission table, in sentences.

The service writes, whoever keeps the whole region publishes; nobody publishes a card by the right of writing it.
"""

from __future__ import annotations

from opora.care.casework import policies_toolkits
from opora.foundation.accounts.actors import Actor
from opora.improvement.practice import stages
from opora.improvement.practice.models import Adaptation, Practice
from opora.register.models import Service

AREA = "good_practice"


def region_of(path: str) -> str:
    """`BG/KRZ` of `BG/KRZ/KRZ21/org:3/svc:KRZ-10`."""
    return "/".join(path.split("/")[:2])


def keeps_region(actor: Actor, path: str) -> bool:
    """Coordinators of the region, the quality agency and the national administrator."""
    return actor.may(AREA, "W", region_of(path))


def concerns(actor: Actor | None) -> bool:
    """Whether writing, asking or reading unpublished things concerns the person at all."""
    return actor is not None and actor.signed_in and bool(actor.scopes(AREA, "W") or actor.scopes(AREA, "R"))


def write_for(actor: Actor, service: Service) -> bool:
    """Begin a card of this service, or ask in its name."""
    return actor.may(AREA, "W", service.path)


def read_card(actor: Actor, practice: Practice) -> bool:
    """Published: everybody. Before that: who writes it, and who reads practices of the whole place."""
    return practice.is_published or works_on_card(actor, practice) or actor.may(AREA, "R", practice.path)


def works_on_card(actor: Actor, practice: Practice) -> bool:
    """Its service and whoever keeps the region."""
    return actor.may(AREA, "W", practice.path)


def write_card(actor: Actor, practice: Practice) -> bool:
    """The same people, but not while it waits for a decision; a published card only by who publishes."""
    if practice.stage not in stages.WRITTEN or not works_on_card(actor, practice):
        return False
    return not practice.is_published or keeps_region(actor, practice.path)


def share_toolkit(actor: Actor, practice: Practice) -> bool:
    """The head of the service shares its own toolkit, also on a published card; not while the card waits or is withdrawn."""
    shared = practice.stage in (*stages.WRITTEN, stages.PUBLISHED)
    return shared and policies_toolkits.change_toolkits(actor, practice.service)


def take_toolkit(actor: Actor, adaptation: Adaptation) -> bool:
    """The head of the service that adapts, from the agreement on."""
    living = adaptation.stage in (stages.AGREED, stages.RUNNING, stages.FINISHED)
    return living and policies_toolkits.change_toolkits(actor, adaptation.service)


def decide_card(actor: Actor, practice: Practice) -> bool:
    """Publish, return, withdraw: who keeps the region."""
    return keeps_region(actor, practice.path)


def answer_feedback(actor: Actor, practice: Practice) -> bool:
    """The service answers its readers; so may who keeps the region."""
    return works_on_card(actor, practice)


def read_adaptation(actor: Actor, adaptation: Adaptation) -> bool:
    """Both services, and who reads practices of either place."""
    paths = (adaptation.path, adaptation.practice.path)
    return any(actor.may(AREA, letter, path) for path in paths for letter in "WR")


def answer_request(actor: Actor, adaptation: Adaptation) -> bool:
    """The service the practice comes from, or who keeps its region."""
    return adaptation.stage == stages.ASKED and actor.may(AREA, "W", adaptation.practice.path)


def write_adaptation(actor: Actor, adaptation: Adaptation) -> bool:
    """The service that adapts, or who keeps its region, while it goes on."""
    living = adaptation.stage in (stages.AGREED, stages.RUNNING)
    return living and actor.may(AREA, "W", adaptation.path)
