"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    """Rule records."""

    name = "opora.foundation.rules"
    label = "rules"

    def ready(self) -> None:
        """Stand in the navigation of those who plan."""
        from opora.foundation.ui import nav

        nav.register(
            nav.NavItem(_("Правила"), "rules_rules", lambda actor: actor.holds("national_admin"), 85)
        )
