"""Addresses of this room."""

from django.urls import path

from opora.foundation.messages import views

urlpatterns = [
    path("", views.outbox, name="messages_outbox"),
    path("<int:pk>/", views.message, name="messages_message"),
    path("<int:pk>/settle/", views.settle, name="messages_settle"),
    path("take-back/<slug:batch>/", views.take_back, name="messages_take_back"),
    path("obstacle/", views.obstacle, name="messages_obstacle"),
    path("obstacles/", views.obstacles, name="messages_obstacles"),
]
