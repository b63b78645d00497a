"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.foundation.documents import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", views.download, name="documents_download"),
]
