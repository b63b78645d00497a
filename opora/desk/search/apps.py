"""As Django knows this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One box that finds everything."""

    name = "opora.desk.search"
    label = "search"

    def ready(self) -> None:
        """The box in the head of every page leads here."""
        from opora.foundation.ui import nav

        nav.register_place("search", "search_search")
        nav.register_place("suggest", "search_suggest")
