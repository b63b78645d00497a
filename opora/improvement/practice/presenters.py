"""Cards and adaptations as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.territory import queries as territory
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Picture, Place, points_map
from opora.improvement.practice import conditions, stages
from opora.improvement.practice.forms.cards import LABELS
from opora.improvement.practice.models import GRADES, TEXTS, Adaptation, Outcome, Practice
from opora.register.models import Service

GRADE_TAGS = {0: "none", 1: "info", 2: "info", 3: "done", 4: "done"}


@dataclass(frozen=True)
class Said:
    """One part of a card: its heading and paragraphs; lines that begin with a dash are a list."""

    key: str
    heading: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


def parts(card: Practice) -> list[Said]:
    """The parts that were written, in the order they are read."""
    return [
        Said(name, str(LABELS[name]), blocks(getattr(card, name)))
        for name in TEXTS
        if getattr(card, name).strip()
    ]


def blocks(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Paragraphs („p“) and lists („ul“) of a text typed line by line."""
    found: list[tuple[str, list[str]]] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        item = line[:2] in ("- ", "– ", "• ")
        if item and found and found[-1][0] == "ul":
            found[-1][1].append(line[2:].strip())
        else:
            found.append(("ul", [line[2:].strip()]) if item else ("p", [line]))
    return tuple((kind, tuple(lines)) for kind, lines in found)


def where(service: Service) -> str:
    """Settlement or, where the address is protected, the municipality only."""
    if service.address_hidden or service.settlement is None:
        return service.municipality.full_name
    return service.settlement.full_name


def grade_words(card: Practice) -> str:
    """The grade of the evidence in words."""
    return "" if card.grade is None else str(dict(GRADES)[card.grade])


def grade_tag(card: Practice) -> str:
    """Kind of its tag."""
    return GRADE_TAGS.get(card.grade or 0, "none")


def facts(card: Practice) -> list[tuple[str, str]]:
    """Where it is from and whom to ask; never a person's name."""
    service = card.service
    rows = [
        (_("Услуга"), service.name),
        (_("Къде"), where(service)),
        (_("За кого"), ", ".join(group.title for group in card.groups.all())),
        (_("Телефон"), service.phone),
        (_("Електронна поща"), service.email),
    ]
    return [row for row in rows if row[1]]


def condition_words(card: Practice) -> list[str]:
    """What must be in place, in sentences."""
    return [conditions.said(one) for one in card.conditions.select_related("group", "type")]


def check(card: Practice, service: Service) -> list[conditions.Checked]:
    """Every condition against the service's entry in the register."""
    return [conditions.check(one, service) for one in card.conditions.select_related("group", "type")]


def value(number: Decimal | float | None, unit: str = "") -> str:
    """A measured value with its unit, without needless zeros."""
    if number is None:
        return formats.NONE
    plain = float(number)
    return f"{formats.number(plain, 0 if plain == int(plain) else None)} {unit}".strip()


def origin_rows(outcomes: Iterable[Outcome]) -> list[tuple[str, str, str, str]]:
    """Outcome, before, after, over how many people: at the origin."""
    return [
        (one.title, value(one.before, one.unit), value(one.after, one.unit), formats.number(one.people))
        for one in outcomes
        if one.before is not None or one.after is not None
    ]


def library_map(found: Sequence[Practice], address: str) -> Picture | None:
    """Published practices by municipality; each circle leads to its list."""
    counted: dict[str, list[Practice]] = {}
    for card in found:
        counted.setdefault(card.service.municipality.code, []).append(card)
    if not counted:
        return None
    places = [
        Place(
            cards[0].service.municipality.name, (cards[0].service.municipality.lon, cards[0].service.municipality.lat),
            float(len(cards)), href=f"{address}?place={code}", important=True,
        )
        for code, cards in counted.items()
    ]  # fmt: skip
    shapes = territory.region_shapes()
    words = ngettext("%(n)s практика", "%(n)s практики", len(found)) % {"n": formats.number(len(found))}
    towns = ngettext("от %(n)s община", "от %(n)s общини", len(counted)) % {"n": formats.number(len(counted))}
    return points_map(
        f"{words} {towns}", places, background=list(shapes.areas.values()), unit=_("практики"), heading=_("Община"),
        schematic=shapes.schematic, source=shapes.source and _("Граници: %(source)s.") % {"source": shapes.source},
    )  # fmt: skip


def as_task(adaptation: Adaptation) -> dict[str, Any]:
    """An adaptation as a line of a task list."""
    return {
        "title": f"{adaptation.practice.title}: {adaptation.service.name}",
        "href": reverse("practice_adaptation", args=[adaptation.code]),
        "hint": adaptation.code,
        "status": str(stages.ADAPTATION[adaptation.stage]),
        "kind": stages.ADAPTATION_TAGS[adaptation.stage],
    }


def card_row(card: Practice) -> dict[str, Any]:
    """A card as a line of a task list."""
    return {
        "title": card.title,
        "href": reverse("practice_card", args=[card.code]),
        "hint": f"{card.code}, {card.service.name}",
        "status": str(stages.CARD[card.stage]),
        "kind": stages.CARD_TAGS[card.stage],
    }
