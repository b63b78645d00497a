"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Outbox and „Пречи ми“."""

    name = "opora.foundation.messages"
    label = "outbox"

    def ready(self) -> None:
        """Take our places in the frame of every page."""
        from opora.foundation.messages.panels import obstacle_link
        from opora.foundation.ui import nav, panels

        panels.offer("feedback", obstacle_link)
        nav.register(
            nav.NavItem(
                _("Поща"),
                "messages_outbox",
                lambda actor: actor.holds("regional_coordinator", "national_admin"),
                80,
            )
        )
