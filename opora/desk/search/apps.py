"""As Django knows this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "opora.desk.search"
    label = "search"
