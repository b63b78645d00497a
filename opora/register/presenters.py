"""Between the register's facts and its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.foundation.territory.models import Settlement
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Panel, Picture, small_lines
from opora.register import lists, policies, queries, sharing
from opora.register.actions import Staff
from opora.register.filters import Filters
from opora.register.forms import FIGURE_LABELS, ServiceForm
from opora.register.list_forms import SHARED, STATES
from opora.register.models import Figure, Post, Service


class Counted:
    """Rows whose number is known already, so that a paginator does not count again."""

    def __init__(self, rows: Any, count: int) -> None:
        self.rows, self._count = rows, count

    def count(self) -> int:
        """As told."""
        return self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[Service]:
        return list(self.rows[part])


def short_names(services: Iterable[Service]) -> list[tuple[str, str]]:
    """Abbreviations of the types shown, written out, each once."""
    kinds = {service.type for service in services if service.type.abbr not in ("", "–")}
    return [(kind.abbr, kind.name) for kind in sorted(kinds, key=lambda kind: kind.abbr)]


class ServiceView:
    """What the page of a service shows of it."""

    def __init__(self, actor: Actor, service: Service) -> None:
        self.actor, self.service = actor, service

    @property
    def state(self) -> tuple[str, str]:
        """State in words and the kind of its tag."""
        service, today = self.service, clock.today()
        if service.closed_on and service.closed_on <= today:
            return _("закрита"), "none"
        if service.opened_on and service.opened_on > today:
            return _("предстои да се открие"), "info"
        if service.free is not None and service.free < 0:
            return _("над капацитета"), "wrong"
        return _("работи"), "done"

    @property
    def address(self) -> str:
        """Address, or why it is not shown."""
        if not policies.see_address(self.actor, self.service):
            return _("Скрит: адресите на кризисните услуги се виждат само от тези, които ги водят.")
        return self.service.address

    @cached_property
    def figures(self) -> list[Figure]:
        """History, newest first."""
        return queries.history(self.service)

    @cached_property
    def staff(self) -> list[Post]:
        """Posts by profession."""
        return queries.staff(self.service)

    @property
    def staff_totals(self) -> tuple[float, float]:
        """Posts and filled posts."""
        return float(sum(p.posts for p in self.staff)), float(sum(p.filled for p in self.staff))

    @property
    def staff_per_place(self) -> float | None:
        """Filled posts on one place."""
        filled = self.staff_totals[1]
        return filled / self.service.capacity if self.service.capacity and filled else None

    @property
    def stats(self) -> list[dict[str, Any]]:
        """The five numbers with the day they are of."""
        newest = {figure.kind: figure for figure in reversed(self.figures)}
        return [self._stat(kind, newest.get(kind)) for kind in Service.FIGURES]

    def _stat(self, kind: str, figure: Figure | None) -> dict[str, Any]:
        value = getattr(self.service, kind)
        note = _("към %(day)s") % {"day": f"{figure.as_of:%d.%m.%Y}"} if figure else ""
        over = kind == "occupied" and self.service.free is not None and self.service.free < 0
        stat = {"label": FIGURE_LABELS[kind], "value": "–" if value is None else value, "note": note}
        return stat | ({"kind": "accent"} if over else {})

    @property
    def groups(self) -> str:
        """Target groups in words."""
        return "; ".join(group.name for group in self.service.target_groups.all())

    def staff_rows(self) -> list[list[Any]]:
        """Profession, posts, filled."""
        return [[post.profession, post.posts, post.filled] for post in self.staff]

    def sibling_links(self, siblings: Sequence[Service]) -> list[tuple[str, str, str]]:
        """Services of the same complex or management."""
        return [(s.name, reverse("register_service", args=[s.code]), s.type.short) for s in siblings]

    @property
    def history_picture(self) -> Picture | None:
        """Places, people and waiting over the days; None until there are three days."""
        days = sorted({figure.as_of for figure in self.figures})[-8:]
        if len(days) < 3:
            return None
        known = {(f.kind, f.as_of): f.value for f in reversed(self.figures)}
        shown = ("capacity", "occupied", "waiting")
        panels = [Panel(str(FIGURE_LABELS[k]), tuple(known.get((k, day)) for day in days)) for k in shown]
        titles = [formats.date(day) for day in days]
        return small_lines(
            _("Места, заети и чакащи по дати"), panels, titles, source=_("Регистър на услугите.")
        )

    def history_rows(self) -> list[list[Any]]:
        """Day, what, number, source, who wrote it."""
        order = {kind: number for number, kind in enumerate(Service.FIGURES)}
        rows = sorted(self.figures, key=lambda f: (-f.as_of.toordinal(), order[f.kind], -f.pk))
        return [[f.as_of, FIGURE_LABELS[f.kind], f.value, f.source, f.recorded_by] for f in rows]


@dataclass(frozen=True)
class BundleView:
    """A group under one management as the page tells it."""

    bundle: sharing.Bundle
    provider: str
    provider_href: str
    services: list[Service]
    bonds: list[str]
    groups: list[str]
    comparisons: list[dict[str, Any]]
    href: str

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """Its services."""
        return [(s.name, reverse("register_service", args=[s.code]), s.type.short) for s in self.services]


class Bundles:
    """All groups with names in place of codes; every number leads to its services."""

    def __init__(self, actor: Actor, facts: Sequence[sharing.Facts], found: Sequence[sharing.Bundle]) -> None:
        codes = [member.code for bundle in found for member in bundle.members]
        rows = queries.services_for(actor).filter(code__in=codes)
        self.services: dict[str, Service] = {service.code: service for service in rows}
        self.groups = {group.code: group.name for group in queries.target_groups()}
        self.types = {kind.code: kind.short for kind in queries.types()}
        self.facts, self.found = facts, found

    def views(self) -> list[BundleView]:
        """In the order found: by provider and first code."""
        return [self._view(bundle) for bundle in self.found]

    def _view(self, bundle: sharing.Bundle) -> BundleView:
        members = [self.services[member.code] for member in bundle.members]
        provider = members[0].organisation
        compared = sharing.compare(bundle, self.facts, self.found)
        return BundleView(
            bundle=bundle,
            provider=provider.name,
            provider_href=reverse("register_organisation", args=[provider.pk]),
            services=members,
            bonds=[_bond(bond, members) for bond in bundle.bonds],
            groups=[self.groups[code] for code in bundle.common_groups],
            comparisons=[_comparison(one, bundle, self.types) for one in compared],
            href=_listed(codes=";".join(member.code for member in bundle.members)),
        )


def _bond(bond: tuple[str, str], members: Sequence[Service]) -> str:
    kind, value = bond
    if kind == sharing.MANAGEMENT:
        names = [m.management.name for m in members if m.management and str(m.management_id) == value]
        return _("общо управление: %(name)s") % {"name": names[0]}
    if kind == sharing.COMPLEX:
        names = [m.complex.name for m in members if m.complex and str(m.complex_id) == value]
        return _("комплекс: %(name)s") % {"name": names[0]}
    return _("един ръководител: %(name)s") % {"name": _head(members, value)}


def _head(members: Sequence[Service], value: str) -> str:
    return next((m.head for m in members if value in lists.head_key(m.head)), value)


def _comparison(one: sharing.Comparison, bundle: sharing.Bundle, types: dict[str, str]) -> dict[str, Any]:
    inside = ";".join(member.code for member in bundle.members if member.type == one.type)
    here, there = _listed(codes=inside), _listed(type=one.type, shared="separate")
    together, apart = one.together, one.separately
    return {
        "cells": [
            types[one.type],
            _linked(formats.number(together.services), here),
            _linked(formats.number(apart.services), there),
            _linked(formats.percent(together.occupancy), here),
            _linked(formats.percent(apart.occupancy), there),
            _linked(formats.number(together.staff_per_place, 2), here),
            _linked(formats.number(apart.staff_per_place, 2), there),
        ]
    }


def _linked(text: str, href: str) -> str:
    if text in (formats.NONE, "0"):
        return text
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, text)


def _listed(**chosen: str) -> str:
    return f"{reverse('register_list')}?{urlencode(Filters(**chosen).query())}"  # type: ignore[arg-type]


def filters_in_words(actor: Actor, chosen: Filters) -> str:
    """What was chosen, for the foot of an export."""
    facets = lists.facets(actor, chosen)
    said = [f"{_('търсене')}: {chosen.q}"] if chosen.q else []
    for name, label in _FILTER_WORDS.items():
        value = getattr(chosen, name)
        if value:
            options = {option.value: option.label for option in facets[name]}
            said.append(f"{_(label)}: {options.get(value, value)}")
    states = {code: str(text) for code, text in STATES}
    said.append(f"{_('състояние')}: {states[chosen.state]}")
    if chosen.shared:
        said.append(str(dict(SHARED).get(chosen.shared, chosen.shared)))
    if chosen.free:
        said.append(_("само със свободни места"))
    if chosen.codes:
        said.append(f"{_('кодове')}: {chosen.codes}")
    return "; ".join(said)


_FILTER_WORDS = {
    "region": gettext_noop("област"),
    "municipality": gettext_noop("община"),
    "type": gettext_noop("вид услуга"),
    "group": gettext_noop("целева група"),
    "provider": gettext_noop("доставчик"),
}


def form_values(service: Service) -> dict[str, Any]:
    """A service as the initial values of its form."""
    same = (
        "code",
        "name",
        "type",
        "organisation",
        "municipality",
        "address",
        "head",
        "phone",
        "email",
        "version",
    )
    values = {name: getattr(service, name) for name in same}
    days = {name: getattr(service, name) for name in ("delegated_since", "opened_on", "closed_on")}
    values |= {name: f"{day:%d.%m.%Y}" if day else "" for name, day in days.items()}
    values |= {"settlement": service.settlement.name if service.settlement else ""}
    values |= {"complex": service.complex.name if service.complex else ""}
    values |= {"management": service.management.name if service.management else ""}
    return values | {"target_groups": list(service.target_groups.all())}


def differences(service: Service, form: ServiceForm) -> list[tuple[str, str, str]]:
    """After a clash: field, what somebody else saved, what this person typed."""
    stands, typed = form_values(service), form.cleaned_data
    pairs = [
        (str(bound.label), _words(stands.get(bound.name)), _words(typed.get(bound.name))) for bound in form
    ]
    return [pair for pair in pairs if pair[1] != pair[2] and not pair[0].startswith("Version")]


def _words(value: Any) -> str:
    if isinstance(value, Settlement):
        return value.name
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list | QuerySet):
        return "; ".join(sorted(str(one) for one in value))
    return "" if value is None else str(value)


def staff_of(formset: Any) -> list[Staff]:
    """Rows of the staff form that name a profession."""
    said = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("profession")]
    return [Staff(words.normal(row["profession"]), row["posts"], row["filled"] or Decimal()) for row in said]
