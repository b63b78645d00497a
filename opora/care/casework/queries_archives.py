"""Readers of archives of a whole file, and of what goes into one."""

from __future__ import annotations

from dataclasses import dataclass

from opora.care.casework import policies_protection, queries, queries_papers, queries_protection
from opora.care.casework.models import ClientFile, FileArchive
from opora.care.casework.queries_papers import Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Entry
from opora.foundation.documents.models import Attachment

MOST = 10


@dataclass(frozen=True)
class Material:
    """A file with its attachments and who did what with it."""

    source: Source
    attachments: list[Attachment]
    read: list[Entry]


def archives_of(actor: Actor, file: ClientFile) -> list[FileArchive]:
    """The last archives of a file whose head the actor is, the newest first; none for others."""
    kept = queries.file_for(actor, file.code)
    if not policies_protection.archive_file(actor, kept):
        return []
    return list(kept.archives.select_related("job", "attachment")[:MOST])


def archive_of(actor: Actor, file: ClientFile, pk: int) -> FileArchive:
    """One of them. FileArchive.DoesNotExist."""
    kept = queries.file_for(actor, file.code)
    if not policies_protection.archive_file(actor, kept):
        raise FileArchive.DoesNotExist
    found: FileArchive = kept.archives.select_related("file__service", "attachment").get(pk=pk)
    return found


def asked(pk: int) -> FileArchive:
    """A request by its number, for the program itself. FileArchive.DoesNotExist."""
    return FileArchive.objects.select_related("file").get(pk=pk)


def material(actor: Actor, file: ClientFile) -> Material:
    """All of the file the actor may read. ClientFile.DoesNotExist."""
    source = queries_papers.source(actor, file)
    attachments = queries_protection.enclosed_in(source.file)
    return Material(source, attachments, queries_protection.deeds_about(source.file))
