"""As Django knows this room."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "opora.foundation.rules"
    label = "rules"
