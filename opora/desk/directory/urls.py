"""Addresses of this room."""

from django.urls import path

from opora.desk.directory import views

urlpatterns = [
    path("", views.find, name="directory_find"),
    path("<str:code>/", views.service, name="directory_service"),
    path("<str:code>/easy/", views.easy, name="directory_easy"),
]
