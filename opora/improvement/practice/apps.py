"""As Django knows this room."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    """Good practices: shortlist, award, library, transfer."""

    name = "opora.improvement.practice"
    label = "practice"

    def ready(self) -> None:
        """Stand in the navigation, follow services that move, say who may open files of tools."""
        from opora.foundation.documents import policies as documents
        from opora.foundation.ui import nav, panels
        from opora.improvement.practice import queries, queries_selection, slots
        from opora.improvement.practice.actions import follow_service
        from opora.register import paths

        paths.follow(follow_service)
        documents.owned_by("practice.tool", queries.tool_is_open)
        documents.owned_by("practice.minutes", queries_selection.minutes_are_open)
        panels.offer("home.work", slots.of_work, order=30)
        panels.offer("register.service", slots.of_service)
        panels.offer("directory.service", slots.of_service)
        nav.register(nav.NavItem(_("Добри практики"), "practice_library", _may_read, order=30))


def _may_read(actor: Any) -> bool:
    return actor is not None
