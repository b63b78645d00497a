"""Workbooks between upload and acceptance, kept in the database so that none is left half there."""

from __future__ import annotations

import hashlib

from django.db import transaction

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.register.models import RegisterImport


@transaction.atomic
def keep(actor: Actor, file_name: str, *, original: bytes, content: bytes) -> RegisterImport:
    """Remember an uploaded file; `original` gives its number, `content` is what passed the gate."""
    digest = hashlib.sha256(original).hexdigest()
    RegisterImport.objects.filter(uploaded_by_id=actor.user_id, digest=digest, applied_at=None).delete()
    kept = RegisterImport.objects.create(
        digest=digest, file_name=file_name[:200], content=content, uploaded_by_id=actor.user_id
    )
    audit.record(actor, "register.uploaded", digest, details={"file": file_name})
    return kept


@transaction.atomic
def drop(actor: Actor, kept: RegisterImport) -> None:
    """Forget a file that was accepted or given up."""
    kept.delete()
    audit.record(actor, "register.upload_dropped", kept.digest)
