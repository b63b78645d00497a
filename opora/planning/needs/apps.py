"""As Django knows this room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "opora.planning.needs"
    label = "needs"
