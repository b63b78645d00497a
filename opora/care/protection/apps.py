"""As Django knows this room."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Protection of personal data: breaches, the record of activities, impact assessment, written rules."""

    name = "opora.care.protection"
    label = "protection"

    def ready(self) -> None:
        """Stand on the first page, under every page and on the page „Защита на данните“; follow services that move."""
        from opora.care.protection import slots
        from opora.care.protection.actions import follow_service
        from opora.foundation.ui import panels
        from opora.register import paths

        paths.follow(follow_service)
        panels.offer("home.work", slots.clocks, order=0)
        panels.offer("feedback", slots.tell, order=60)
        panels.offer("casework.protection", slots.room)
