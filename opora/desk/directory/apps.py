"""As Django knows this room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "opora.desk.directory"
    label = "directory"
