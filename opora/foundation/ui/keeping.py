"""Which page a form stands on, for the words in it that are kept while they are typed: a signed name of the page, that only
who was shown the page has.
"""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest

HEADER = "X-Opora-Page"
HOURS = 12
"""Longer than any session lasts."""
_SALT = "opora.ui.keeping"


def name_of(request: HttpRequest) -> str:
    """The signed name of the page being shown."""
    known: str | None = getattr(request, "_op_page_name", None)
    if known is None:
        person = getattr(getattr(request, "actor", None), "user_id", None)
        known = request._op_page_name = signing.dumps([person, request.path], salt=_SALT)  # type: ignore[attr-defined]
    return known


def page_of(request: HttpRequest) -> str | None:
    """The address of the page that this request speaks of; none when it was not shown to this person today."""
    try:
        person, path = signing.loads(request.headers.get(HEADER, ""), salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return str(path) if person == getattr(getattr(request, "actor", None), "user_id", None) else None
