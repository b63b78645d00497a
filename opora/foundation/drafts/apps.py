"""As Django knows this room."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "opora.foundation.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Say where pages keep what is typed into their forms."""
        from opora.foundation.ui import nav

        nav.register_place("keep_words", "drafts_unsent")
