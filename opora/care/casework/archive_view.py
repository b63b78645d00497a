"""How an archive of a file is shown: in the making, ready until, gone."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework.models import FileArchive
from opora.foundation.core import clock
from opora.foundation.ui import formats


@dataclass(frozen=True)
class ArchiveLine:
    """One archive."""

    archive: FileArchive

    @property
    def ready(self) -> bool:
        """Its bytes are here and its time runs."""
        one = self.archive
        return one.attachment_id is not None and one.until is not None and one.until > clock.now()

    @property
    def making(self) -> bool:
        """A worker has it."""
        job = self.archive.job
        return self.archive.made_at is None and job is not None and job.unfinished

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag."""
        if self.ready:
            return _("готов за изтегляне"), "done"
        if self.making:
            return _("прави се"), "waiting"
        if self.archive.made_at is None:
            return _("не стана"), "wrong"
        return _("изтрит оттук"), "none"

    @property
    def title(self) -> str:
        """When it was asked for."""
        return _("Архив от %(at)s") % {"at": formats.datetime(self.archive.asked_at)}

    @property
    def job(self) -> str:
        """The page of the work, while there is one."""
        return reverse("jobs_job", args=[self.archive.job_id]) if self.archive.job_id else ""

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Who, why, what is in it, until when, and by which sum it is known again."""
        one = self.archive
        rows: list[tuple[str, object]] = [(_("Поискал"), one.by), (_("За какво"), one.why)]
        if one.made_at is None or one.until is None:
            return rows
        held = _("%(parts)s файла, %(rows)s реда от досието, %(size)s МБ")
        size = formats.number(max(one.size / 2**20, 0.1), 1)
        rows.append((_("Вътре"), held % {"parts": one.parts, "rows": one.rows, "size": size}))
        rows.append((_("Може да се вземе до"), formats.datetime(one.until)))
        rows.append((_("Колко пъти е взет"), one.taken))
        return [*rows, (_("Контролна сума (SHA-256)"), one.digest)]
