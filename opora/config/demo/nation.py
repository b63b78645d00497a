"""The whole country for benchmarks: 28 regions, about 1,200 services, more than 200,000 answers.

Every region has held two collections of its own; the last one, which all 28 can be analysed from, covers the country.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

from django.db import transaction

from opora.config.demo import prepare, rounds
from opora.evidence.survey import actions
from opora.evidence.survey.models import TemplateVersion
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.core import clock
from opora.foundation.core.identifiers import eik_is_valid
from opora.foundation.territory.models import Municipality, Region
from opora.register.models import Service

PER_REGION = 45
OWN_ROUNDS = 2
SEED = 28
KINDS = (
    ("csc", "Център за обществена подкрепа", "children_at_risk;parents", 40),
    ("csri", "Център за социална рехабилитация и интеграция", "children_disabilities;adults_disabilities", 35),
    ("day_child_dis", "Дневен център за деца и младежи с увреждания", "children_disabilities;youth_disabilities", 25),
    ("day_adult_dis", "Дневен център за пълнолетни лица с увреждания", "adults_disabilities", 30),
    ("day_elderly", "Дневен център за стари хора", "elderly", 30),
    ("ftpc_child", "Център за настаняване от семеен тип за деца без увреждания", "children_without_parental_care", 12),
    ("ftpc_child_dis", "Център за настаняване от семеен тип за деца с увреждания", "children_disabilities;children_without_parental_care", 14),
    ("protected_home", "Защитено жилище", "adults_intellectual;adults_mental", 8),
    ("home_care", "Домашен социален патронаж", "elderly;elderly_care", 90),
    ("crisis_centre", "Кризисен център", "children_violence;adults_violence", 10),
    ("observed_home", "Наблюдавано жилище", "youth_leaving_care", 6),
    ("inst_elderly", "Дом за стари хора", "elderly;elderly_care", 60),
)  # fmt: skip


def stands() -> bool:
    """Whether the other regions are in."""
    return Service.objects.count() > 2 * PER_REGION


@transaction.atomic
def fill(tell: Callable[[str], None]) -> None:
    """Bring the other regions' services in, then hold and close the collections of all 28 and of the country."""
    rng = random.Random(SEED)  # noqa: S311 - invented data, not secrets
    services = list(_services(rng))
    prepare.bring_register(services, _posts(services, rng))
    tell(f"{len(services)} услуги · services")
    version = TemplateVersion.objects.get()
    now = clock.now()
    for number, region in enumerate(Region.objects.order_by("code"), 1):
        for wave in range(OWN_ROUNDS):
            when = now - dt.timedelta(days=900 - 300 * wave)
            _hold(region.path, version, when, seed=number * 10_000 + wave * 1_000)
        tell(f"{number}/28 {region.full_name}")
    _hold("BG", version, now - dt.timedelta(days=300), seed=1_000_000)


def _services(rng: random.Random) -> Iterator[dict[str, str]]:
    for region in Region.objects.exclude(code__in=("LOV", "KRZ")).order_by("code"):
        towns = list(Municipality.objects.filter(region=region).order_by("code"))
        for number in range(1, PER_REGION + 1):
            town = rng.choice(towns[: max(1, len(towns) // 2)] + towns)
            yield _service(region, town, number, rng)


def _service(region: Region, town: Municipality, number: int, rng: random.Random) -> dict[str, str]:
    kind, name, groups, size = rng.choice(KINDS)
    places = max(6, round(size * rng.uniform(0.6, 1.4)))
    people = round(places * rng.uniform(0.55, 1.05))
    waiting = rng.choice([0, 0, 0, 1, 2, 4, 9])
    opened = dt.date(2005, 1, 1) + dt.timedelta(days=rng.randrange(5_500))
    return {
        "code": f"{region.code}-{number:02d}", "name": f"{name} – {town.name} {number}",
        "organisation": f"Община {town.name} ({town.code})", "organisation_eik": _eik(town.code), "type": kind,
        "settlement": "", "municipality": town.code, "region": region.code, "address": "",
        "capacity": str(places), "crisis_places": "", "occupied": str(people), "waiting": str(waiting),
        "funded": str(places), "target_groups": groups, "delegated_since": "", "opened_on": opened.isoformat(),
        "closed_on": "", "managed_with": "", "complex": "", "head": f"Ръководител {region.code} {number}",
        "phone": f"02/60{number:04d}", "email": f"{region.code.lower()}-{number:02d}@example.bg",
    }  # fmt: skip


def _eik(seed: str) -> str:
    rng = random.Random(seed)  # noqa: S311 - invented data, not secrets
    while True:
        number = "98" + "".join(str(rng.randrange(10)) for _ in range(7))
        if eik_is_valid(number):
            return number


def _posts(services: list[dict[str, str]], rng: random.Random) -> list[dict[str, str]]:
    rows = []
    for service in services:
        for profession in ("ръководител", "социален работник", "психолог", "рехабилитатор"):
            posts = rng.choice([1, 1, 2, 3])
            filled = posts - (1 if rng.random() < 0.2 else 0)
            rows.append(
                {
                    "service": service["code"],
                    "profession": profession,
                    "posts": str(posts),
                    "filled": str(filled),
                }
            )
    return rows


def _hold(path: str, version: TemplateVersion, when: dt.datetime, *, seed: int) -> None:
    coordinator = Actor(None, f"Координатор {path}", holdings=(Holding("regional_coordinator", path),))
    held = rounds.open_past(coordinator, version, path, when, days=25)
    for number, card in enumerate(rounds.cards_of(held)):
        rounds.send(coordinator, card, when + dt.timedelta(days=3), seed=seed + number, verify=True)
    with clock.at(when + dt.timedelta(days=30)):
        actions.close_round(coordinator, held)
