"""Taking a whole file out to be kept for decades: asked for, made by a worker, taken within a time, then dropped."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_protection as policies
from opora.care.casework import queries_archives, wall
from opora.care.casework.actions.common import chain_of, locked
from opora.care.casework.actions.copies import Given
from opora.care.casework.actions.looks import tell_of_archives
from opora.care.casework.models import ClientFile, FileArchive
from opora.care.casework.papers import lasting
from opora.care.casework.queries_protection import ARCHIVES
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, sealing
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.documents import store
from opora.foundation.jobs import actions as jobs
from opora.foundation.rules import queries as rules

KIND = "casework.archive"
SEALED = "casework_filearchive.content"
MOST_BYTES = 400 * 2**20
"""Of attachments: the archive is made in memory."""
TRIES = 3


@transaction.atomic
def ask_for_archive(actor: Actor, file: ClientFile, *, why: str) -> FileArchive:
    """Ask a worker for an archive; asked again while it is made gives the same one. NotAllowed, ActionRefused."""
    kept = locked(file)
    _allowed(actor, kept)
    if not why.strip():
        raise ActionRefused(_("Напишете за какво е архивът. Причината остава в досието."))
    user = actor.user_id or 0
    before = kept.archives.filter(user_id=user, made_at__isnull=True, job__isnull=False)
    for one in before.select_related("job"):
        if one.job is not None and one.job.unfinished:
            return one
    before.update(job=None)
    made: FileArchive = kept.archives.create(
        user_id=user, by=actor.name, why=why.strip()[:300], asked_at=clock.now()
    )
    title = _("Архив на досие %(code)s") % {"code": kept.code}
    made.job = jobs.start(actor, KIND, {"archive": made.pk}, title=title, key=f"archive-{made.pk}")
    made.save(update_fields=["job"])
    tell_of_archives(actor, kept)
    audit.record(actor, "case.archive_asked", kept.code, chain=chain_of(kept), details={"archive": made.pk})
    return made


def write_archive(actor: Actor, asked: FileArchive) -> lasting.Archive:
    """The archive of what the file holds at one moment; nothing is kept yet. NotAllowed, ActionRefused."""
    for _try in range(TRIES):
        with wall.behind(actor):
            file = ClientFile.objects.select_related("service").get(pk=asked.file_id)
            _allowed(actor, file)
            material = queries_archives.material(actor, file)
            if sum(one.size for one in material.attachments) > MOST_BYTES:
                words = _(
                    "Приложените файлове са над %(size)s МБ и не се събират в един архив. Свалете ги отделно."
                )
                raise ActionRefused(words % {"size": MOST_BYTES // 2**20})
            made = lasting.archive(actor, material, why=asked.why, at=clock.now())
            if ClientFile.objects.filter(pk=file.pk, version=file.version).exists():
                break  # nobody wrote meanwhile
    return made


def keep_archive(actor: Actor, asked: FileArchive, made: lasting.Archive) -> FileArchive:
    """Seal it and keep it for a time, in the caller's transaction; kept once. NotAllowed, ActionRefused."""
    with wall.behind(actor), transaction.atomic():
        file = locked(asked.file)
        _allowed(actor, file)
        kept = FileArchive.objects.select_for_update().get(pk=asked.pk)
        if kept.made_at is not None:
            return kept
        sealed = sealing.seal_bytes(made.content, column=SEALED, row=kept.pk)
        kept.attachment = documents.keep_made(
            actor,
            sealed,
            name=f"{file.code}-архив.zip",
            kind="sealed",
            owner=ARCHIVES,
            owner_id=str(kept.pk),
            path=file.path,
        )
        kept.made_at, kept.until = clock.now(), clock.now() + _open_for()
        kept.rows, kept.parts, kept.size, kept.digest = made.rows, made.parts, len(made.content), made.digest
        kept.save()
        details = {"archive": kept.pk, "rows": made.rows, "sha256": made.digest}
        audit.record(actor, "case.archive_created", file.code, chain=chain_of(file), details=details)
    return kept


@transaction.atomic
def take_archive(actor: Actor, asked: FileArchive) -> Given:
    """The archive, for whoever may ask for one, while its time runs. NotAllowed, ActionRefused."""
    kept = FileArchive.objects.select_for_update(of=("self",)).select_related("attachment").get(pk=asked.pk)
    file = locked(asked.file)
    _allowed(actor, file)
    if kept.attachment is None or kept.until is None or kept.until <= clock.now():
        raise ActionRefused(_("Времето на архива мина. Направете го отново."))
    try:
        content = sealing.unseal_bytes(store.read(kept.attachment.stored_as), column=SEALED, row=kept.pk)
    except (sealing.Unreadable, FileNotFoundError):
        raise ActionRefused(_("Архивът вече не може да се отвори. Направете го отново.")) from None
    kept.taken += 1
    kept.save(update_fields=["taken"])
    details = {"archive": kept.pk, "rows": kept.rows, "files": [file.code], "sha256": kept.digest}
    audit.record(actor, "case.archive_exported", file.code, chain=chain_of(file), details=details)
    return Given(content, f"{file.code}-архив.zip", "application/zip")


@wall.across
def drop_archives() -> int:
    """Delete the bytes of archives whose time is over; gives how many. For the periodic tick."""
    past = list(FileArchive.objects.past(clock.now()).select_related("attachment"))
    for one in past:
        if one.attachment is not None:
            documents.remove(one.attachment)
    return len(past)


def _allowed(actor: Actor, file: ClientFile) -> None:
    if not policies.archive_file(actor, file):
        raise NotAllowed(
            _("Архив на досие взема ръководителят на услугата; на запечатано, докато е отворено за него.")
        )


def _open_for() -> dt.timedelta:
    hours = rules.number("archive_open_hours")
    if not hours:
        raise ActionRefused(_("Правилото за времето на архива няма стойност. Поправете го в „Правила“."))
    return dt.timedelta(hours=hours)
