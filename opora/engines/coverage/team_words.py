"""A team's plan in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from opora.engines.common.reasons import N_, NN_, Reason, Value
from opora.engines.coverage.need import Case, Numbers, some
from opora.engines.coverage.plan import Plan
from opora.engines.coverage.prices import Price

LITTLE = 0.05
"""Hours below which nothing is said."""


def explained(case: Case, plan: Plan, told: tuple[Price, ...]) -> tuple[Reason, ...]:
    """What is missing and where, what would change it, who is needed, how sure it is."""
    unmet = np.maximum(0.0, case.need - plan.hours.sum(axis=0))
    return (
        *_missing(case, unmet),
        *_changes(told),
        *_places(case, unmet),
        *_nobody(case, unmet),
        *_people(case, plan),
        _sure(plan),
    )


def _missing(case: Case, unmet: Numbers) -> Iterator[Reason]:
    total, missing = float(case.need.sum()), float(unmet.sum())
    if total <= 0:
        yield Reason(N_("Никоя услуга не иска часове."))
    elif missing < LITTLE:
        yield Reason(N_("Всички {total} часа са покрити."), {"total": total}, "for")
    else:
        skill = unmet.sum(axis=(0, 2))
        q = int(skill.argmax())
        values: dict[str, Value] = {
            "missing": missing,
            "total": total,
            "most": float(skill[q]),
            "skill": case.skills[q],
        }
        yield Reason(N_("Не достигат {missing} от {total} часа: {most} са за {skill}."), values, "against")


def _changes(told: tuple[Price, ...]) -> Iterator[Reason]:
    for one in told:
        if one.hours >= LITTLE:
            values: dict[str, Value] = {"skill": one.skill, "place": one.place, "hours": one.hours}
            text = N_("Още един {skill} ({place}) би намалил недостига с {hours} часа.")
            yield Reason(text, values, "change")


def _places(case: Case, unmet: Numbers) -> Iterator[Reason]:
    """The places where hours are missing, the most first, unless every service is its own place."""
    needed = dict.fromkeys(case.places, 0.0)
    missing = dict.fromkeys(case.places, 0.0)
    for s, place in enumerate(case.places):
        needed[place] += float(case.need[s].sum())
        missing[place] += float(unmet[s].sum())
    for place in sorted(missing, key=lambda one: -missing[one])[:8]:
        if missing[place] >= LITTLE:
            values: dict[str, Value] = {"place": place, "missing": missing[place], "total": needed[place]}
            yield Reason(N_("{place}: не достигат {missing} от {total} часа."), values, "against")


def _nobody(case: Case, unmet: Numbers) -> Iterator[Reason]:
    """Hours that no specialist in reach could give, however much time they had."""
    able = some(np.isfinite(case.road)[:, :, None] & case.can[:, None, :], 0)
    for q in np.nonzero((unmet.sum(axis=2) * ~able).sum(axis=0) >= LITTLE)[0]:
        hours = float((unmet[:, q].sum(axis=1) * ~able[:, q]).sum())
        values: dict[str, Value] = {"hours": hours, "skill": case.skills[q]}
        yield Reason(N_("За {hours} часа няма специалист наблизо: {skill}."), values, "against")


def _people(case: Case, plan: Plan) -> Iterator[Reason]:
    members = some(plan.visits, 1, 2)
    if not members.any():
        return
    values: dict[str, Value] = {"count": int(members.sum()), "all": len(members)}
    yield Reason(
        NN_("Нужен е {count} специалист от {all}.", "Нужни са {count} специалисти от {all}."), values
    )
    road = float((np.where(plan.visits, case.road[:, :, None], 0.0)).sum())
    yield Reason(
        N_("Пътуването отнема {road} часа, а работата на място {work} часа."),
        {"road": road, "work": float(plan.hours.sum())},
    )
    idle = [person.name for person, in_it in zip(case.people, members, strict=True) if not in_it]
    if idle:
        yield Reason(N_("По този план не са нужни: {names}."), {"names": ", ".join(idle)})


def _sure(plan: Plan) -> Reason:
    if plan.gap < 5e-7:
        return Reason(N_("Доказано е: по-добър план няма."), kind="for")
    percent = float(np.ceil(plan.gap * 1000) / 10)
    return Reason(
        N_("Доказано е: по-добър план би спестил най-много {percent} % от цената на този."),
        {"percent": percent},
        "unknown" if plan.gap > 0.002 else "for",
    )
