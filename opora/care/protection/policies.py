"""Who may do what in the protection of data, in sentences."""

from __future__ import annotations

from opora.care.casework.policies_protection import is_officer, oversees, protects
from opora.care.protection.impact.texts import BY_KEY, HEAD, OFFICER
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor
from opora.register.models import Organisation, Service

__all__ = [
    "is_officer",
    "keep_breach",
    "keeps_breaches",
    "protects",
    "tell_breach",
    "write_impact",
    "writers",
]
PROTECTORS = ("service_manager", "dpo_auditor")


def tell_breach(actor: Actor) -> bool:
    """Everybody who works here tells what they noticed."""
    return actor.signed_in


def keeps_breaches(actor: Actor) -> bool:
    """Heads of services and the data protection officer."""
    return protects(actor)


def keep_breach(actor: Actor, breach: Breach) -> bool:
    """The head of the service where it happened, and the officer; who told it reads only that it was received."""
    return oversees(actor, breach.path)


def writers(actor: Actor, organisation: Organisation) -> frozenset[str]:
    """As whom the actor writes in the assessment of that controller: the officer only their opinion, the head all the rest."""
    headed = [held.scope for held in actor.holdings if held.role == "service_manager"]
    heads_one = bool(headed) and Service.objects.within(headed).filter(organisation=organisation).exists()
    found = {OFFICER: is_officer(actor), HEAD: heads_one}
    return frozenset(who for who, may in found.items() if may)


def write_impact(actor: Actor, organisation: Organisation, key: str) -> bool:
    """Who a part names as its writer."""
    return BY_KEY[key].writer in writers(actor, organisation)
