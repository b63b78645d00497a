"""The only writers of the audit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from django.db import transaction
from django.utils import translation

from opora.engines.chain import link
from opora.foundation.audit import chains, facts, heads
from opora.foundation.audit.kinds import kind_of
from opora.foundation.audit.models import Entry, Head
from opora.foundation.core import clock, crypto

_LIMITS = {field.name: field.max_length for field in Entry._meta.fields}


class Actor(Protocol):
    """What the audit asks about who acts; accounts stand above and supply it."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...

    @property
    def role_label(self) -> str: ...

    @property
    def organisation(self) -> str: ...


def record(
    actor: Actor,
    kind: str,
    subject: str,
    *,
    chain: str = "system",
    ground: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Add a row to a chain, in the caller's transaction or one of its own.

    ``kind`` is one of :class:`~opora.foundation.audit.kinds.Kind` or a deed such as
    ``survey.card_submitted``. ``chain`` is ``svc:<code>``, ``org:<id>`` or ``system``. Two writers of one
    chain wait for each other, so write the audit last. Personal data belongs in ``subject`` as a code
    (К-2026-014), never as an identity number.
    """
    # Without a savepoint: a row that cannot be written takes the deed with it.
    with transaction.atomic(savepoint=False), translation.override("bg"):
        head = _locked(_cut(chain, "chain"))
        entry = Entry(
            at=clock.now(),
            actor_id=actor.user_id,
            actor_name=_cut(actor.name, "actor_name"),
            role=_cut(actor.role_label, "role"),
            organisation=_cut(actor.organisation, "organisation"),
            service=_cut(chain.removeprefix("svc:") if chain.startswith("svc:") else "", "service"),
            kind=kind_of(kind).value,
            deed=_cut(kind, "deed"),
            subject=_cut(subject, "subject"),
            ground=_cut(ground, "ground"),
            address=_cut(facts.current().address, "address"),
            request_id=_cut(facts.current().request_id, "request_id"),
            details_text=_json(details or {}),
            chain=head.chain,
            seq=head.seq + 1,
        )
        _append(head, entry)
    return entry


def publish_heads() -> str:
    """Note the heads of now outside the database; gives the file's name."""
    return heads.publish().name


def accept_restored(actor: Actor, *, ground: str) -> Entry:
    """After a restore that was meant: what was noted outside is set aside, and the audit says who did it
    and why.
    """
    noted = {chain: head.seq for chain, head in heads.newest().items()}
    entry = record(
        actor, "change", "database", ground=ground, details={"restored": True, "noted outside": noted}
    )
    heads.set_aside(f"{entry.at:%Y%m%dT%H%M%S}")
    heads.publish()
    return entry


def _locked(chain: str) -> Head:
    """The head of the chain, ours until the transaction ends; a new chain begins here."""
    heads = Head.objects.select_for_update()
    found = heads.filter(chain=chain).first()
    if found is None:
        Head.objects.bulk_create([Head(chain=chain, digest=chains.BEGINNING)], ignore_conflicts=True)
        found = heads.get(chain=chain)
    return found


def _append(head: Head, entry: Entry) -> None:
    covered = [getattr(entry, name) for name in chains.COVERED]
    made = link(bytes.fromhex(head.digest), chains.payload(covered), _key())
    entry.previous, entry.digest = made.previous.hex(), made.digest.hex()
    entry.save(force_insert=True)
    head.seq, head.digest = entry.seq, entry.digest
    head.save(update_fields=["seq", "digest"])


def _key() -> bytes:
    """The key. A new one is made only for an audit without rows: with another key nothing old could be
    verified."""
    try:
        return chains.key()
    except crypto.KeyMissing:
        return chains.key(make=not Entry.objects.exists())


def _cut(value: object, column: str) -> str:
    """Text as the column holds it: no NUL, no lone surrogate, not too long. The digest is taken after
    this."""
    limit = _LIMITS[column]
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")[:limit]


def _json(details: Mapping[str, Any]) -> str:
    text = json.dumps(dict(details), ensure_ascii=False, sort_keys=True, default=str)
    return text.encode("utf-8", "replace").decode("utf-8")
