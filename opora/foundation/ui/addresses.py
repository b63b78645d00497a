"""Addresses that keep what the reader has chosen: filters, sort and page live in the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest


def query(request: HttpRequest, **changes: Any) -> str:
    """The address parameters of this page with `changes` made: None removes, a list repeats.

    Returns `?a=1&b=2`, or the bare path when nothing is left, so that it can stand in an href.
    """
    params = request.GET.copy()
    for key, value in changes.items():
        params.setlist(key, _texts(value))
        if not params.getlist(key):
            del params[key]
    text = urlencode([(k, v) for k, values in params.lists() for v in values])
    return f"?{text}" if text else request.path


def without(request: HttpRequest, key: str, value: object) -> str:
    """The address parameters of this page with one value of `key` removed, back on page one."""
    kept = [one for one in request.GET.getlist(key) if one != str(value)]
    return query(request, **{key: kept, "page": None})


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(one) for one in value]
    return [str(value)]
