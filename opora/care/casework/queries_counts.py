"""Counts of client files for tables of the country; the caller hides what is small before anybody sees it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.utils.functional import Promise

from opora.care.casework import wall
from opora.care.casework.models import ClientFile
from opora.care.casework.outcomes import measures

AGES: Mapping[str, str | Promise] = measures.BY_AGE
"""Age groups by code, in words."""


def open_files_by_age(on: dt.date) -> Counter[tuple[str, str, str]]:
    """How many open files by (region, type of service, age group on the day). A person with two files is counted twice."""
    rows = ClientFile.objects.open().order_by()
    place, person = (
        ("service__municipality__region__code", "service__type__code"),
        ("person__born", "person__birth_year"),
    )
    counted: Counter[tuple[str, str, str]] = Counter()
    with wall.whole():
        for region, kind, born, year in rows.values_list(*place, *person).iterator():
            counted[region, kind, measures.age_group(_years(born, year, on))] += 1
    return counted


def _years(born: dt.date | None, year: int | None, on: dt.date) -> int | None:
    if born is not None:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return on.year - year if year else None
