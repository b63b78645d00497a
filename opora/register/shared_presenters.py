"""Groups under one management as the page tells them: names for codes, every number a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui import formats
from opora.register import lists, queries, sharing
from opora.register.filters import Filters
from opora.register.models import Service


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
        self.groups = {group.code: group.title for group in queries.target_groups()}
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
