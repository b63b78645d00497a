"""What the second wall costs a request on PostgreSQL, and how long a person by ЕГН takes among many files (D6).

Run: python scripts/with_postgres.py -- python bench/wall.py [FILES]; without PostgreSQL only the search, on SQLite.
"""

import os
import statistics
import sys
import time

os.environ.setdefault("OPORA_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - settings first
from django.test.utils import setup_test_environment  # noqa: E402

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
ROUNDS = 300


def fill(make, sealing, models):
    """Files of a hundred services, copied from one, each with a person of their own ЕГН."""
    people, files = [], []
    places = [make.service(f"LOV-{n}") for n in range(100, 200)]
    worker = make.person_in(places[0], "case_manager")
    own = make.file(places[0], worker=worker)
    for n in range(FILES):
        number = f"{n:010d}"
        people.append(models.Person(first_name="Име", last_name=f"Пробен{n}", sort_name=f"пробен{n} име", sound_text=f" {n} ", identifier_kind="egn",
                                    identifier_index=sealing.blind(number, column=models.IDENTIFIER)))  # fmt: skip
    made = models.Person.objects.bulk_create(people, batch_size=2000)
    for n, person in enumerate(made):
        place = places[n % 100]
        files.append(models.ClientFile(code=f"Б-{n}", service=place, path=place.path, person=person, asked_by="self", ground="wish", wished_on=own.wished_on,
                                       opened_at=own.opened_at, opened_by="x", last_event_at=own.opened_at))  # fmt: skip
    models.ClientFile.objects.bulk_create(files, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return places[0], worker, own


def timed(do, rounds=ROUNDS):
    """Milliseconds: median and 95th percentile."""
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        do()
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return f"median {statistics.median(spent):.2f} ms, p95 {spent[int(rounds * 0.95)]:.2f} ms"


def main():
    from opora.care.casework import middleware, models, queries, wall
    from opora.care.casework.tests import make
    from opora.foundation.accounts.tests import make as people
    from opora.foundation.core import sealing

    place, _worker, own = fill(make, sealing, models)
    head = make.person_in(place, "service_manager")
    actor, browser = make.as_actor(head), people.client_of(head)
    print(f"{connection.vendor}, {FILES} files")
    page = f"/files/{own.code}/"
    if wall.stands():

        def context():
            with wall.behind(actor):
                pass

        def bare():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1")

        print("transaction with the context:", timed(context), "· with SELECT 1 instead:", timed(bare))
        print("a file's page behind the wall:", timed(lambda: browser.get(page), 100))
        behind = wall.behind
        middleware.wall.behind = lambda _actor: transaction.atomic()
        print("the same, all rows allowed:   ", timed(lambda: browser.get(page), 100))
        middleware.wall.behind = behind
        with wall.behind(actor):
            print("own list behind the wall:     ", timed(lambda: list(queries.files_of(actor)[:50])))
            print("the list nobody scoped:       ", timed(lambda: list(models.ClientFile.objects.all()[:50])))
        print("own list, scoping only:       ", timed(lambda: list(queries.files_of(actor)[:50])))
    numbers = iter(range(0, FILES, 7))

    def find():
        queries.found(actor, f"{next(numbers) * 100 % FILES:010d}", 5)

    def alike():
        queries.alike(
            actor,
            first_name="Име",
            last_name="Друг",
            born=own.person.born,
            identifier=f"{next(numbers):010d}",
        )

    with wall.behind(actor):
        print("find by ЕГН:                  ", timed(find))
        print("is this child known elsewhere:", timed(alike))


if __name__ == "__main__":
    from django.test.runner import DiscoverRunner

    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        main()
    finally:
        runner.teardown_databases(made)
