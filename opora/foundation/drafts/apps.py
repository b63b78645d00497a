"""As Django knows this room."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "opora.foundation.drafts"
    label = "drafts"
