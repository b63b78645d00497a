"""Addresses of this room."""

from django.urls import path

from opora.desk.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="home_about"),
    path("accessibility/", views.accessibility, name="home_accessibility"),
    path("privacy/", views.privacy, name="home_privacy"),
    path("language/", views.language, name="home_language"),
]
