"""Addresses of this room."""

from django.urls import path

from opora.foundation.rules import views

urlpatterns = [
    path("", views.rules, name="rules_rules"),
    path("<slug:code>/", views.rule, name="rules_rule"),
]
