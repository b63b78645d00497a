"""Long work on client files."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework import actions, queries_archives, sweeping, wall
from opora.care.casework.models import ClientFile, FileArchive
from opora.foundation.core.errors import ActionRefused
from opora.foundation.jobs.progress import Progress
from opora.foundation.jobs.registry import work


@work(actions.SWEEP)
def sweep(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Take the bytes of what was erased off the disk."""
    progress.total(1)
    try:
        sweeping.sweep()
    except sweeping.Unswept as left:
        words = _("Редовете са заличени, но следи от тях още лежат на диска: %(why)s.")
        raise ActionRefused(words % {"why": left}) from left
    with transaction.atomic():
        actions.mark_swept()
    progress.step()
    text = _("Данните ги няма и на диска. Старите резервни копия се унищожават по графика си.")
    return {"url": reverse("casework_protection"), "link": _("Към защита на данните"), "text": text}


@work(actions.ARCHIVE)
def archive(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Make an archive of a file; taken up again after a dead worker it is made anew, and kept once."""
    progress.total(2)
    try:
        asked = wall.across(queries_archives.asked)(params["archive"])
        if asked.made_at is None:
            progress.step(0, _("четене и подреждане"))
            made = actions.write_archive(progress.actor, asked)
            progress.step(1, _("запечатване"))
            with progress.transaction("kept", done=2):
                actions.keep_archive(progress.actor, asked, made)
    except (FileArchive.DoesNotExist, ClientFile.DoesNotExist):
        raise ActionRefused(_("Досието вече не съществува за Вас.")) from None
    text = _("Архивът е готов. Изтеглете го, преди времето му да мине: после се изтрива оттук.")
    return {"url": reverse("casework_archive", args=[asked.file.code]), "link": _("Към архива"), "text": text}
