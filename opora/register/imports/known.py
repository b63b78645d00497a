"""What stands already, loaded once for a whole workbook: places, code lists, providers, services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import words
from opora.foundation.territory.models import Municipality, Region, Settlement
from opora.register import queries
from opora.register.imports.sheets import Row
from opora.register.models import Organisation, Service, ServiceType, TargetGroup

_TO_CYRILLIC = str.maketrans("aceopxykmtbhACEOPXYKMTBH", "асеорхукмтвнАСЕОРХУКМТВН")


def key(text: str) -> str:
    """How names are compared: case, spaces, quotes and dashes do not matter."""
    bare = text.translate(str.maketrans("„“”\"'–—", "     --"))
    return words.normal(bare).casefold().replace(" -", "-").replace("- ", "-")


def cyrillic(text: str) -> str:
    """Latin letters that look Cyrillic inside a Cyrillic name, as Cyrillic."""
    return text.translate(_TO_CYRILLIC) if words.mixed_alphabet(text) else text


@dataclass
class Known:
    """Indexes by code and by compared name."""

    actor: Actor
    regions: list[Region]
    municipalities: list[Municipality]
    types: dict[str, list[ServiceType]]
    groups: dict[str, TargetGroup]
    settlements: dict[str, list[Settlement]] = field(default_factory=dict)
    loaded: set[int] = field(default_factory=set)
    organisations: list[Organisation] = field(default_factory=list)
    services: dict[str, Service] = field(default_factory=dict)
    by_pk: dict[int, Service] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def municipalities_named(self, text: str) -> list[Municipality]:
        """By code or name, with or without „общ.“."""
        wanted = key(_bare(text, ("община ", "общ. ", "общ.")))
        return [m for m in self.municipalities if wanted in (key(m.name), m.code.casefold())]

    def regions_named(self, text: str) -> list[Region]:
        """By code or name, with or without „обл.“; „София“ alone is both the capital and the region."""
        wanted = key(_bare(text, ("област ", "обл. ", "обл.")))
        found = [r for r in self.regions if wanted in (key(r.name), r.code.casefold())]
        return found + [r for r in self.regions if key(r.name).startswith(wanted + " (")]

    def settlement_candidates(self, text: str) -> list[Settlement]:
        """By EKATTE code or name; a kind before the name (гр., с.) narrows them."""
        kind, name = _kind_and_name(text)
        found = self.settlements.get(text, []) or self.settlements.get(words.sort_key(name), [])
        return [s for s in found if s.kind == kind] if kind else found


def load(actor: Actor, rows: Iterable[Row]) -> Known:
    """Everything the rows may speak of, in about ten queries."""
    lines = list(rows)
    known = Known(
        actor=actor,
        regions=list(Region.objects.all()),
        municipalities=list(Municipality.objects.select_related("region")),
        types=_types(),
        groups=_groups(),
        organisations=list(Organisation.objects.all()),
    )
    _load_settlements(known, {line.text("settlement") for line in lines})
    _load_services(known, lines)
    return known


def _load_settlements(known: Known, said: set[str]) -> None:
    names = {words.sort_key(_kind_and_name(cyrillic(text))[1]) for text in said}
    codes = {text.zfill(5) for text in said if text.isdigit()}
    rows = Settlement.objects.select_related("municipality__region")
    index: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in rows.filter(Q(sort_name__in=names) | Q(ekatte__in=codes)):
        index[settlement.sort_name].append(settlement)
        index[settlement.ekatte].append(settlement)
    known.settlements = dict(index)
    known.loaded = set(Settlement.objects.order_by().values_list("municipality_id", flat=True).distinct())


def _load_services(known: Known, lines: list[Row]) -> None:
    seen = queries.services_for(known.actor).prefetch_related("target_groups", "posts")
    known.services = {service.code: service for service in seen}
    known.by_pk = {service.pk: service for service in known.services.values()}
    codes = {line.text("code") for line in lines}
    known.taken = set(Service.objects.filter(code__in=codes).values_list("code", flat=True))


def _types() -> dict[str, list[ServiceType]]:
    index: dict[str, list[ServiceType]] = defaultdict(list)
    for kind in queries.types():
        names = [kind.code, kind.name, kind.name.split(" (")[0], kind.name_en, *kind.abbr.split("/")]
        for name in dict.fromkeys(key(n) for n in names if n.strip(" –")):
            index[name].append(kind)
    return index


def _groups() -> dict[str, TargetGroup]:
    groups = queries.target_groups()
    return {key(name): group for group in groups for name in (group.name_en, group.name, group.code)}


def _bare(text: str, prefixes: tuple[str, ...]) -> str:
    low = text.casefold()
    return next((text[len(p) :] for p in prefixes if low.startswith(p)), text)


_KINDS = {
    "град ": "гр.",
    "гр. ": "гр.",
    "гр.": "гр.",
    "село ": "с.",
    "с. ": "с.",
    "с.": "с.",
    "ман. ": "ман.",
}


def _kind_and_name(text: str) -> tuple[str, str]:
    low = text.casefold()
    prefix = next((p for p in _KINDS if low.startswith(p)), "")
    return _KINDS.get(prefix, ""), words.normal(text[len(prefix) :])
