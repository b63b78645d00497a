"""One walk over every address by several people, looked at by several trials."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import socket
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from unittest import mock
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

from tests.trust.addresses import LEAVES, paths

_writes = re.compile(
    r"^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+[\"`]?(\w+)", re.IGNORECASE
)
_bookkeeping = re.compile(r"^\s*(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", re.IGNORECASE)
HEAVY = ("needs_download",)
"""Addresses that draw a whole document; they have trials of their own."""


@dataclass(frozen=True)
class Step:
    """One answer: who asked what, and what it cost. `weight` is what goes over the line, in bytes."""

    who: str
    name: str
    path: str
    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes
    queries: int
    written: tuple[str, ...]

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def weight(self) -> int:
        return len(gzip.compress(self.body, 6))


BY_THE_CLOCK = frozenset({"accounts_session"})
"""Written once in half a minute, whatever is read then: on a slow machine that hits another page each time."""


class Ear:
    """Hears every statement sent to the database; counts those a page always sends."""

    def __init__(self) -> None:
        self.asked = 0
        self.written: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _writes.match(sql)
        table = found.group(1) if found else ""
        if not (_bookkeeping.match(sql) or table in BY_THE_CLOCK):
            self.asked += 1
        if table:
            self.written.append(table)
        return execute(sql, params, many, context)


@contextmanager
def listening() -> Iterator[Ear]:
    ear = Ear()
    with connection.execute_wrapper(ear):
        yield ear


@contextmanager
def calls() -> Iterator[list[Any]]:
    """Every attempt to open a connection or to ask for the address of a name; none succeeds."""
    called: list[Any] = []

    def refuse(*words: Any, **_options: Any) -> None:
        called.append(words[-1])
        raise OSError("no calls during the walk")

    with (
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket.socket, "connect_ex", refuse),
        mock.patch.object(socket, "getaddrinfo", refuse),
    ):
        yield called


def body_of(answer: HttpResponseBase) -> bytes:
    """The whole body, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def walk(
    browsers: dict[str, Client], people: Iterable[str], limit: int, skip: Iterable[str] = HEAVY
) -> list[Step]:
    """Every address of the house once with GET for each of the people."""
    roads = [(name, path) for name, path in paths(limit) if name not in LEAVES and name not in skip]
    return [step(browsers[who], who, name, path) for who in people for name, path in roads]


def step(browser: Client, who: str, name: str, path: str) -> Step:
    with listening() as ear:
        answer = browser.get(path)
        body = body_of(answer)
    cookies = tuple(answer.cookies)
    return Step(
        who,
        name,
        path,
        answer.status_code,
        dict(answer.headers),
        cookies,
        body,
        ear.asked,
        tuple(ear.written),
    )


def digest(without: Iterable[str]) -> dict[str, str]:
    """Table → digest of all its rows, but for those named."""
    skipped = set(without)
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in skipped:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


MOST = 250
"""So many pages of the public site are enough."""


@dataclass(frozen=True)
class Page:
    """What a visitor got at an address, as text."""

    address: str
    kind: str
    words: str


def crawl(browser: Client) -> list[Page]:
    """From the first page along every link, up to `MOST` addresses."""
    waiting, seen, found = ["/"], {"/"}, []
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        kind = answer["Content-Type"].partition(";")[0]
        page = Page(address, kind, words_of(body_of(answer), kind))
        found.append(page)
        fresh = [link for link in links(page) if link not in seen]
        for link in fresh[: MOST - len(seen)]:
            seen.add(link)
            waiting.append(link)
    return found


def words_of(content: bytes, kind: str) -> str:
    """Text of an answer; a packed document is unpacked."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    if kind == "application/pdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return unescape(content.decode("utf-8", "ignore"))


def links(page: Page) -> list[str]:
    """Where a page leads within the site; documents that are drawn anew have a trial of their own."""
    if page.kind != "text/html":
        return []
    found = []
    for href in dict.fromkeys(re.findall(r'<a [^>]*href="([^"]+)"', page.words)):
        parts = urlsplit(urljoin(page.address, href))
        own = not parts.netloc and parts.scheme == ""
        if own and not parts.path.startswith("/static/") and "/download/" not in parts.path:
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
