"""Addresses of this room."""

from django.urls import path

from opora.desk.search import views

urlpatterns = [
    path("", views.search, name="search_search"),
    path("suggest/", views.suggest, name="search_suggest"),
]
