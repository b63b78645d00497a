# ruff: noqa: E402
"""Client files at the size of the country: pages one by one (CPU ms, queries), then many people at once.

Run: PYTHONPATH=. OPORA_MODE=test python bench/files.py [files] [events]; beside a PostgreSQL of its own:
OPORA_MODE=test python scripts/with_postgres.py -- python bench/files.py. Baseline in the same run: the chronology of one file in
a plain Django view and template, no policies, no audit, no frame.
"""

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from opora.care.casework import stages
from opora.care.casework.actions.common import describe
from opora.care.casework.models import IDENTIFIER, ClientFile, Deadline, Event, Member, Person, Relation
from opora.care.casework.tests.make import egn
from opora.config.urls import urlpatterns as product
from opora.foundation.accounts.doors import door
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock, sealing
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.models import Municipality
from opora.register.models import Service
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
PLAIN = """<!doctype html><html lang=bg><h1>{{ file.person.name }}</h1><form method=post><textarea name=text></textarea></form>
<ol>{% for one in events %}<li><h3>{{ one.get_kind_display }}</h3><p>{{ one.on|date:"d.m.Y" }} {{ one.by }}, {{ one.profession }}, {{ one.organisation }}</p>
<div>{{ one.text }}</div>{% endfor %}</ol>"""


@door(roles=("case_manager",))
def plain(request, code):
    file = ClientFile.objects.select_related("person").get(code=code)
    page = engines.all()[1].from_string(PLAIN)
    return HttpResponse(page.render({"file": file, "events": file.events.all()}, request))


urlpatterns = [path("plain/<str:code>/", plain), *product]


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


def measured(name: str, ask: Callable[[], HttpResponse], times: int) -> float:
    """Print and give the median CPU milliseconds of a request through the whole stack."""
    answer, asked, spent = ask(), [], []
    with connection.execute_wrapper(lambda run, *given: (asked.append(1), run(*given))[1]):
        answer = ask()
    clocked = []
    for _ in range(times):
        start, wall = time.process_time(), time.perf_counter()
        answer = ask()
        spent.append((time.process_time() - start) * 1000)
        clocked.append((time.perf_counter() - wall) * 1000)
    assert answer.status_code in (200, 302), (name, answer.status_code)
    print(f"  {name:44} {statistics.median(spent):7.1f} ms CPU {statistics.median(clocked):7.1f} ms clock "
          f"{len(asked):3} queries {len(answer.content) / 1024:6.0f} KB", flush=True)  # fmt: skip
    return statistics.median(spent)


def pages() -> None:
    """What one worker and one head ask for."""
    long, other = ClientFile.objects.order_by("pk")[:2]
    worker, head = people.client_of(long.lead), people.client_of(head_of(long.service))
    hx = {"HTTP_HX_REQUEST": "true"}
    home = {"worker": worker, "head": head}
    for who, client in home.items():
        measured(f"home page, {who}", lambda client=client: client.get("/", follow=True), 15)
    measured("list of files, head", lambda: head.get("/files/"), 15)
    their = people.client_of(other.lead)
    measured("file page", lambda: their.get(f"/files/{other.code}/"), 25)
    ours = measured(f"file page, chronology of {LONG:,}", lambda: worker.get(f"/files/{long.code}/"), 7)
    base = measured("the same, plain Django", lambda: worker.get(f"/plain/{long.code}/"), 7)
    print(f"  {'':44} {ours / base:.1f} times the plain one")
    for typed in ("кал", "росен", "0800000", egn(long.person.born)):
        measured(f"search as you type: {typed if typed.isalpha() else 'number'}",
                 lambda typed=typed: head.post("/files/find/", {"q": typed}, **hx), 15)  # fmt: skip
    alike = {"first_name": "Калина", "last_name": "Росенова", "born": "05.02.2014", "identifier": ""}
    measured(
        "duplicates while typing, whole country", lambda: worker.post("/files/new/alike/", alike, **hx), 7
    )
    measured("note", lambda: worker.post(f"/files/{long.code}/", note_of()), 15)


