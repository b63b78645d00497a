"""Facts of invented regions, without a database."""

from __future__ import annotations

import random

from opora.planning.needs.reckoning import (
    CardFacts,
    Facts,
    Place,
    PopulationFacts,
    PostFacts,
    Question,
    ServiceFacts,
)

NEED = (
    Question(
        "support.specialist",
        "Специалист",
        "choice",
        "need.specialist",
        choices=(("psy", "психолог"), ("log", "логопед"), ("kin", "кинезитерапевт")),
    ),
    Question("support.users", "Потребители", "number", "need.users"),
    Question("support.hours", "Часове", "number", "need.hours.month"),
    Question(
        "crisis.specialist",
        "Специалист",
        "choice",
        "crisis.specialist",
        choices=(("psy", "психолог"), ("sw", "социален работник")),
    ),
    Question("crisis.users", "Потребители", "number", "crisis.users"),
    Question("transport", "Има ли услугата превоз?", "choice", choices=(("yes", "да"), ("no", "не"))),
    Question("families", "Семейства, с които работите", "number"),
    Question("proposals", "Какво предлагате?", "text"),
    Question("capacity", "Места", "number", prefilled=True),
)


def facts(seed: int = 1, *, size: int = 19, towns: int = 5, region: str = "LOV", **changes: object) -> Facts:
    """A region with cards and population; the same seed gives the same region."""
    chance = random.Random(seed)
    places = tuple(Place(f"{region}{number:02d}", f"Община {number}") for number in range(1, towns + 1))
    types = (Place("csri", "ЦСРИ"), Place("csc", "ЦОП"), Place("day", "Дневен център"))
    groups = (Place("kids", "деца с увреждания"), Place("adults", "пълнолетни лица с увреждания"))
    running = tuple(
        _service(chance, f"{region}-{number:03d}", places[chance.randrange(towns)].code)
        for number in range(size)
    )
    cards = tuple(_card(chance, number, service) for number, service in enumerate(running))
    given = {
        "region": Place(region, "Ловеч" if region == "LOV" else region),
        "date": "2026-11-22",
        "round_code": f"{region}-2026-1",
        "round_title": "Потребности 2026",
        "round_closed": "2026-11-20",
        "template": "Карта за потребности, 1",
        "municipalities": places,
        "types": types,
        "groups": groups,
        "services": running,
        "questions": NEED,
        "cards": cards,
        "population": tuple(
            PopulationFacts(p.code, "pop_current", chance.randrange(5_000, 50_000), "2026-06-15", "ГРАО")
            for p in places
        ),
        "population_kinds": (("pop_current", "Регистрирани по настоящ адрес"),),
    }
    return Facts(**(given | changes))  # type: ignore[arg-type]


def _service(chance: random.Random, code: str, town: str) -> ServiceFacts:
    capacity = chance.choice([8, 12, 15, 20, 30, 40])
    return ServiceFacts(
        code=code,
        name=f"Услуга {code}",
        type=chance.choice(["csri", "csc", "day"]),
        municipality=town,
        groups=tuple(chance.sample(["kids", "adults"], chance.choice([1, 1, 2]))),
        capacity=capacity,
        crisis_places=chance.choice([None, 0, 2]),
        occupied=max(0, capacity + chance.choice([-12, -6, -3, -1, 0, 2])),
        waiting=chance.choice([0, 0, 1, 2, 3, 6, 12]),
        posts=(
            PostFacts("психолог", 1, chance.choice([0, 0.5, 1])),
            PostFacts("социален работник", 3, chance.choice([2, 3])),
        ),
    )


def _card(chance: random.Random, number: int, service: ServiceFacts) -> CardFacts:
    code = f"К-2026-{number:03d}"
    if number % 7 == 6:
        return CardFacts(code, service.code, "draft", "Чернова")
    answers: list[tuple[str, str, str, float | None]] = []
    for row, name in enumerate(chance.sample(["psy", "log", "kin"], chance.choice([0, 1, 2]))):
        users = chance.choice([1, 2, 4, 6, 9])
        answers += [
            ("support.specialist", f"support[{row}].specialist", name, None),
            ("support.users", f"support[{row}].users", str(users), users),
            ("support.hours", f"support[{row}].hours", "", users * 4.5),
        ]
    if chance.random() < 0.5:
        users = chance.choice([1, 3, 8])
        answers += [
            ("crisis.specialist", "crisis[0].specialist", "psy", None),
            ("crisis.users", "crisis[0].users", str(users), users),
        ]
    answers.append(("transport", "transport", chance.choice(["yes", "no"]), None))
    families = chance.choice([0, 3, 11, 25])
    answers += [
        ("families", "families", str(families), families),
        ("proposals", "proposals", f"Повече часове за {code}.", None),
    ]
    return CardFacts(code, service.code, "verified", "Потвърдена", answers=tuple(answers))
