"""Sessions kept in our own table, so that a person's sessions can be listed and ended within a second.

Times of a session are kept in the session itself under `STAMPS`, as seconds since 1970, and copied to the
row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError
from django.http import HttpRequest

from opora.foundation.accounts.models import Session
from opora.foundation.core import clock
from opora.foundation.core.troubles import trouble_of

STAMPS = "opora_stamps"
WRITE_EVERY = 30
"""Seconds between two writings of „seen“, so that reading a page does not always write."""


class SessionStore(DatabaseStore):
    """Rows of `accounts.Session`, with whose they are, since when, from where."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session, with its own columns filled from the data."""
        row = cast(Session, super().create_model_instance(data))
        stamps = data.get(STAMPS, {})
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.began_at, row.seen_at = _moment(stamps.get("began")), _moment(stamps.get("seen"))
        row.agent, row.address = stamps.get("agent", ""), stamps.get("address", "")
        return row

    def save(self, must_create: bool = False) -> None:
        """A disk that cannot be written does not stop reading: the session is then not noted."""
        try:
            super().save(must_create)
        except DatabaseError as error:
            if must_create or trouble_of(error) is None:
                raise


def begin(request: HttpRequest) -> None:
    """A person just signed in: count from now."""
    now = clock.now().timestamp()
    agent, address = request.headers.get("User-Agent", "")[:200], request.META.get("REMOTE_ADDR", "")[:45]
    request.session[STAMPS] = {"began": now, "seen": now, "agent": agent, "address": address}


def stamp(request: HttpRequest) -> str:
    """Note that a signed-in person is here. Says why the session must end instead, or nothing: idle,
    absolute.
    """
    session, now = request.session, clock.now().timestamp()
    stamps = session.get(STAMPS)
    if stamps is None:
        begin(request)
        return ""
    if now - stamps["seen"] >= settings.IDLE_MINUTES * 60:
        return "idle"
    if now - stamps["began"] >= settings.ABSOLUTE_HOURS * 3600:
        return "absolute"
    if now - stamps["seen"] >= WRITE_EVERY:
        session[STAMPS] = stamps | {"seen": now}
    return ""


_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """A browser's own description in two words: „Chrome, Windows“; as it is when unknown."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in found if part) or agent[:60]


def public_key(session_key: str) -> str:
    """A name of the session that may stand on a page: it opens nothing."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:20]


def _moment(seconds: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC) if seconds else None