def note_of() -> dict[str, str]:
    """A note as the form sends it."""
    day = clock.today().strftime("%d.%m.%Y")
    return {"key": os.urandom(16).hex(), "text": TEXT, "kind": "home_visit", "on": day}


def head_of(service: Service) -> User:
    return User.objects.get(grants__role="service_manager", grants__scope=service.path)


def at_once(seconds: float, connections: int = 16) -> None:
    """30 % list, 45 % file page with its audit, 15 % search, 10 % note: as TRUST trial 21, from the same two cores."""
    port = 18_000 + os.getpid() % 10_000
    command = [sys.executable, "-m", "opora.config.cli", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "3", "--threads", "4"]  # fmt: skip
    log = (Path(FOLDER.name) / "log").open("wb")
    # As it is run for real: in tests the wall of row-level security is open.
    env = os.environ | {"OPORA_MODE": "demo", "OPORA_SECRET_KEY": settings.SECRET_KEY}
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=env)
    try:
        _load(port, seconds, connections)
    finally:
        server.terminate()
        server.wait()


def _load(port: int, seconds: float, connections: int) -> None:
    import http.client
    from urllib.parse import quote, urlencode

    leads = list(User.objects.filter(led_files__stage=stages.WORK).order_by("pk").distinct()[:connections])
    homes = [(people.client_of(one).cookies["sessionid"].value, [f.code for f in one.led_files.filter(stage=stages.WORK)[:30]]) for one in leads]  # fmt: skip
    connection.close()
    _wait(port)
    took: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def person(session: str, codes: list[str], seed: int) -> None:
        dice, line = random.Random(seed), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={'a' * 32}",
            "X-CSRFToken": "a" * 32,
            "Referer": f"http://127.0.0.1:{port}/",
        }
        while time.monotonic() < end:
            roll, code = dice.random(), quote(dice.choice(codes))
            start = time.perf_counter()
            form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
            if roll < 0.3:
                line.request("GET", "/files/", headers=headers)
            elif roll < 0.75:
                line.request("GET", f"/files/{code}/", headers=headers)
            elif roll < 0.9:
                line.request(
                    "POST",
                    "/files/find/",
                    urlencode({"q": dice.choice(FIRST)[:3]}),
                    {**form, "HX-Request": "true"},
                )
            else:
                line.request("POST", f"/files/{code}/", urlencode(note_of()), form)
            answer = line.getresponse()
            answer.read()
            took.append(time.perf_counter() - start)
            if answer.status not in (200, 302):
                wrong.append(answer.status)

    started = time.monotonic()
    threads = [threading.Thread(target=person, args=(*home, n)) for n, home in enumerate(homes)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    lasted = time.monotonic() - started
    took.sort()
    print(
        f"  {len(threads)} at once for {lasted:.0f} s: {len(took) / lasted:.0f} requests/s, median {took[len(took) // 2] * 1000:.0f} ms, "
        f"p95 {took[int(len(took) * 0.95)] * 1000:.0f} ms, {len(wrong)} wrong {sorted(set(wrong))}; load comes from the same cores"
    )


def _wait(port: int) -> None:
    import http.client

    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer: " + (Path(FOLDER.name) / "log").read_text()[-2000:])


def main() -> None:
    """Fill, then measure."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    events = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    settings.ROOT_URLCONF = __name__
    call_command("migrate", verbosity=0)
    load_builtin_facts()
    load_builtin_rules()
    start = time.monotonic()
    with transaction.atomic():
        fill(files, events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"files: {connection.vendor}, {files:,} files, {Event.objects.count():,} events, {Client.__name__} through the whole stack; "
          f"filled in {time.monotonic() - start:.0f} s")  # fmt: skip
    pages()
    at_once(20)


if __name__ == "__main__":
    main()
