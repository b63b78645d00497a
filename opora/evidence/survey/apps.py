"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from opora.foundation.ui import nav, panels


class SurveyConfig(AppConfig):
    """Survey cards: templates, rounds, filling, checking."""

    name = "opora.evidence.survey"
    label = "survey"

    def ready(self) -> None:
        """The room's entry in the navigation and its panel on the page of a service."""
        from opora.evidence.survey import panels as own
        from opora.evidence.survey import policies, slots
        from opora.evidence.survey.actions.moving import follow_service
        from opora.register import paths

        paths.follow(follow_service)
        nav.register(nav.NavItem(_("Карти"), "survey_home", policies.sees_cards, order=30))
        panels.offer("register.service", slots.cards_of_service)
        panels.offer("survey.card", own.card_deeds)
        panels.offer("survey.home.tools", own.new_round_link)
