"""Addresses of this room."""

from django.urls import path

from opora.foundation.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs_list"),
    path("<int:pk>/", views.job, name="jobs_job"),
    path("<int:pk>/progress/", views.progress, name="jobs_progress"),
    path("<int:pk>/cancel/", views.cancel, name="jobs_cancel"),
]
