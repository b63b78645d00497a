"""Makers for needs, specialists and rotas in tests."""

from __future__ import annotations

import numpy as np

from opora.engines.coverage import Duty, Need, Person, Specialist

SKILLS = ("психолог", "логопед", "рехабилитатор", "социален работник", "трудотерапевт")
TOWNS = {
    "Ловеч": (43.13, 24.71),
    "Луковит": (43.21, 24.16),
    "Тетевен": (42.92, 24.26),
    "Троян": (42.89, 24.71),
    "Летница": (43.31, 25.05),
}
SERVICES = ("Ловеч",) * 11 + ("Луковит",) * 3 + ("Тетевен",) * 2 + ("Троян",) * 2 + ("Летница",)
BASES = ("Ловеч",) * 6 + ("Троян",) * 3 + ("Луковит",) * 2 + ("Тетевен",) * 2 + ("Летница",)
PROFESSIONS = (0, 1, 2, 3, 4, 0, 1, 3, 0, 3, 0, 2, 3, 0)


def minutes(one: str, other: str) -> float:
    """By road between two towns: straight line × 1.3 at 55 km/h, ten minutes inside a town."""
    (a, b), (c, d) = TOWNS[one], TOWNS[other]
    km = 111 * float(np.hypot(a - c, (b - d) * np.cos(np.radians(43))))
    return round(max(10.0, 1.3 * km / 55 * 60))


def lovech(seed: int = 1, weeks: int = 12) -> dict[str, object]:
    """19 services of five municipalities, 14 specialists of one profession each; hours drawn from the seed."""
    chance = np.random.default_rng(seed)
    asked = chance.random((19, 5)) < 0.6
    mean = chance.gamma(2.0, 2.1, (19, 5, 1))
    hours = np.where(asked[:, :, None], np.round(mean * chance.uniform(0.7, 1.3, (19, 5, weeks))), 0.0)
    people = [
        Specialist(f"С{e + 1}", (SKILLS[q],), base)
        for e, (q, base) in enumerate(zip(PROFESSIONS, BASES, strict=True))
    ]
    return {
        "need": Need(
            hours,
            services=tuple(f"Услуга {s + 1}" for s in range(19)),
            skills=SKILLS,
            severity=np.round(chance.uniform(1, 3, 19)),
            places=SERVICES,
        ),
        "specialists": people,
        "travel": np.array([[minutes(base, place) for place in SERVICES] for base in BASES]),
        "hours": np.round(chance.uniform(8, 20, 14)),
    }


def region(seed: int, services: int, people: int, skills: int, weeks: int) -> dict[str, object]:
    """A small region for brute force: some need, somebody, some road."""
    chance = np.random.default_rng(seed)
    return {
        "need": Need(
            chance.integers(0, 6, (services, skills, weeks)), severity=chance.integers(1, 4, services)
        ),
        "specialists": [
            Specialist(f"С{e}", sorted(set(chance.integers(0, skills, 2).tolist()))) for e in range(people)
        ],
        "travel": chance.integers(0, 120, (people, services)),
        "hours": chance.integers(2, 9, (people, weeks)),
    }


def people(number: int = 12, *, psychologists: int = 4, days: int = 92, seed: int = 0) -> list[Person]:
    """People on call: psychologists and half of the others may lead; a week of absence, some wishes."""
    chance = np.random.default_rng(seed)
    found = []
    for p in range(number):
        first = int(chance.integers(days))
        found.append(
            Person(
                name=f"Човек {p + 1}",
                roles=("водещ", "втори") if p < psychologists or p % 2 else ("втори",),
                skills=("психолог",) if p < psychologists else ("социален работник",),
                absent=set(range(first, first + 5)),
                wishes=set(chance.integers(0, days, 5).tolist()),
                avoids=set(chance.integers(0, days, 5).tolist()),
            )
        )
    return found


def nights(number: int = 92) -> list[Duty]:
    """One duty every night, two of seven on the weekend."""
    return [Duty(day, day % 7 >= 5, f"Нощ {day + 1}") for day in range(number)]
