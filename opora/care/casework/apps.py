"""As Django knows this room."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "opora.care.casework"
    label = "casework"

    def ready(self) -> None:
        """Offer the list and the day's terms to the frame; follow services that move."""
        from opora.care.casework import queries_ending, slots, tasks  # noqa: F401 - the kinds of long work are declared there
        from opora.care.casework.actions import follow_service
        from opora.foundation.documents import policies as documents
        from opora.foundation.ui import nav, panels
        from opora.register import paths

        paths.follow(follow_service)
        documents.owned_by(queries_ending.CONTRACT_OWNER, queries_ending.may_see_contract_file)
        panels.offer("home.work", slots.today, order=1)
        panels.offer("home.work", slots.guard, order=11)
        nav.register(nav.NavItem(_("Досиета"), "casework_files", _may_read, order=10))
        nav.register(nav.NavItem(_("Резултати"), "casework_outcomes", _may_see_outcomes, order=12))
        nav.register(nav.NavItem(_("Защита на данните"), "casework_protection", _may_protect, order=80))


def _may_read(actor: Any) -> bool:
    from opora.care.casework import policies

    return actor is not None and actor.signed_in and policies.works_with_files(actor)


def _may_see_outcomes(actor: Any) -> bool:
    from opora.care.casework import policies

    return actor is not None and actor.signed_in and policies.sees_outcomes(actor)


def _may_protect(actor: Any) -> bool:
    from opora.care.casework import policies_protection

    return actor is not None and actor.signed_in and policies_protection.protects(actor)
