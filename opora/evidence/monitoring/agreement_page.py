"""The page of agreement: its picture and the rows behind a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.evidence.monitoring.agreeing import Agreement, Line
from opora.evidence.monitoring.models import Round
from opora.evidence.monitoring.results import Final, ServiceMarks
from opora.foundation.ui.pictures import Dots, Picture, dots


def picture(round_: Round, found: Agreement) -> Picture | None:
    """Alpha with its limits, indicator by indicator; the title says what to do about it."""
    lines = [line for line in found.lines if not line.domain and not math.isnan(line.report.alpha)]
    if not lines:
        return None
    items = [
        Dots(f"{line.code} {line.title}", (max(line.report.alpha, -1.0),), _within(line), _href(round_, line))
        for line in lines
    ]
    return dots(
        _message(found), items, series=[_("алфа")], limits=(-1.0, 1.0), heading=_("Показател"),
        source=_("%(round)s, %(n)s посещения с две оценки") % {"round": round_.code, "n": found.visits},
    )  # fmt: skip


def _message(found: Agreement) -> str:
    count = len(found.to_reword)
    if not count:
        return _("Няма показател, който наблюдателите да виждат ненадеждно")
    return ngettext(
        "Един показател се вижда различно и иска по-ясни думи",
        "%(n)s показателя се виждат различно и искат по-ясни думи",
        count,
    ) % {"n": count}


def _within(line: Line) -> tuple[float, float] | None:
    return (max(line.spread[0], -1.0), min(line.spread[1], 1.0)) if line.spread else None


def _href(round_: Round, line: Line) -> str:
    return reverse("monitoring_agreement_marks", args=[round_.code, line.code])


def rows(told: Sequence[ServiceMarks], line: Line) -> list[tuple[ServiceMarks, Final]]:
    """Marks behind a figure, those furthest apart first."""
    found = [
        (one, mark)
        for one in told
        for mark in one.marks
        if line.code == (mark.domain if line.domain else mark.code)
    ]
    return sorted(found, key=lambda pair: -(pair[1].apart or 0))
