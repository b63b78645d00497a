"""The search page and the suggestions under the box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opora.desk.search import queries
from opora.foundation.accounts.doors import actor_of, door


@door(public=True)
def search(request: HttpRequest) -> HttpResponse:
    """All that was found. The box of every page sends by POST: the name of a person never stands in an address, so an
    address finds services, cards, practices and places only. A visitor finds published practices and places.
    """
    text, people = _asked(request)
    results = queries.search(actor_of(request), text, people=people)
    return render(request, "search/search.html", {"text": text, "results": results})


@door()
def suggest(request: HttpRequest) -> HttpResponse:
    """The five best, while typing."""
    text, people = _asked(request)
    results = queries.search(actor_of(request), text, most=queries.BEST, people=people)
    return render(request, "search/suggest.html", {"best": results.every[: queries.BEST]})


def _asked(request: HttpRequest) -> tuple[str, bool]:
    """What is asked, and whether people may be looked for."""
    by_post = request.method == "POST"
    return (request.POST if by_post else request.GET).get("q", "").strip(), by_post
