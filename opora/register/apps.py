"""As Django knows this room."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "opora.register"
    label = "register"

    def ready(self) -> None:
        """Offer the list to the frame, and services as places of roles to the accounts."""
        from opora.foundation.accounts import scopes
        from opora.foundation.ui import nav
        from opora.register import actions, paths, queries

        nav.register(nav.NavItem(_("Услуги"), "register_list", _may_read, order=20))
        scopes.offer(queries.scope_choices)
        paths.follow(actions.move_grants)


def _may_read(actor: Any) -> bool:
    return actor is not None and actor.signed_in and bool(actor.scopes("service_register", "R"))
