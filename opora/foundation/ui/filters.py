"""Chosen filters as removable chips: read from a bound filter form and the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opora.foundation.ui import addresses


@dataclass(frozen=True)
class Chip:
    """One chosen filter: what it filters, the chosen value in words, the address without it."""

    label: str
    text: str
    href: str


def chosen_filters(request: HttpRequest, form: forms.BaseForm) -> list[Chip]:
    """Chips of every value in the address that belongs to a visible field of `form`."""
    return [chip for bound in form if not bound.is_hidden for chip in _chips(request, bound)]


def _chips(request: HttpRequest, bound: BoundField) -> Iterator[Chip]:
    words = _words(bound)
    for value in request.GET.getlist(bound.html_name):
        if value:
            text = _("да") if isinstance(bound.field, forms.BooleanField) else words.get(value, value)
            yield Chip(str(bound.label), text, addresses.without(request, bound.html_name, value))


def _words(bound: BoundField) -> dict[str, str]:
    choices: Any = getattr(bound.field, "choices", ())
    return dict(_flat(choices))


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), str(label)
