"""As Django knows this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "opora.foundation.documents"
    label = "documents"
