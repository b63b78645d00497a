"""Files go out as downloads, never shown by the browser."""

from __future__ import annotations

import re
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


def in_part(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The part a player asks for, or the whole: without parts a recording cannot be wound, and Safari does not play it.

    One range of bytes is understood (RFC 9110, 14.1.2); of several the whole is given.
    """
    whole = len(answer.content)
    answer["Accept-Ranges"] = "bytes"
    # Bytes are counted as they lie: a part of them must not be compressed on the way.
    answer["Content-Encoding"] = "identity"
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return answer
    first, last = _bounds(asked[1], asked[2], whole)
    if first > last:
        answer.status_code, answer["Content-Range"] = 416, f"bytes */{whole}"
        answer.content = b""
        return answer
    answer.status_code, answer["Content-Range"] = 206, f"bytes {first}-{last}/{whole}"
    answer.content = answer.content[first : last + 1]
    return answer


def _bounds(first: str, last: str, whole: int) -> tuple[int, int]:
    if not first:  # the last so many
        return max(0, whole - int(last)), whole - 1
    return int(first), min(int(last), whole - 1) if last else whole - 1
