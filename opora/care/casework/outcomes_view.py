"""How outcomes are shown: a person before and after, a service for its head, regions with hidden small numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework.models import Situation
from opora.care.casework.outcomes.figures import ALL, GROUPS, Share, counted, group, key, share, shared_of
from opora.care.casework.outcomes.measures import BY_CODE, MEASURES, MIX, Measure, Settings
from opora.care.casework.outcomes.people import PersonOutcome
from opora.care.casework.outcomes.shield import COUNTRY
from opora.care.casework.queries_outcomes import Tables, settings
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Dots, dots
from opora.foundation.ui.tables import HIDDEN
from opora.register.models import Service

_LIVING, _SCHOOL = dict(Situation.LIVING), dict(Situation.SCHOOL)


def interval_in_words(one: Share) -> str:
    """„34–78 %“."""
    if one.interval is None:
        return formats.NONE
    low, high = one.interval
    return f"{formats.number(low * 100, 0)}–{formats.percent(high)}"


def counted_in_words(one: Share) -> str:
    """„7 от 12“."""
    if one.of is None or not one.of:
        return formats.NONE
    return _("%(good)s от %(of)s") % {"good": formats.number(one.good), "of": formats.number(one.of)}


class PersonView:
    """One person before and after."""

    def __init__(self, outcome: PersonOutcome) -> None:
        self.outcome, self.settings = outcome, settings()

    @cached_property
    def rows(self) -> list[tuple[str, str | None, str | None, str]]:
        """What, before, after, what follows."""
        one = self.outcome
        before, after = one.t
        family, steps = one.with_family
        return [
            (_("Т-оценка по целите, 50 е очакваното"), _figure(before), _figure(after), self.change),
            (_("Къде живее"), *_ends(one.living, _LIVING), self._said("home")),
            (_("Училище"), *_ends(one.school, _SCHOOL), self._said("school")),
            (_("Дни от първия контакт до плана"), None, _figure(one.days_to_plan, 0), ""),
            (_("Етапи със семейството"), None, _("%(there)s от %(steps)s") % {"there": family, "steps": steps} if steps else None, ""),
            (_("Трите въпроса"), None, _("%(n)s от 6 точки") % {"n": sum(one.answers)} if one.answers else None, ""),
        ]  # fmt: skip

    def _said(self, code: str) -> str:
        found = BY_CODE[code].sort(self.outcome, self.settings)
        good = {"home": _("премина в семейна среда"), "school": _("започна да ходи редовно")}
        return good[code] if found == "yes" else ""

    @cached_property
    def change(self) -> str:
        """Whether the difference in T is more than error of measurement, in words."""
        before, after = self.outcome.t
        if before is None or after is None:
            return ""
        from opora.engines.attainment import change

        found = change(before, after, reliability=self.settings.reliability)
        if math.isnan(found.limit):
            return _("Дали промяната е сигурна, не се знае: в правилата няма надеждност на Т-оценката.")
        verdict = BY_CODE["attainment"].categories[found.verdict[0]]
        words = _("%(verdict)s: сигурна е разлика над %(limit)s точки")
        return words % {"verdict": verdict, "limit": formats.number(found.limit, 1)}


def _figure(value: float | None, places: int = 1) -> str | None:
    return None if value is None else formats.number(value, places)


def _ends(codes: tuple[str, ...], words: Mapping[str, Any]) -> tuple[str | None, str | None]:
    said = [str(words[code]) for code in codes]
    return (said[0] if said else None, said[-1] if len(said) > 1 else None)


@dataclass(frozen=True)
class ServiceView:
    """A service for its head: every number leads to its files."""

    service: Service
    people: list[PersonOutcome]

    @cached_property
    def settings(self) -> Settings:
        """The numbers of the rules, asked once."""
        return settings()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Exact counts."""
        return counted(self.people, self.settings)

    @cached_property
    def shares(self) -> list[Share]:
        """All indicators."""
        return [share(measure, self.counts) for measure in MEASURES]

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Indicator, share, interval, and each category with its link."""
        return [
            {"share": one, "counted": counted_in_words(one), "interval": interval_in_words(one), "parts": self._parts(one.measure)}
            for one in self.shares
        ]  # fmt: skip

    def _parts(self, measure: Measure) -> list[dict[str, Any]]:
        found = []
        for category, words in measure.categories.items():
            count = self.counts[key(measure, category)]
            address = reverse("casework_outcome_rows", args=[measure.code, category])
            href = f"{address}?service={self.service.code}" if count else ""
            found.append({"words": words, "count": count, "href": href})
        return found

    @property
    def reliable(self) -> bool:
        """Whether a rule says how reliable T is, so that error can be told from change."""
        return self.settings.reliability is not None

    @property
    def days(self) -> float | None:
        """Median days from the first contact to the plan."""
        known = [one.days_to_plan for one in self.people if one.days_to_plan is not None]
        return median(known) if known else None

    @cached_property
    def mix(self) -> list[tuple[object, list[tuple[object, int]]]]:
        """Whom the service works with."""
        return [
            (
                one.title,
                [(words, self.counts[key(one, category)]) for category, words in one.categories.items()],
            )
            for one in MIX
        ]

    @property
    def picture(self) -> Any:
        """Shares with their intervals on one scale; none while nobody is counted."""
        items = [
            Dots(str(one.measure.title), (round(one.share * 100),), (round(one.interval[0] * 100), round(one.interval[1] * 100)))
            for one in self.shares if one.share is not None and one.interval is not None
        ]  # fmt: skip
        if not items:
            return None
        source = _("досиетата на услугата днес; линията е 95-процентен интервал на Уилсън")
        return dots(_("Резултати на услугата, в проценти"), items, unit="%", limits=(0, 100), source=source)


@dataclass(frozen=True)
class RegionsView:
    """Numbers of places with the small ones hidden; nothing in it leads to a file."""

    tables: Tables
    measure: Measure
    region: str = ""

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """(code, name): the country and its regions, or one region and its services."""
        if self.region:
            services = self.tables.services.get(self.region, [])
            return [
                (self.region, self.tables.regions[self.region]),
                *((one.code, one.name) for one in services),
            ]
        whole = [(COUNTRY, _("Цялата страна"))] if len(self.tables.regions) > 1 else []
        return whole + [
            (code, name) for code, name in self.tables.regions.items() if (code, ALL) in self.tables.numbers
        ]

    @property
    def empty(self) -> bool:
        """Nobody has a file there."""
        return not any((code, ALL) in self.tables.numbers for code, _name in self.places)

    def count(self, place: str, name: str) -> int | str:
        """A number, or `:c`."""
        found = self.tables.numbers.get((place, name), 0)
        return HIDDEN if found is None else found

    def share(self, place: str) -> Share:
        """The chosen indicator of a place."""
        names = [group(self.measure, code) for code in GROUPS]
        return shared_of(self.measure, {name: self.tables.numbers.get((place, name), 0) for name in names})

    @cached_property
    def columns(self) -> list[str]:
        """Headings of the counts."""
        return [str(words) for words in GROUPS.values()]

    @cached_property
    def rows(self) -> list[tuple[str, str, list[Any]]]:
        """Code, name and: everybody, each category, share, interval."""
        return [(code, name, self._row(code)) for code, name in self.places]

    def _row(self, code: str) -> list[Any]:
        one = self.share(code)
        counts = [self.count(code, group(self.measure, one_group)) for one_group in GROUPS]
        hidden = [HIDDEN, HIDDEN]
        shown = hidden if one.hidden else [formats.percent(one.share), interval_in_words(one)]
        return [self.count(code, ALL), *counts, *shown]

    @cached_property
    def mix_columns(self) -> list[str]:
        """Headings of the case mix."""
        return [f"{one.title}: {words}" for one in MIX for words in one.categories.values()]

    @cached_property
    def mix_rows(self) -> list[tuple[str, list[Any]]]:
        """Name and the counts of the case mix."""
        names = [key(one, category) for one in MIX for category in one.categories]
        return [(name, [self.count(code, one) for one in names]) for code, name in self.places]


def file_of(person: PersonOutcome) -> dict[str, str]:
    """A person behind a number, as a line that leads to the file; of a sealed one to where its opening is asked for."""
    page = "casework_sealed" if person.sealed else "casework_outcome"
    return {"code": person.code, "name": person.name, "href": reverse(page, args=[person.code])}
