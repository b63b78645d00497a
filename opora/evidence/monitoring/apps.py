"""As Django knows this room."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Visits by criteria and indicators, with two observers."""

    name = "opora.evidence.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Follow services that move, and say who may open photographs."""
        from opora.evidence.monitoring import doors
        from opora.evidence.monitoring.actions.marking import OWNER
        from opora.evidence.monitoring.actions.moving import follow_service
        from opora.foundation.documents import policies as documents
        from opora.register import paths

        paths.follow(follow_service)
        documents.owned_by(OWNER, doors.may_see_photo)
