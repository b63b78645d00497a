"""One box that finds everything the actor may see: client files, services, cards, good practices, providers and places."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from opora.care.casework import queries as casework
from opora.care.casework.models import ClientFile
from opora.care.casework.presenters import age
from opora.evidence.survey import queries as survey
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import words
from opora.foundation.territory.models import Municipality, Region, Settlement
from opora.improvement.practice import queries as practice
from opora.improvement.practice import stages
from opora.improvement.practice.models import Practice
from opora.register import lists
from opora.register import queries as register
from opora.register.models import Service

BEST = 5
MOST = 50


@dataclass(frozen=True)
class Found:
    """One thing found: what it is called, what else tells it from others, where it is."""

    title: str
    note: str
    href: str


@dataclass(frozen=True)
class Results:
    """What was found by kind, best first, at most `MOST` of each."""

    files: list[Found]
    services: list[Found]
    cards: list[Found]
    practices: list[Found]
    places: list[Found]

    @property
    def count(self) -> int:
        """Things in all."""
        return len(self.every)

    @property
    def every(self) -> list[Found]:
        """All of them, kind after kind."""
        return self.files + self.services + self.cards + self.practices + self.places


def search(actor: Actor, text: str, *, most: int = MOST, people: bool = False) -> Results:
    """Everything whose words, in any Bulgarian form, code or telephone fit the text; client files only where `people`
    may be looked for.
    """
    asked = words.normal(text)[:120]
    if len(asked) < 2:
        return Results([], [], [], [], [])
    found = files(actor, asked, most) if people else []
    return Results(
        found, services(actor, asked, most), cards(actor, asked, most), practices(actor, asked, most), places(asked, most)
    )  # fmt: skip


def files(actor: Actor, asked: str, most: int) -> list[Found]:
    """Client files by name as it is written or sounds, ЕГН, telephone or number; the search is in the audit."""
    found = [_file(one) for one in casework.found(actor, asked, most)]
    if found:
        audit.record(actor, "case.searched", "files", details={"rows": len(found)})
    return found


def _file(file: ClientFile) -> Found:
    parts = [file.code, age(file), file.service.name, file.lead_now.name if file.lead_now else ""]
    return Found(
        file.person.name, " · ".join(p for p in parts if p), reverse("casework_file", args=[file.code])
    )


def services(actor: Actor, asked: str, most: int) -> list[Found]:
    """Services by words, code, head or telephone; those whose name begins so stand first."""
    allowed = register.services_for(actor)
    digits = "".join(c for c in asked if c.isdigit())
    direct = allowed.filter(Q(code__iexact=asked) | Q(head__icontains=asked) | _telephone(digits))
    found = list(direct[:most]) or list(lists.searched(allowed, asked)[: most * 4])
    start = words.sort_key(asked)
    found.sort(key=lambda s: (not s.sort_name.startswith(start), start not in s.sort_name, s.sort_name))
    return [_service(service) for service in found[:most]]


def _telephone(digits: str) -> Q:
    if len(digits) < 5:
        return Q(pk__in=[])
    return (
        Q(phone__contains=digits)
        | Q(phone__contains=f"{digits[:3]}/{digits[3:]}")
        | Q(phone__contains=f"{digits[:4]}/{digits[4:]}")
    )


def _service(service: Service) -> Found:
    parts = [service.code, service.type.short, service.municipality.full_name, service.head, service.phone]
    return Found(
        service.name, " · ".join(p for p in parts if p), reverse("register_service", args=[service.code])
    )


def cards(actor: Actor, asked: str, most: int) -> list[Found]:
    """Survey cards by number."""
    if not any(c.isdigit() for c in asked):
        return []
    found = survey.cards(actor).filter(code__icontains=asked)[:most]
    return [
        Found(c.code, f"{c.service.name} · {c.round.title}", reverse("survey_card", args=[c.code]))
        for c in found
    ]


def practices(actor: Actor, asked: str, most: int) -> list[Found]:
    """Good practices by words or code: published ones for everybody, others for who writes or reads them."""
    return [_practice(one) for one in practice.found(actor, asked, most)]


def _practice(card: Practice) -> Found:
    state = "" if card.is_published else str(stages.CARD[card.stage]).lower()
    note = " · ".join(part for part in (card.code, card.service.name, state) if part)
    return Found(card.name, note, reverse("practice_card", args=[card.code]))


def places(asked: str, most: int) -> list[Found]:
    """Regions, municipalities and settlements by the beginning of their name or by code."""
    start = words.sort_key(asked)
    by_name = Q(sort_name__startswith=start) | Q(code__iexact=asked)
    found = [_area(r, r.full_name) for r in Region.objects.filter(by_name)[:most]]
    found += [
        _area(m, m.full_name) for m in Municipality.objects.filter(by_name).select_related("region")[:most]
    ]
    rows = Settlement.objects.filter(Q(sort_name__startswith=start) | Q(ekatte=asked)).select_related(
        "municipality__region"
    )[:most]
    found += [
        Found(str(s), s.municipality.full_name, reverse("territory_place", args=[s.municipality.code]))
        for s in rows
    ]
    return found[:most]


def _area(place: Region | Municipality, note: str) -> Found:
    return Found(place.name, note, reverse("territory_place", args=[place.code]))
