"""The first page of each person, and the pages about Opora itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import i18n
from django.views.decorators.http import require_POST, require_safe

from opora.desk.home import pictures, queries
from opora.desk.home.calm import calm
from opora.desk.home.doors import doorways
from opora.foundation.accounts import queries as accounts
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.doors import actor_of, door


@require_safe
@door(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in finds their work here; a visitor finds the doors."""
    return worklist(request) if actor_of(request).signed_in else front(request)


def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for this person, then the rest."""
    actor = actor_of(request)
    facts = {
        "actor": actor,
        "rounds": queries.open_rounds(actor),
        "cards": [queries.as_task(card) for card in queries.own_cards(actor)],
        "totals": queries.register_totals(actor),
        "own_service": queries.own_service(actor),
        "regions": queries.regions_of(actor),
        "calm": calm(actor),
    }
    return render(request, "home/worklist.html", facts)


def front(request: HttpRequest) -> HttpResponse:
    """What Opora is, the country, the doors and the numbers of the day."""
    reader = system()
    people = accounts.demonstration_people() if settings.DEMONSTRATION else []
    main, others = doorways(people)
    facts = {
        "doors": main,
        "others": others,
        "numbers": queries.numbers_of_the_day(reader),
        "country": pictures.country(queries.services_by_region(reader)),
    }
    return render(request, "home/front.html", facts)


@require_safe
@door(public=True)
def about(request: HttpRequest) -> HttpResponse:
    """What Opora is made of and whose data it shows."""
    return render(request, "home/about.html", {})


@require_safe
@door(public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Statement of accessibility (ЗЕУ чл. 58в)."""
    return render(request, "home/accessibility.html", {})


@require_safe
@door(public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people and who sees it."""
    return render(request, "home/privacy.html", {})


@require_POST
@door(public=True)
def language(request: HttpRequest) -> HttpResponse:
    """Bulgarian or English, kept in a cookie."""
    return i18n.set_language(request)
