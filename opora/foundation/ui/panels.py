"""Panel slots: a lower page shows facts of a room above it without knowing that room.

The page writes ``{{ panel("case.side", request, case=case) }}``; the upper room calls
``offer("case.side", render)`` once, from its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

Render = Callable[..., str]
_offers: dict[str, list[tuple[int, Render]]] = defaultdict(list)


def offer(slot: str, render: Render, *, order: int = 50) -> None:
    """Fill `slot` with `render(request, **facts) -> str`; an empty text shows nothing.

    The returned text is escaped unless it is `Markup` or Django's `SafeString`. Offering the same
    function twice is harmless.
    """
    if all(known is not render for _, known in _offers[slot]):
        _offers[slot].append((order, render))
        _offers[slot].sort(key=lambda pair: pair[0])


def withdraw(slot: str, render: Render) -> None:
    """Take back one offer (for tests)."""
    _offers[slot] = [pair for pair in _offers[slot] if pair[1] is not render]


def panel(slot: str, request: HttpRequest | None, **facts: Any) -> Markup:
    """All offers of `slot` in their order, joined; empty when nobody offered anything."""
    shown = (render(request, **facts) for _, render in _offers.get(slot, ()))
    return Markup("").join(shown)
