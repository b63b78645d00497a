"""The table of people with an open file: by region, type of service and age, small numbers hidden for good."""

import datetime as dt

import pytest

from opora.care.casework import queries_counts
from opora.care.casework.models import ClientFile, Person
from opora.care.casework.tests import make as files
from opora.desk.reports import actions, queries
from opora.desk.reports.models import Release
from opora.engines import disclosure
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.register.tests import make

pytestmark = pytest.mark.django_db


def fill(*, lovech: int = 9, kardzhali: int = 3, adult: bool = True) -> None:
    """Children of ten years in two regions; one of those in Ловеч is grown up."""
    for code, town, many in (("LOV18", "Ловеч", lovech), ("KRZ16", "Кърджали", kardzhali)):
        where = make.municipality(code, town)
        one = make.service(f"Център {town}", code=f"C-{code}", where=where, type="csc")
        worker = files.person_in(one, "case_manager")
        for number in range(many):
            made = files.file(one, worker=worker, identifier="")
            Person.objects.filter(pk=made.person_id).update(born=dt.date(clock.today().year - 10, 1, 1))
    if adult:
        first = ClientFile.objects.order_by("pk")[0]
        Person.objects.filter(pk=first.person_id).update(born=None, birth_year=1990)


def test_open_files_are_counted_by_region_kind_and_age_and_closed_ones_not() -> None:
    fill(lovech=3, kardzhali=1)
    ClientFile.objects.filter(path__contains="KRZ").update(stage="closed")
    assert queries_counts.open_files_by_age(clock.today()) == {
        ("LOV", "csc", "7-13"): 2, ("LOV", "csc", "18+"): 1,
    }  # fmt: skip


def test_small_numbers_of_three_dimensions_cannot_be_computed_back() -> None:
    fill()
    release = actions.release_files(system())
    assert release.cells["LOV|18+"]["csc"] is None
    given = queries.counts(queries.FILES)
    axes = [disclosure.flat("total", [code for code, _ in names]) for names in (given.regions, given.types)]
    table = disclosure.tabulate(given.leaves, [*axes, disclosure.flat("total", list(given.layers))])
    hidden = {
        (row.partition("|")[0], kind, row.partition("|")[2] or "total")
        for row, line in release.cells.items() for kind, n in line.items() if n is None
    }  # fmt: skip
    small = frozenset(key for key in hidden if 0 < table.cells[key] < 5)
    assert small
    assert disclosure.leaks(disclosure.Protected(table, 5, small, frozenset(hidden - small))) == ()


def test_a_new_table_waits_its_days_so_that_the_difference_is_nobody() -> None:
    fill()
    first = actions.release_files(system())
    files.file(ClientFile.objects.first().service, worker=ClientFile.objects.first().lead, identifier="")
    assert actions.release_files(system()) is None
    with clock.at(clock.now() + dt.timedelta(days=30)):
        assert actions.release_files(system()).pk != first.pk
    assert Release.objects.count() == 2


def test_the_page_shows_one_age_and_the_file_every_one() -> None:
    client = people.client_for("ministry_viewer")
    assert "Таблицата още не е направена" in client.get("/reports/?measure=files").text
    assert client.get("/reports/files.csv").status_code == 404
    fill(lovech=30, kardzhali=20, adult=False)
    actions.release_files(system())
    page = client.get("/reports/?measure=files&age=7-13").text
    assert "Хора с открито досие по област и тип услуга" in page
    assert 'aria-current="page">7–13' in page
    assert client.get("/reports/?measure=files&age=5").status_code == 404
    lines = client.get("/reports/files.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Код;Област;Възраст")
    assert any(line.startswith("KRZ;обл. Кърджали;7–13;") and line.endswith(";20") for line in lines)
