"""Does the audit still say what was written? Finds an edit, a cut or a swap and names the place."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.engines.chain import Link, verify
from opora.foundation.audit import chains, heads
from opora.foundation.audit.models import Entry, Head


@dataclass(frozen=True)
class Break:
    """The first place where a chain no longer fits: the number in the chain, the row standing there if
    any."""

    chain: str
    seq: int
    entry_id: int | None
    kind: str

    def __str__(self) -> str:
        return _reason(self.kind) % {"chain": self.chain, "seq": self.seq}


@dataclass(frozen=True)
class Report:
    """What was verified and what was found; fine when ``breaks`` is empty."""

    chains: int
    entries: int
    breaks: tuple[Break, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Nothing was altered."""
        return not self.breaks

    def as_text(self) -> str:
        """For a person at the terminal."""
        counted = _("Проверени: %(entries)s реда в %(chains)s вериги за %(seconds)s с.") % {
            "entries": self.entries,
            "chains": self.chains,
            "seconds": f"{self.seconds:.1f}".replace(".", ","),
        }
        found = [str(broken) for broken in self.breaks] or [_("Дневникът не е променян.")]
        return "\n".join([counted, *found])

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        breaks = [{"chain": b.chain, "seq": b.seq, "kind": b.kind, "message": str(b)} for b in self.breaks]
        return {"ok": self.ok, "chains": self.chains, "entries": self.entries, "breaks": breaks}


def verify_all(*, using: str = "default", outside_too: bool = True) -> Report:
    """Verify every chain against its own rows, its head in the database and the heads outside.

    ``using`` names another database, ``outside_too=False`` leaves the heads outside alone: for an older
    copy that is meant to be older.
    """
    start = time.perf_counter()
    inside = {head.chain: head for head in Head.objects.using(using)}
    outside = heads.newest() if outside_too else {}
    names = inside.keys() | set(Entry.objects.using(using).values_list("chain", flat=True).distinct())
    walks = {name: _Walk(name, using) for name in sorted(names | outside.keys())}
    key = chains.key(make=not names)
    found = [walk.verify(key, inside.get(name), outside.get(name)) for name, walk in walks.items()]
    breaks = tuple(broken for broken in found if broken)
    entries = sum(walk.count for walk in walks.values())
    return Report(len(walks), entries, breaks, time.perf_counter() - start)


class _Walk:
    """One chain, read once as a stream."""

    def __init__(self, name: str, using: str) -> None:
        self.name = name
        self.using = using
        self.count = 0
        self.last: tuple[int, int] | None = None
        self.wanted = 0
        self.seen = ""

    def verify(self, key: bytes, inside: Head | None, noted: heads.OutsideHead | None) -> Break | None:
        """Find the first broken place."""
        self.wanted = noted.seq if noted else 0
        end = bytes.fromhex(inside.digest) if inside else bytes.fromhex(chains.BEGINNING)
        try:
            place = verify(self._links(), key, end)
        except (ValueError, OverflowError):
            # A column holds what no writer of ours could have put there, so the row cannot even be read.
            return Break(self.name, self.count + 1, None, "altered")
        if place is not None:
            return self._broken(place)
        if noted and noted.seq and self.seen != noted.digest:
            # The rows fit each other: this is another, older state of the whole, not an altered row.
            return Break(self.name, min(self.count + 1, noted.seq), None, "older")
        return None

    def _links(self) -> Iterator[Link]:
        columns = ("id", "previous", "digest", *chains.COVERED)
        rows = Entry.objects.using(self.using).on_chain(self.name).order_by("seq").values_list(*columns)
        for number, previous, digest, *covered in rows.iterator(chunk_size=5000):
            seq = covered[1]
            self.last = (number, seq)
            if seq == self.wanted:
                self.seen = digest
            self.count += 1
            yield _link(previous, covered, digest)

    def _broken(self, place: int) -> Break:
        """From a place counted from 0 to the number of the row: altered, missing, or cut off at the end."""
        expected = place + 1
        if self.last is None or place >= self.count:
            return Break(self.name, expected, None, "tail")
        number, seq = self.last
        if seq == expected:
            return Break(self.name, expected, number, "altered")
        return Break(self.name, expected, None, "missing")


def _link(previous: str, covered: Sequence[Any], digest: str) -> Link:
    """A row as a link; one that cannot be read as such fits nowhere."""
    try:
        return Link(bytes.fromhex(previous), chains.payload(covered), bytes.fromhex(digest))
    except (ValueError, TypeError, AttributeError):
        return Link(b"", b"", b"")


def _reason(kind: str) -> str:
    return {
        "altered": _("Верига „%(chain)s“: запис № %(seq)s е променен."),
        "missing": _("Верига „%(chain)s“: запис № %(seq)s липсва."),
        "tail": _(
            "Верига „%(chain)s“: краят не съвпада, записи от № %(seq)s нататък липсват или са добавени."
        ),
        "older": _(
            "Верига „%(chain)s“: навън е отбелязан друг ред № %(seq)s. Базата е по-стара или подменена."
        ),
    }[kind]
