"""Readers of lists of services: narrowed, searched, sorted, counted, found under one management."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.expressions import OrderBy
from django.utils.translation import get_language

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.register import sharing, thresholds
from opora.register.filters import ALL, OPERATING, Filters
from opora.register.models import Post, ServiceQuerySet
from opora.register.queries import services_for


def filtered(actor: Actor, chosen: Filters, *, on: dt.date | None = None) -> ServiceQuerySet:
    """Services the actor may read, narrowed and sorted."""
    found = _by_state(services_for(actor), chosen.state, on or clock.today())
    found = _by_place_and_kind(found, chosen)
    if chosen.shared:
        codes = shared_codes(actor)
        found = found.filter(code__in=codes) if chosen.shared == "shared" else found.exclude(code__in=codes)
    if chosen.q:
        found = (_sounding if chosen.by_sound else _worded)(found, chosen.q)
    return found.order_by(*ordering(chosen.sort))


def _by_state(found: ServiceQuerySet, state: str, on: dt.date) -> ServiceQuerySet:
    if state == ALL:
        return found
    operating = found.operating(on)
    return operating if state == OPERATING else found.filter(closed_on__lte=on)


def _by_place_and_kind(found: ServiceQuerySet, chosen: Filters) -> ServiceQuerySet:
    if chosen.region:
        found = found.filter(municipality__region__code=chosen.region)
    if chosen.municipality:
        found = found.filter(municipality__code=chosen.municipality)
    if chosen.type:
        found = found.filter(type__code=chosen.type)
    if chosen.group:
        found = found.filter(target_groups__code=chosen.group)
    if chosen.provider:
        found = found.filter(organisation_id=int(chosen.provider))
    if chosen.chosen_codes:
        found = found.filter(code__in=chosen.chosen_codes)
    return found.with_free_places() if chosen.free else found


def searched(found: ServiceQuerySet, text: str) -> ServiceQuerySet:
    """By the words asked in any Bulgarian form; when nothing has them, by their sound."""
    exact = _worded(found, text)
    return exact if exact.exists() else _sounding(found, text)


def _worded(found: ServiceQuerySet, text: str) -> ServiceQuerySet:
    for forms in words.search_terms(text):
        found = found.filter(_any("search_text__contains", forms))
    return found


def understood(actor: Actor, chosen: Filters) -> Filters:
    """The same filters, set to search by sound when no service has the words asked."""
    if not chosen.q or _worded(services_for(actor), chosen.q).exists():
        return chosen
    return replace(chosen, by_sound=True)


def _sounding(found: ServiceQuerySet, text: str) -> ServiceQuerySet:
    keys = [words.sound_key(word) for word in words.tokens(text)]
    for key in keys:
        found = found.filter(sound_text__contains=key)
    return found if keys else found.none()


def _any(lookup: str, values: list[str]) -> Q:
    wanted = Q()
    for value in values:
        wanted |= Q(**{lookup: value})
    return wanted


_COLUMNS: dict[str, tuple[Any, ...]] = {
    "name": (F("sort_name"),),
    "code": (F("code"),),
    "municipality": (F("municipality__sort_name"), "sort_name"),
    "type": (F("type__order"), "sort_name"),
    "provider": (F("organisation__sort_name"), "sort_name"),
    "capacity": (F("capacity"), "sort_name"),
    "occupied": (F("occupied"), "sort_name"),
    "waiting": (F("waiting"), "sort_name"),
    "free": (F("capacity") - F("occupied"), "sort_name"),
}


def ordering(sort: str) -> list[OrderBy | str]:
    """Columns to order by, unknown values last; a leading minus turns the first one round."""
    first, *rest = _COLUMNS[sort.removeprefix("-")]
    return [OrderBy(first, descending=sort.startswith("-"), nulls_last=True), *rest, "code"]


@dataclass(frozen=True)
class Option:
    """One choice of a filter: its value in the address, its words, and how many services it would leave."""

    value: str
    label: str
    count: int


Facets = dict[str, list[Option]]
_FACETS = {
    "region": ("municipality__region__code", "municipality__region__name", "municipality__region__sort_name"),
    "municipality": ("municipality__code", "municipality__name", "municipality__sort_name"),
    "type": ("type__code", "type__name", "type__order"),
    "provider": ("organisation_id", "organisation__name", "organisation__sort_name"),
}


def facets(actor: Actor, chosen: Filters) -> Facets:
    """Choices of every filter, each counted under the other filters; two queries."""
    open_ = replace(chosen, region="", municipality="", type="", provider="", sort="name")
    columns = [named(column) for facet in _FACETS.values() for column in facet]
    grouped = filtered(actor, open_).order_by().values(*columns).annotate(n=Count("pk", distinct=True))
    wanted = [(3 * at, getattr(chosen, name)) for at, name in enumerate(_FACETS)]
    counted: list[dict[tuple[Any, ...], int]] = [defaultdict(int) for _ in _FACETS]
    for row in grouped.values_list(*columns, "n"):
        for at in _passing(row, wanted):
            counted[at][row[3 * at : 3 * at + 3]] += row[-1]
    found = {name: _options(counts) for name, counts in zip(_FACETS, counted, strict=True)}
    return found | {"group": _group_options(actor, chosen)}


_ALL = tuple(range(len(_FACETS)))


def _passing(row: tuple[Any, ...], wanted: list[tuple[int, str]]) -> tuple[int, ...]:
    """Facets in which the row counts: all when it passes every filter, one when only that one refuses it."""
    refused = tuple(at for at, (column, value) in enumerate(wanted) if value and value != str(row[column]))
    return refused if len(refused) == 1 else () if refused else _ALL


def named(name: str) -> str:
    """The column in the page's language: types, groups and places have an English name, too."""
    english = (get_language() or "").startswith("en") and not name.startswith("organisation")
    return f"{name}_en" if english and name.endswith("__name") else name


