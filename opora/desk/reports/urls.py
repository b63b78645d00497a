"""Addresses of this room."""

from django.urls import path

from opora.desk.reports import views

urlpatterns = [
    path("", views.services, name="reports_services"),
    path("<slug:measure>.<slug:kind>", views.download, name="reports_download"),
]
