"""Pages for citizens: find a service, its page, the easy-to-read version. No account, no tracking."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opora.desk.directory import papers, queries
from opora.desk.directory.forms import FindForm
from opora.desk.directory.needs import need as need_by_code
from opora.foundation.accounts.doors import door
from opora.register.models import Service


@require_safe
@door(public=True)
def find(request: HttpRequest) -> HttpResponse:
    """The form and, when asked, what was found."""
    asked = bool(request.GET)
    form = FindForm(request.GET if asked else None)
    given = form.cleaned_data if asked and form.is_valid() else {}
    need, places = need_by_code(given.get("need", "")), _places(given)
    place = places[0] if len(places) == 1 else None
    rows = queries.find(need, place) if given else []
    facts = {"form": form, "asked": bool(given), "need": need, "rows": rows, "place": place, "places": places}
    facts["typed"] = given.get("place", "")
    return render(request, "directory/find.html", facts)


def _places(given: dict[str, str]) -> list[queries.Place]:
    if given.get("ekatte"):
        chosen = queries.place_by_ekatte(given["ekatte"])
        return [chosen] if chosen else []
    return queries.places_named(given["place"]) if given.get("place") else []


@require_safe
@door(public=True)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """What everybody may know about one service."""
    return render(request, "directory/service.html", _facts(code))


@require_safe
@door(public=True)
def easy(request: HttpRequest, code: str) -> HttpResponse:
    """The same in short sentences, each with a picture."""
    return render(request, "directory/easy.html", _facts(code))


def _facts(code: str) -> dict[str, object]:
    try:
        row = queries.listed(code)
    except Service.DoesNotExist:
        raise Http404
    return {
        "row": row,
        "service": row.service,
        "papers": papers.papers(row.service),
        "violence": papers.for_violence(row.service),
    }
