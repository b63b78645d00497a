"""Files go out as downloads, never shown by the browser."""

from __future__ import annotations

import urllib.parse

from django.http import Http404, HttpRequest, HttpResponse

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.documents import queries, store
from opora.foundation.documents.gate.verdict import MEDIA_TYPES


@door(public=True)
def download(request: HttpRequest, token: str) -> HttpResponse:
    """One attachment, for whom the owning room lets; the rule stands in `policies.download`."""
    found = queries.attachment(actor_of(request), token)
    if found is None:
        raise Http404
    try:
        content = store.read(found.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    return as_download(content, found.name, MEDIA_TYPES[found.kind])


def as_download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """An answer that a browser saves under the name and never opens in the page."""
    answer = HttpResponse(content, content_type=media_type)
    quoted = urllib.parse.quote(name)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
