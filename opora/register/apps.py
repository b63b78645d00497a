"""As Django knows this room."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "opora.register"
    label = "register"
