"""Outcomes as tables to take away, in long form: one row a number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from opora.care.casework.outcomes.figures import GROUPS, group, key, share
from opora.care.casework.outcomes.measures import MEASURES, MIX
from opora.care.casework.outcomes_view import RegionsView, ServiceView
from opora.foundation.ui import formats
from opora.foundation.ui.tables import HIDDEN


def csv_rows(view: RegionsView) -> list[list[Any]]:
    """The same numbers as a table to take away: every indicator of every place, in long form."""
    head = [
        _("код"),
        _("място"),
        _("показател"),
        _("категория"),
        _("брой"),
        _("дял"),
        _("долна граница"),
        _("горна граница"),
    ]
    rows = [head]
    for code, name in view.places:
        for measure in (*MEASURES, *MIX):
            rows += _csv_measure(RegionsView(view.tables, measure, view.region), code, name)
    return rows


def _csv_measure(view: RegionsView, code: str, name: str) -> list[list[Any]]:
    measure = view.measure
    names: list[tuple[str, object]] = [(group(measure, one), words) for one, words in GROUPS.items()]
    if not measure.good:
        names = [(key(measure, category), words) for category, words in measure.categories.items()]
    rows = [
        [code, name, str(measure.title), str(words), view.count(code, one), "", "", ""]
        for one, words in names
    ]
    if measure.good:
        one = view.share(code)
        ends = [formats.percent(end, 1) for end in one.interval or ()] or ["", ""]
        value = HIDDEN if one.hidden else formats.percent(one.share, 1)
        rows.append([code, name, str(measure.title), _("дял"), "", value, *ends])
    return rows


def csv_of_service(view: ServiceView) -> list[list[Any]]:
    """The head's own numbers, unhidden: they see every file behind them."""
    rows: list[list[Any]] = [
        [_("показател"), _("категория"), _("брой"), _("дял"), _("долна граница"), _("горна граница")]
    ]
    for measure in (*MEASURES, *MIX):
        rows += [
            [str(measure.title), str(words), view.counts[key(measure, category)], "", "", ""]
            for category, words in measure.categories.items()
        ]
        one = share(measure, view.counts)
        if measure.good and one.interval is not None:
            rows.append(
                [
                    str(measure.title),
                    _("дял"),
                    "",
                    formats.percent(one.share, 1),
                    *(formats.percent(end, 1) for end in one.interval),
                ]
            )
    return rows
