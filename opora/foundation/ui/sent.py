"""The words somebody sent to a page that could not take them: given back on the page that says so, so that none are lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

MOST = 12
"""Texts on one page; nobody types more into one form."""
_NOT_TYPED = re.compile(
    r"(?:^|-)(?:csrf\w*|seen|shown|held|version|next|key|code)$|password|secret|token|^(?:[wb]|rows):"
)
_IN_WORDS = re.compile(r"\w\S*\s+\S*\w")


@dataclass(frozen=True)
class Sent:
    """A form that came too late: what was typed into it, and the page above it, where it can be seen how things stand."""

    texts: tuple[str, ...]
    above: str


def sent(request: HttpRequest) -> Sent | None:
    """Nothing for a page that was only asked for, and nothing from a form of another site: only what passed the check of its
    token is said back.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return None
    try:
        given = list(request.POST.lists())
    except (SuspiciousOperation, OSError, MultiPartParserError):  # a line that broke, a disk that is full
        given = []
    typed = [value.strip() for name, values in given if not _NOT_TYPED.search(name) for value in values]
    return Sent(tuple(value for value in typed if _IN_WORDS.search(value))[:MOST], _above(request.path_info))


def _above(path: str) -> str:
    """The nearest address above this one that is one of ours."""
    parts = path.strip("/").split("/")
    for end in range(len(parts) - 1, 0, -1):
        address = f"/{'/'.join(parts[:end])}/"
        try:
            resolve(address)
        except Resolver404:
            continue
        return address
    return "/"
