"""Long work on client files."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework import actions, sweeping
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
