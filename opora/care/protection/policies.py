"""Who may do what in the protection of data, in sentences."""

from __future__ import annotations

from opora.care.casework.policies_protection import is_officer, oversees, protects
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor

__all__ = ["is_officer", "keep_breach", "keeps_breaches", "protects", "tell_breach"]
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
