"""Addresses for the tests of the frame; nothing answers on them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    """Stands where a room's view would."""
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="home"),
    path("services/", nothing, name="services"),
    path("services/board/", nothing, name="board"),
    path("search/", nothing, name="search"),
    path("ping/", nothing, name="ping"),
    path("out/", nothing, name="out"),
    path("language/", nothing, name="language"),
    path("account/", nothing, name="account"),
    path("about/", nothing, name="about"),
]
