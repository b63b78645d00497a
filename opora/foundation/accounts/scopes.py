"""Places of roles in words, and which places a role can be held in.

A scope is a path such as BG/LOV/LOV18/org:1/svc:A. This room knows regions and municipalities; the register,
which stands above, offers its services with `offer`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from opora.foundation.territory.models import Municipality, Region

LEVELS = {
    "regional_coordinator": "region",
    "municipality_expert": "municipality",
    "service_manager": "service",
    "case_manager": "service",
    "specialist": "service",
    "external_specialist": "service",
}
"""How far down a role is held; the others are held in the whole country."""
Choices = Sequence[tuple[str, str]]
_services: list[Callable[[], Choices]] = []


def offer(services: Callable[[], Choices]) -> None:
    """A room above gives (path, words) of every service in which somebody can hold a role."""
    if services not in _services:
        _services.append(services)


def choices_for(role: str) -> Choices:
    """(path, words) of the places in which the role can be held."""
    level = LEVELS.get(role, "country")
    if level == "region":
        return [(r.path, r.full_name) for r in Region.objects.all()]
    if level == "municipality":
        return [(m.path, m.full_name) for m in Municipality.objects.select_related("region")]
    if level == "service":
        return [pair for services in _services for pair in services()]
    return [("BG", _("цялата страна"))]


def words(path: str) -> str:
    """A place in words: „обл. Ловеч“, „общ. Троян, обл. Ловеч“."""
    return words_of([path])[path]


def words_of(paths: Sequence[str]) -> dict[str, str]:
    """Many places in words with a fixed number of queries."""
    deep = {path for path in paths if path.count("/") > 2}
    known = {path: text for path, text in choices_for("service_manager") if path in deep} if deep else {}
    towns = {
        m.code: m.full_name
        for m in Municipality.objects.select_related("region").filter(code__in=_codes(paths, 2))
    }
    regions = {r.code: r.full_name for r in Region.objects.filter(code__in=_codes(paths, 1))}
    return {path: known.get(path) or _plain(path, towns, regions) for path in paths}


def _codes(paths: Sequence[str], place: int) -> set[str]:
    return {path.split("/")[place] for path in paths if path.count("/") >= place}


def _plain(path: str, towns: dict[str, str], regions: dict[str, str]) -> str:
    parts = path.split("/")
    if len(parts) == 1:
        return _("цялата страна")
    if len(parts) == 2:
        return regions.get(parts[1], parts[1])
    town = towns.get(parts[2], parts[2])
    deep = [part.removeprefix("svc:") for part in parts[3:] if part.startswith("svc:")]
    return _("услуга %(code)s, %(place)s") % {"code": deep[0], "place": town} if deep else town
