"""Addresses of this room."""

from django.urls import path

from opora.foundation.drafts import views

urlpatterns = [path("unsent/", views.unsent_words, name="drafts_unsent")]
