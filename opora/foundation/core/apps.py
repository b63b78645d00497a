"""As Django knows this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "opora.foundation.core"
    label = "core"
