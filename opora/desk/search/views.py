"""The search page and the suggestions under the box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.desk.search import queries
from opora.foundation.accounts.doors import actor_of, door


@require_safe
@door()
def search(request: HttpRequest) -> HttpResponse:
    """All that was found."""
    text = request.GET.get("q", "").strip()
    return render(
        request, "search/search.html", {"text": text, "results": queries.search(actor_of(request), text)}
    )


@require_safe
@door()
def suggest(request: HttpRequest) -> HttpResponse:
    """The five best, while typing."""
    results = queries.search(actor_of(request), request.GET.get("q", ""), most=queries.BEST)
    best = (results.services + results.cards + results.places)[: queries.BEST]
    return render(request, "search/suggest.html", {"best": best})
