# ruff: noqa: E402
"""A country of client files for the benches: services with their people, then files, families, terms and notes in bulk.

Importing it sets up Opora on a database of its own in a temporary folder, or on the one OPORA_DATABASE_URL names.
"""

import datetime as dt
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="opora-bench-")
os.environ.setdefault("OPORA_MODE", "test")
os.environ.setdefault("OPORA_DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3")
os.environ |= {
    name: str(Path(FOLDER.name) / name) for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR")
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")
Path(os.environ["OPORA_DATA_DIR"]).mkdir(exist_ok=True)

import django

django.setup()


from opora.care.casework import stages
from opora.care.casework.actions.common import describe
from opora.care.casework.models import IDENTIFIER, ClientFile, Deadline, Event, Member, Person, Relation
from opora.care.casework.tests.make import egn
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock, sealing
from opora.foundation.territory.models import Municipality
from opora.register.tests import make as register

SERVICES, WORKERS, LONG = 1_200, 4, 1_000
BATCH = 5_000
FIRST = [
    "Калина",
    "Явор",
    "Милена",
    "Борис",
    "Лора",
    "Емил",
    "Дарина",
    "Огнян",
    "Радост",
    "Пламен",
    "Невена",
    "Боян",
    "Ирина",
    "Стоян",
    "Виолета",
    "Людмил",
]
LAST = [
    "Росенов",
    "Калчев",
    "Станков",
    "Дойчев",
    "Петков",
    "Ангелов",
    "Божков",
    "Вълков",
    "Горанов",
    "Жечев",
    "Златев",
    "Кръстев",
    "Минчев",
    "Тонев",
]
TEXT = (
    "Посетихме дома. Детето показа рисунките си и разказа за училище. Майката моли срещите да са следобед. "
    * 3
)


def batches(rows: Iterator[object]) -> Iterator[list[object]]:
    """Lists of a few thousand."""
    kept: list[object] = []
    for row in rows:
        kept.append(row)
        if len(kept) == BATCH:
            yield kept
            kept = []
    yield kept


def fill(files: int, events: int) -> None:
    """A country of services with their people, then files, families, terms and notes in bulk; rows as the actions write them."""
    dice = random.Random(7)
    places = list(Municipality.objects.select_related("region"))
    kind, group, provider = (
        register.service_type("csc"),
        register.target_group("children_risk"),
        register.organisation("Доставчик"),
    )
    services = [
        register.service(f"Център {n}", code=f"S-{n}", where=places[n % len(places)], provider=provider, type=kind, groups=[group])
        for n in range(SERVICES)
    ]  # fmt: skip
    heads = [people.user("service_manager", one.path) for one in services[:64]]
    workers = {
        one.pk: [
            people.user("case_manager", one.path, profession="социален работник") for _ in range(WORKERS)
        ]
        for one in services
    }
    assert heads
    people_in(files, dice)
    made = list(Person.objects.order_by("pk")[:files])
    now, today = clock.now(), clock.today()

    def a_file(n: int, person: Person) -> ClientFile:
        service = services[n % SERVICES]
        stage = stages.WORK if n // SERVICES % 5 < 2 else stages.CLOSED
        return ClientFile(
            code=f"Д-2026-{n + 1:06d}", service=service, path=service.path, person=person, stage=stage,
            lead=workers[service.pk][n // SERVICES % WORKERS], asked_by="parent", ground="wish", wished_on=today,
            opened_at=now, opened_by="Проба", last_event_at=now - dt.timedelta(minutes=n % 50_000),
        )  # fmt: skip

    for rows in batches(a_file(n, person) for n, person in enumerate(made)):
        ClientFile.objects.bulk_create(rows)
    kept = list(ClientFile.objects.order_by("pk").values_list("pk", "lead_id", "service_id", "stage"))
    relatives = list(Person.objects.order_by("pk")[files:])
    for rows in batches(
        Relation(file_id=kept[n][0], person=one, kind="mother", decides=True)
        for n, one in enumerate(relatives)
    ):
        Relation.objects.bulk_create(rows)
    members = (
        Member(file_id=pk, user_id=user, part=part, since=dt.date(2025, 1, 1), given_by="Проба")
        for pk, lead, service, _ in kept
        for user, part in (
            (lead, "lead"),
            (next(w.pk for w in workers[service] if w.pk != lead), "specialist"),
        )
    )
    for rows in batches(members):
        Member.objects.bulk_create(rows)
    terms = (
        Deadline(
            file_id=pk,
            rule="plan_review",
            text="Преглед на плана",
            since=now,
            due=now + dt.timedelta(days=n % 180),
        )
        for n, (pk, _, _, stage) in enumerate(kept)
        if stage == stages.WORK
    )
    for rows in batches(terms):
        Deadline.objects.bulk_create(rows)
    notes(kept, events)


def people_in(files: int, dice: random.Random) -> None:
    """As many children and half as many mothers, with sealed identity numbers."""

    def somebody(n: int, child: bool) -> Person:
        born = (
            dt.date(2008, 1, 1) + dt.timedelta(days=dice.randrange(6_000)) if child else dt.date(1985, 5, 5)
        )
        last = dice.choice(LAST)
        person = Person(
            first_name=dice.choice(FIRST), last_name=last + "а", middle_name=dice.choice(LAST), born=born,
            phone=f"08{n % 100_000_000:08d}", identifier_kind="egn" if child else "",
            identifier_index=sealing.blind(egn(born, n % 1_000), column=IDENTIFIER) if child else "",
        )  # fmt: skip
        describe(person)
        return person

    for rows in batches(somebody(n, n < files) for n in range(files + files // 2)):
        Person.objects.bulk_create(rows)
    for rows in batches(Person.objects.exclude(identifier_index="").iterator()):
        for n, person in enumerate(rows):
            person.identifier_sealed = sealing.seal(
                egn(person.born, n % 1_000), column=IDENTIFIER, row=person.pk
            )
        Person.objects.bulk_update(rows, ["identifier_sealed"], batch_size=500)


def notes(kept: list[tuple[int, int, int, str]], events: int) -> None:
    """So many events over the files; the first file has a thousand."""
    day = clock.today()

    def note(pk: int, lead: int, n: int) -> Event:
        on = day - dt.timedelta(days=n % 900)
        return Event(
            file_id=pk, kind=Event.KINDS[n % 6][0], on=on, at=clock.now(), by_id=lead, by="Елица Примерова",
            profession="социален работник", organisation="Община", text=TEXT, key=f"{n}", present=["child"],
        )  # fmt: skip

    rows = (note(kept[n % len(kept)][0], kept[n % len(kept)][1], n) for n in range(events))
    for some in batches(rows):
        Event.objects.bulk_create(some)
    first = kept[0]
    there = Event.objects.filter(file_id=first[0]).count()
    Event.objects.bulk_create(note(first[0], first[1], events + n) for n in range(LONG - there))
