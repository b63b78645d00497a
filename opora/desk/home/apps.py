"""As Django knows this room."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "opora.desk.home"
    label = "home"
