"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "opora.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every room declare its work."""
        from opora.foundation.jobs.panels import bell
        from opora.foundation.ui import panels

        autodiscover_modules("tasks")
        panels.offer("tasks", bell)
