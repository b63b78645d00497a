"""As Django knows this room."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "opora.evidence.survey"
    label = "survey"
