"""Every address of Opora, room by room."""

from django.urls import include, path

from opora.config import views

urlpatterns = [
    path("", include("opora.desk.home.urls")),
    path("search/", include("opora.desk.search.urls")),
    path("reports/", include("opora.desk.reports.urls")),
    path("find/", include("opora.desk.directory.urls")),
    path("analyses/", include("opora.planning.needs.urls")),
    path("practices/", include("opora.improvement.practice.urls")),
    path("protection/", include("opora.care.protection.urls")),
    path("files/", include("opora.care.casework.urls")),
    path("monitoring/", include("opora.evidence.monitoring.urls")),
    path("survey/", include("opora.evidence.survey.urls")),
    path("register/", include("opora.register.urls")),
    path("jobs/", include("opora.foundation.jobs.urls")),
    path("documents/", include("opora.foundation.documents.urls")),
    path("rules/", include("opora.foundation.rules.urls")),
    path("drafts/", include("opora.foundation.drafts.urls")),
    path("messages/", include("opora.foundation.messages.urls")),
    path("accounts/", include("opora.foundation.accounts.urls")),
    path("territory/", include("opora.foundation.territory.urls")),
    path("health/", views.health, name="health"),
]

handler404 = "opora.config.views.not_found"
handler500 = "opora.config.views.server_error"
