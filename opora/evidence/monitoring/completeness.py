"""How far an observer is: „12 от 20“, and what is missing before the marks can be locked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.evidence.monitoring import entries, norms, queries
from opora.evidence.monitoring.models import COMPLIANCE, Entry, Indicator, Mark, Observer, Visit


@dataclass(frozen=True)
class Missing:
    """One thing to do before locking, and the indicator it stands at."""

    code: str
    text: str


@dataclass(frozen=True)
class Progress:
    """Marks given of marks asked, and what is missing."""

    done: int
    total: int
    missing: tuple[Missing, ...]


def of_observer(
    visit: Visit,
    mine: Observer,
    indicators: list[Indicator] | None = None,
    standing: list[Entry] | None = None,
) -> Progress:
    """Every indicator marked, high marks with evidence, no field with two versions. What is read already is given."""
    indicators = queries.indicators_of(visit.round.version) if indicators is None else indicators
    standing = list(mine.entries.standing().select_related("indicator")) if standing is None else standing
    marks = {mark.indicator_id: mark for mark in mine.marks.all()}
    pictured = set(mine.photos.exclude(indicator=None).values_list("indicator_id", flat=True))
    given = [one for one in indicators if one.pk in marks and marks[one.pk].is_given]
    missing = [
        Missing(one.code, _("показател %(code)s няма оценка") % {"code": one.code})
        for one in indicators if one not in given
    ]  # fmt: skip
    needs, from_ = _needs_words(visit), norms.proven_from()
    missing += [
        Missing(one.code, needs % {"code": one.code})
        for one in given if not _shown(visit, marks[one.pk], one, pictured, from_)
    ]  # fmt: skip
    missing += [
        Missing(clash.code, _("в едно поле стоят две версии, изберете коя остава"))
        for clash in entries.clashing(standing)
    ]
    return Progress(len(given), len(indicators), tuple(missing))


def _needs_words(visit: Visit) -> str:
    if visit.round.version.framework.kind == COMPLIANCE:
        return _("показател %(code)s: напишете какво се прави наистина")
    return _("показател %(code)s: за тази степен се иска доказателство, бележка или снимка")


def _shown(visit: Visit, mark: Mark, indicator: Indicator, pictured: set[int], from_: int) -> bool:
    """Whether the mark has what it needs beside it."""
    if mark.level is None or mark.note or indicator.pk in pictured:
        return True
    if visit.round.version.framework.kind == COMPLIANCE:
        return mark.level == max(visit.round.version.framework.levels)
    return mark.level < from_
