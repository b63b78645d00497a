"""The room as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Design system: templates, static files and pictures; no models."""

    name = "opora.foundation.ui"
    label = "ui"
    verbose_name = "Design system"
