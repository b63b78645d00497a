"""As Django knows this room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "opora.desk.reports"
    label = "reports"
