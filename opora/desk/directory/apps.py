"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Services for citizens."""

    name = "opora.desk.directory"
    label = "directory"

    def ready(self) -> None:
        """Visitors find it in the navigation."""
        from opora.foundation.ui import nav

        nav.register(
            nav.NavItem(
                _("Намерете услуга"), "directory_find", lambda actor: actor is None or not actor.signed_in, 5
            )
        )