def _options(counts: dict[tuple[Any, ...], int]) -> list[Option]:
    ordered = sorted(counts.items(), key=lambda item: (item[0][2], str(item[0][0])))
    return [Option(str(value), label, count) for (value, label, _order), count in ordered]


def _group_options(actor: Actor, chosen: Filters) -> list[Option]:
    rows = (
        filtered(actor, replace(chosen, group="", sort="name")).order_by().filter(target_groups__isnull=False)
    )
    label = named("target_groups__name")
    counted = rows.values("target_groups__code", label, "target_groups__order")
    found = counted.annotate(n=Count("pk", distinct=True)).order_by("target_groups__order")
    return [Option(row["target_groups__code"], row[label], row["n"]) for row in found]


def facts_for(actor: Actor) -> list[sharing.Facts]:
    """What finding shared management needs of every operating service the actor may read. Three queries."""
    rows = services_for(actor).operating(clock.today())
    columns = ("pk", "code", "name", "type__code", "organisation_id", "management_id", "complex_id", "head")
    numbers = rows.order_by().values(*columns, "capacity", "occupied")
    groups, staff = _groups(rows), _staff(rows)
    return [_facts(row, groups[row["pk"]], staff.get(row["pk"])) for row in numbers]


def _groups(rows: ServiceQuerySet) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    pairs = rows.order_by().filter(target_groups__isnull=False).values_list("pk", "target_groups__code")
    for pk, code in pairs:
        found[pk].add(code)
    return found


def _staff(rows: ServiceQuerySet) -> dict[int, float]:
    posts = Post.objects.filter(service__in=rows.order_by().values("pk")).order_by()
    sums = posts.values("service").annotate(taken=Sum("filled"))
    return {row["service"]: float(row["taken"]) for row in sums}


def _facts(row: dict[str, Any], groups: set[str], filled: float | None) -> sharing.Facts:
    return sharing.Facts(
        code=row["code"],
        name=row["name"],
        type=row["type__code"],
        provider=row["organisation_id"],
        bonds=frozenset(_bonds(row)),
        groups=frozenset(groups),
        capacity=row["capacity"],
        occupied=row["occupied"],
        filled=filled,
    )


def _bonds(row: dict[str, Any]) -> Iterable[tuple[str, str]]:
    if row["management_id"]:
        yield sharing.MANAGEMENT, str(row["management_id"])
    if row["complex_id"]:
        yield sharing.COMPLEX, str(row["complex_id"])
    head = head_key(row["head"])
    if " " in head:
        yield sharing.HEAD, head


def head_key(name: str) -> str:
    """A person's name for comparing; one word is too little to tell people apart."""
    return " ".join(words.tokens(name))


def shared_codes(actor: Actor) -> list[str]:
    """Codes of services that stand in a group under one management."""
    found = sharing.bundles(facts_for(actor), threshold=thresholds.similarity().value)
    return [member.code for one in found for member in one.members]
