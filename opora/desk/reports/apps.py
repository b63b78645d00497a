"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Released tables."""

    name = "opora.desk.reports"
    label = "reports"

    def ready(self) -> None:
        """Stand in the navigation of those who plan."""
        from opora.foundation.ui import nav

        nav.register(
            nav.NavItem(
                _("Справки"),
                "reports_services",
                lambda actor: bool(actor and actor.signed_in and actor.scopes("planning", "R")),
                60,
            )
        )
