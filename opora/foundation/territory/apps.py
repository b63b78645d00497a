"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    """Regions, municipalities, settlements."""

    name = "opora.foundation.territory"
    label = "territory"

    def ready(self) -> None:
        """Offer the map of the country in the navigation."""
        from opora.foundation.ui import nav

        nav.register(nav.NavItem(_("Територия"), "territory_country", lambda actor: True, order=90))
