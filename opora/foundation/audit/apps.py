"""As Django knows this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "opora.foundation.audit"
    label = "audit"
