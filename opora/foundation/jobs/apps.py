"""As Django knows this room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "opora.foundation.jobs"
    label = "jobs"
