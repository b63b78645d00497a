"""As Django knows this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opora.foundation.accounts"
    label = "accounts"
