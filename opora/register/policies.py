"""Who may do what in the register."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.territory.models import Municipality
from opora.register.models import Service

AREA = "service_register"


def see_service(actor: Actor, service: Service) -> bool:
    """Read the service's page."""
    return actor.may(AREA, "R", service.path)


def edit_service(actor: Actor, service: Service) -> bool:
    """Change its description, figures and staff, or close it."""
    return actor.may(AREA, "W", service.path)


def see_address(actor: Actor, service: Service) -> bool:
    """Crisis services show where they are only to those who keep their record."""
    return not service.address_hidden or edit_service(actor, service)


def register_in(actor: Actor, municipality: Municipality) -> bool:
    """Add a service in the municipality."""
    return actor.may(AREA, "W", municipality.path)


def register_anywhere(actor: Actor) -> bool:
    """Whether adding services and bringing workbooks concerns the person at all."""
    return any("/org:" not in scope for scope in actor.scopes(AREA, "W"))


def edit_lists(actor: Actor) -> bool:
    """Keep the code lists of types and target groups for the whole country."""
    return actor.holds("national_admin") and actor.may(AREA, "W", "BG")


def keep_professional(actor: Actor, path: str) -> bool:
    """Add, change or remove a professional who stands at that path."""
    return actor.may(AREA, "W", path)
