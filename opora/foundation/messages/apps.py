"""As Django knows this room."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "opora.foundation.messages"
    label = "outbox"
