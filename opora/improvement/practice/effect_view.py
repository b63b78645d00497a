"""The effect page of a practice: which rounds of visits stand before and after, who is compared, and the careful words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.evidence.monitoring.models import MATURITY, Round, Visit
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Dots, Picture, dots
from opora.improvement.practice import effect, gathering, stages
from opora.improvement.practice.effect import Line, Pair
from opora.improvement.practice.models import Adaptation, Practice

ALL = "all"


@dataclass(frozen=True)
class Effect:
    """What is known; `lines` is empty where nothing can be compared yet, and `why_not` says what is missing."""

    lines: tuple[Line, ...]
    picture: Picture | None
    adopters: tuple[str, ...]
    others: int
    rounds: tuple[str, ...]
    words: tuple[str, ...]
    why_not: str


def of_card(card: Practice) -> Effect:
    """Adopters before and after beside services of the same regions that did not adopt."""
    rows = card.adaptations.filter(stage__in=stages.MEASURED)
    learnt = list(rows.select_related("service__municipality__region"))
    if not learnt:
        return _nothing(_("Още никоя услуга не работи по практиката."))
    pairs, names, rounds, domains = _gather(card, learnt)
    mine = [pair for pair in pairs if pair.adopter]
    if not mine:
        return _nothing(
            _(
                "Няма услуга, посетена и преди да започне, и след това. Сравнението става след следващия кръг посещения."
            )
        )
    if len(mine) == len(pairs):
        return _nothing(_("Няма услуги без практиката, посетени в същите два кръга, с които да се сравни."))
    least = int(rules.number("practice_effect_least") or 3)
    lines = effect.compare(pairs, domains, least=least)
    return Effect(
        tuple(lines), _picture(lines), tuple(names[pair.key] for pair in mine), len(pairs) - len(mine), rounds,
        tuple(_words(lines[0], least)), "",
    )  # fmt: skip


def _nothing(why: str) -> Effect:
    return Effect((), None, (), 0, (), (), why)


Gathered = tuple[list[Pair], dict[str, str], tuple[str, ...], dict[str, list[str]]]


def _gather(card: Practice, learnt: Sequence[Adaptation]) -> Gathered:
    pairs: list[Pair] = []
    names: dict[str, str] = {}
    rounds: list[str] = []
    domains: dict[str, list[str]] = {}
    everyone = set(card.adaptations.learnt().values_list("service_id", flat=True)) | {card.service_id}
    for region in dict.fromkeys(one.service.municipality.region_id for one in learnt):
        started = {
            one.service_id: one.started_on
            for one in learnt
            if one.service.municipality.region_id == region and one.started_on
        }
        before, after = _rounds(region, started.values())
        if before is None or after is None:
            continue
        rounds.append(f"{before.title} → {after.title}")
        domains = domains or _domains(after)
        pairs += _pairs(before, after, started, everyone, names)
    return pairs, names, tuple(rounds), domains


def _rounds(region: int, started: Iterable[dt.date]) -> tuple[Round | None, Round | None]:
    """The last round that ended before the first began, and the newest that began after."""
    days = sorted(started)
    rows = Round.objects.filter(region_id=region, version__framework__kind=MATURITY).select_related(
        "version__framework"
    )
    before = rows.filter(starts__lt=days[0]).order_by("-starts").first() if days else None
    after = rows.filter(ends__gt=days[0]).order_by("-starts").first() if days else None
    return (before, after) if before and after and before.pk != after.pk else (None, None)


def _domains(round_: Round) -> dict[str, list[str]]:
    indicators = gathering.indicators_of(round_)
    criteria, titles = gathering.criteria_of(indicators), gathering.domains_of(indicators)
    found = {_("Всички показатели"): [one.code for one in criteria]}
    for domain, title in titles.items():
        found[title] = [one.code for one in criteria if one.domain == domain]
    return {title: codes for title, codes in found.items() if codes}


def _pairs(
    before: Round, after: Round, started: dict[int, dt.date], everyone: set[int], names: dict[str, str]
) -> list[Pair]:
    first, second = _visits(before), _visits(after)
    then, now = gathering.levels_of(first.values()), gathering.levels_of(second.values())
    found = []
    for service in sorted(set(then) & set(now)):
        adopter = service in started
        if not adopter and service in everyone:
            continue  # the origin itself, and who asked but has not begun: neither with nor without
        if adopter and not _between(first[service], started[service], second[service]):
            continue
        visit = second[service]
        names[visit.service.code] = visit.service.name
        found.append(Pair(visit.service.code, adopter, then[service], now[service]))
    return found


def _visits(round_: Round) -> dict[int, Visit]:
    rows = Visit.objects.filter(round=round_, stage__in=gathering.SETTLED).select_related("service", "round")
    return {visit.service_id: visit for visit in rows}


def _between(first: Visit, started: dt.date, second: Visit) -> bool:
    return (first.on or first.round.starts) <= started <= (second.on or second.round.ends)


def _picture(lines: Sequence[Line]) -> Picture:
    items = [Dots(line.name, (line.adopters_change, line.others_change)) for line in lines]
    return dots(
        _("Промяна в степените: с практиката и без нея"), items,
        series=(_("приложили практиката"), _("без практиката")), unit=_("степени"), heading=_("Област на показателите"),
        limits=_limits(lines), source=_("Посещения с двама наблюдатели, степени от 0 до 4."),
    )  # fmt: skip


def _limits(lines: Sequence[Line]) -> tuple[float, float]:
    values = [v for line in lines for v in (line.adopters_change, line.others_change, 0.0) if v is not None]
    return min(values) - 0.1, max(values) + 0.1


def _words(line: Line, least: int) -> list[str]:
    """What the numbers say and what they cannot say, sentence by sentence."""
    found = []
    if line.adopters_change is not None and line.others_change is not None:
        found.append(
            _(
                "При приложилите практиката степените се промениха средно с %(mine)s, при останалите с %(rest)s."
            )
            % {"mine": signed(line.adopters_change), "rest": signed(line.others_change)}
        )
    if line.difference is not None and line.low is not None and line.high is not None:
        found.append(
            _("Разликата е %(d)s; от 100 такива сравнения 95 биха дали между %(low)s и %(high)s.")
            % {"d": signed(line.difference), "low": signed(line.low), "high": signed(line.high)}
        )
        if line.low <= 0 <= line.high:
            found.append(_("Интервалът включва нулата: не може да се каже, че разлика има."))
    elif line.difference is not None:
        found.append(
            ngettext(
                "Разликата е %(d)s. Приложила я е само %(n)s услуга, а за интервал трябват поне %(least)s.",
                "Разликата е %(d)s. Приложили са я само %(n)s услуги, а за интервал трябват поне %(least)s.",
                line.adopters,
            )
            % {"d": signed(line.difference), "n": line.adopters, "least": least}
        )
    if line.as_great is not None:
        found.append(
            _(
                "Ако услугите се разделят на същите по брой групи наслуки, толкова голяма разлика излиза в %(share)s от случаите."
            )
            % {"share": formats.percent(line.as_great)}
        )
    found.append(
        _(
            "Това не доказва, че практиката е причината: услугите сами са избрали да я приложат и може да са се развивали и без нея."
        )
    )
    found.append(
        _(
            "Услуга, оценена ниско, следващия път често е по-високо и без промяна; сравнението с останалите намалява това, но не го маха."
        )
    )
    return found


def signed(value: float) -> str:
    """„+0,4“, „−0,1“."""
    return f"{'−' if value < 0 else '+'}{formats.number(abs(value), 2)}"
