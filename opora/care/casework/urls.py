"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.care.casework import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.files, name="casework_files"),
    path("find/", views.find, name="casework_find"),
    path("new/", views.new_file, name="casework_new"),
    path("new/alike/", views.alike, name="casework_alike"),
    path("<str:code>/", views.file_page, name="casework_file"),
    path("<str:code>/stage/", views.stage, name="casework_stage"),
    path("<str:code>/lead/", views.lead, name="casework_lead"),
    path("<str:code>/events/<int:pk>/correct/", views.correct, name="casework_correct"),
]
