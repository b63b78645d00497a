"""Indicators as questions with categories: every person falls into exactly one category of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from opora.care.casework.models import Situation
from opora.care.casework.outcomes.people import PersonOutcome, newest

UNKNOWN, NOT_ASKED = "unknown", "none"
"""Not known yet; the question does not concern the person."""


@dataclass(frozen=True)
class Settings:
    """Numbers that are rule records; none where a rule has no number."""

    reliability: float | None = None
    plan_days: tuple[int, int] = (30, 60)


@dataclass(frozen=True)
class Measure:
    """An indicator. `good` are the categories counted above, `known` those counted below the line."""

    code: str
    title: object
    about: object
    categories: Mapping[str, object]
    good: tuple[str, ...]
    known: tuple[str, ...]
    sort: Callable[[PersonOutcome, Settings], str]


def _attainment(one: PersonOutcome, settings: Settings) -> str:
    before, after = one.t
    if before is None or after is None:
        return UNKNOWN
    from opora.engines.attainment import change

    return change(before, after, reliability=settings.reliability).verdict[0]


def _expected(one: PersonOutcome, _settings: Settings) -> str:
    after = one.t[1]
    if after is None:
        return UNKNOWN
    return "yes" if after >= 50 else "no"


def _home(one: PersonOutcome, _settings: Settings) -> str:
    if not one.living:
        return UNKNOWN
    if one.living[0] != Situation.RESIDENTIAL:
        return NOT_ASKED
    both = newest(one.living)
    if both is None:
        return UNKNOWN
    return "yes" if both[1] in Situation.FAMILY else "no"


def _school(one: PersonOutcome, _settings: Settings) -> str:
    if not one.school:
        return UNKNOWN
    if one.school[0] not in (Situation.IRREGULAR, Situation.NO):
        return NOT_ASKED
    both = newest(one.school)
    if both is None:
        return UNKNOWN
    return "yes" if both[1] == Situation.REGULAR else "no"


def _plan_time(one: PersonOutcome, settings: Settings) -> str:
    days = one.days_to_plan
    if days is None:
        return UNKNOWN
    soon, late = settings.plan_days
    return "soon" if days <= soon else "later" if days <= late else "late"


def _family(one: PersonOutcome, _settings: Settings) -> str:
    there, steps = one.with_family
    if not steps:
        return UNKNOWN
    return "yes" if there == steps else "no"


def _satisfied(one: PersonOutcome, _settings: Settings) -> str:
    if not one.answers:
        return UNKNOWN
    return "yes" if all(answer == 2 for answer in one.answers) else "no"


_YES_NO = {"yes": _("да"), "no": _("не"), UNKNOWN: _("още не е известно")}
MEASURES = (
    Measure(
        "expected", _("Целите са на очакваното"), _("Т-оценката по целите е поне 50."), _YES_NO, ("yes",),
        ("yes", "no"), _expected,
    ),
    Measure(
        "attainment", _("Сигурно подобрение по целите"),
        _("Т-оценката се е повишила повече от грешката на измерването."),
        {"better": _("сигурно подобрение"), "same": _("без сигурна промяна"), "worse": _("сигурно влошаване"), UNKNOWN: _("още не е известно")},
        ("better",), ("better", "same", "worse"), _attainment,
    ),
    Measure(
        "home", _("От резидентна грижа в семейна среда"),
        _("В началото е живял в услуга за резидентна грижа, сега – в семейна среда."),
        {**_YES_NO, NOT_ASKED: _("не се отнася")}, ("yes",), ("yes", "no"), _home,
    ),
    Measure(
        "school", _("Започнали да ходят редовно на училище"),
        _("В началото не е посещавал редовно, сега посещава."), {**_YES_NO, NOT_ASKED: _("не се отнася")}, ("yes",),
        ("yes", "no"), _school,
    ),
    Measure(
        "plan_time", _("План навреме"), _("От първия контакт до одобрения план са минали най-много толкова дни."),
        {"soon": _("в първия срок"), "later": _("във втория срок"), "late": _("по-късно"), UNKNOWN: _("още няма план")},
        ("soon",), ("soon", "later", "late"), _plan_time,
    ),
    Measure(
        "family", _("Семейството участва навсякъде"), _("Във всяка оценка, план, преглед и закриване."), _YES_NO,
        ("yes",), ("yes", "no"), _family,
    ),
    Measure(
        "satisfied", _("Доволни от услугата"), _("И на трите въпроса отговорът е „да“."), _YES_NO, ("yes",), ("yes", "no"),
        _satisfied,
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in MEASURES}


BY_AGE = {
    "0-6": _("до 6 години"), "7-13": _("7–13"), "14-17": _("14–17"), "18+": _("18 и повече"), UNKNOWN: _("не е известна"),
}  # fmt: skip
"""Age groups in words, the youngest first."""


def age_group(years: int | None) -> str:
    """The code of the age group; `UNKNOWN` where the age is not known."""
    if years is None:
        return UNKNOWN
    return next(
        code for code, most in (("0-6", 6), ("7-13", 13), ("14-17", 17), ("18+", 200)) if years <= most
    )


def _age(one: PersonOutcome, _settings: Settings) -> str:
    return age_group(one.age)


def _need(one: PersonOutcome, _settings: Settings) -> str:
    return UNKNOWN if one.need is None else str(one.need) if one.need > 1 else "0-1"


MIX = (
    Measure(
        "age", _("Възраст"), "", BY_AGE,
        (), (), _age,
    ),
    Measure(
        "need", _("Най-голяма потребност"), "",
        {"0-1": _("0–1, няма или лека"), "2": _("2, умерена"), "3": _("3, значителна"), "4": _("4, много висока"), UNKNOWN: _("още няма оценка")},
        (), (), _need,
    ),
)  # fmt: skip
"""Whom a service works with; shown beside, since services with harder cases do not compare with others."""
