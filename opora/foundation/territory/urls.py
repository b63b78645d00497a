"""Addresses of this room."""

from django.urls import path

from opora.foundation.territory import views

urlpatterns = [
    path("", views.country, name="territory_country"),
    path("<slug:code>/", views.place, name="territory_place"),
]
