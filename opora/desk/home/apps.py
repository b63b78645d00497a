"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """First pages."""

    name = "opora.desk.home"
    label = "home"

    def ready(self) -> None:
        """Take our places in the frame of every page."""
        from opora.foundation.ui import nav

        nav.register(nav.NavItem(_("Моята работа"), "home", lambda actor: actor.signed_in, 1))
        for role, name in (
            ("home", "home"),
            ("about", "home_about"),
            ("accessibility", "home_accessibility"),
            ("privacy", "home_privacy"),
            ("language", "home_language"),
        ):
            nav.register_place(role, name)
