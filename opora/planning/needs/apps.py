"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    """Analyses of needs."""

    name = "opora.planning.needs"
    label = "needs"

    def ready(self) -> None:
        """Stand in the navigation, and let the worker know the long work of this room."""
        from opora.foundation.ui import nav, panels
        from opora.planning.needs import slots, tasks  # noqa: F401

        panels.offer("survey.round", slots.of_round)
        panels.offer("territory.region", slots.of_region)
        panels.offer("home.work", slots.of_work)

        nav.register(nav.NavItem(_("Анализи"), "needs_analyses", lambda actor: actor is not None, 40))
