"""Client files at the size of the country: pages one by one (CPU ms, queries), then many people at once.

Run: PYTHONPATH=. OPORA_MODE=test python bench/files.py [files] [events]; beside a PostgreSQL of its own:
OPORA_MODE=test python scripts/with_postgres.py -- python bench/files.py. Baseline in the same run: the chronology of one file in
a plain Django view and template, no policies, no audit, no frame.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from pypdf import PdfReader

from bench.casework.country import LONG, fill
from bench.casework.load import at_once, note_of
from opora.care.casework.models import ClientFile, Event
from opora.care.casework.tests.make import egn
from opora.config.urls import urlpatterns as product
from opora.foundation.accounts.doors import door
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.territory.actions import load_builtin_facts
from opora.register.models import Service

PLAIN = """<!doctype html><html lang=bg><h1>{{ file.person.name }}</h1><form method=post><textarea name=text></textarea></form>
<ol>{% for one in events %}<li><h3>{{ one.get_kind_display }}</h3><p>{{ one.on|date:"d.m.Y" }} {{ one.by }}, {{ one.profession }}, {{ one.organisation }}</p>
<div>{{ one.text }}</div>{% endfor %}</ol>"""


@door(roles=("case_manager",))
def plain(request, code):
    file = ClientFile.objects.select_related("person").get(code=code)
    page = engines.all()[1].from_string(PLAIN)
    return HttpResponse(page.render({"file": file, "events": file.events.all()}, request))


urlpatterns = [path("plain/<str:code>/", plain), *product]


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
    papers(worker, long)


def papers(worker: Client, file: ClientFile) -> None:
    """The whole file with its thousand events, as it is printed."""
    for ending in ("pdf", "docx"):
        address = f"/files/{file.code}/documents/file/{ending}/?to=service"
        took = measured(f"whole file, {LONG:,} events, {ending.upper()}", lambda a=address: worker.post(a), 3)
        if ending == "pdf":
            sheets = len(PdfReader(io.BytesIO(worker.post(address).content)).pages)
            print(f"  {'':44} {sheets} sheets, {40 * took / sheets / 1000:.1f} s CPU for 40")


def head_of(service: Service) -> User:
    return User.objects.get(grants__role="service_manager", grants__scope=service.path)


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
    for threads in (1, 2, 4):
        at_once(20, threads=threads)


if __name__ == "__main__":
    main()
