"""As Django knows this room."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "opora.foundation.territory"
    label = "territory"
