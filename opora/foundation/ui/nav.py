"""Navigation by role and the named places of the frame, fed by the rooms from their ``apps.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation.

    `label` is a lazy string, `url_name` is reversed without arguments, `may` answers for the actor
    of the request (also for a visitor), a lower `order` stands further left.
    """

    label: object
    url_name: str
    may: Callable[[Any], bool]
    order: int = 50


@dataclass(frozen=True)
class NavLink:
    """A navigation entry ready to draw."""

    label: str
    url: str
    current: bool


_items: dict[str, NavItem] = {}
_places: dict[str, str] = {}


def register(item: NavItem) -> None:
    """Add one entry; the same `url_name` registered again replaces the former."""
    _items[item.url_name] = item


def register_place(role: str, url_name: str) -> None:
    """Say where a part of the frame leads.

    Roles the frame asks for: home, search, suggest (results while typing), tasks, account, sign_in,
    sign_out, keep_alive, keep_words (what is typed into forms), language, accessibility, about, privacy, quick_exit.
    """
    _places[role] = url_name


def place(role: str) -> str | None:
    """Address of a named place, or None while no room offers it: the frame then leaves it out."""
    url_name = _places.get(role)
    return address(url_name) if url_name else None


def nav_items(request: HttpRequest | None) -> list[NavLink]:
    """Entries the actor of `request` may open, in order; the deepest matching address is current."""
    actor = getattr(request, "actor", None)
    if request is None or actor is None:
        return []
    shown = sorted(_items.values(), key=lambda item: item.order)
    links = [(str(i.label), address(i.url_name)) for i in shown if i.may(actor)]
    return _mark_current([(label, url) for label, url in links if url], request.path)


def address(url_name: str) -> str | None:
    """Where a view without arguments stands, or None; the frame asks for thirty of them on every page."""
    return _known_address(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=1000)
def _known_address(url_name: str, _urlconf: str, _prefix: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _mark_current(links: list[tuple[str, str | None]], path: str) -> list[NavLink]:
    urls = [url for _, url in links if url and _leads_to(url, path)]
    deepest = max(urls, key=len, default=None)
    return [NavLink(label, url or "", url == deepest) for label, url in links]


def _leads_to(url: str, path: str) -> bool:
    """The home page is current only on itself; other entries also on the pages below them."""
    return url == path or (url.count("/") > 1 and path.startswith(url))
