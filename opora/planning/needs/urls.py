"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.planning.needs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.analyses, name="needs_analyses"),
    path("new/", views.start, name="needs_start"),
    path("<int:pk>/", views.analysis, name="needs_analysis"),
    path("<int:pk>/rows/", views.rows, name="needs_rows"),
    path("<int:pk>/chapters/<str:key>/", views.chapter, name="needs_chapter"),
    path("<int:pk>/publish/", views.publish, name="needs_publish"),
    path("<int:pk>/compare/", views.compare, name="needs_compare"),
    path("<int:pk>/download/<str:kind>/", views.download, name="needs_download"),
]
