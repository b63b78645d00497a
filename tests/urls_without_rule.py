"""Two addresses for test_doors.py: one whose rule was forgotten, one with a rule."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from opora.config.views import health


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("must never be seen")


urlpatterns = [path("forgotten/", forgotten, name="forgotten"), path("declared/", health, name="health")]
