"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Visits by criteria and indicators, with two observers."""

    name = "opora.evidence.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Stand in the navigation and on pages of others; follow services that move; say who may open photographs."""
        from opora.evidence.monitoring import doors, policies, slots
        from opora.evidence.monitoring.actions.marking import OWNER
        from opora.evidence.monitoring.actions.moving import follow_service
        from opora.foundation.documents import policies as documents
        from opora.foundation.ui import nav, panels
        from opora.register import paths

        paths.follow(follow_service)
        documents.owned_by(OWNER, doors.may_see_photo)
        panels.offer("register.service", slots.of_service, order=60)
        panels.offer("home.work", slots.of_work, order=20)
        nav.register(nav.NavItem(_("Посещения"), "monitoring_home", policies.works_with_visits, order=35))
