"""Released tables: the same numbers on the page and in the files, small ones hidden so that they stay hidden."""

import io

import pytest
from python_calamine import CalamineWorkbook

from opora.desk.reports import actions, queries
from opora.desk.reports.models import Release
from opora.engines import disclosure
from opora.foundation.accounts.tests import make as people
from opora.register.tests import make

pytestmark = pytest.mark.django_db


def register():
    """Two regions; in Ловеч a service with three people, in Кърджали larger ones."""
    lovech, kardzhali = make.municipality("LOV18", "Ловеч"), make.municipality("KRZ16", "Кърджали")
    make.service("А", code="L-1", where=lovech, type="csc", capacity=10, occupied=3)
    make.service("Б", code="L-2", where=lovech, type="csri", capacity=40, occupied=30)
    make.service("В", code="K-1", where=kardzhali, type="csc", capacity=50, occupied=41)
    make.service("Г", code="K-2", where=kardzhali, type="csri", capacity=30, occupied=22)


def test_the_analyst_sees_services_by_region_and_type():
    register()
    page = people.client_for("ministry_viewer").get("/reports/?measure=services").text
    assert "обл. Ловеч" in page
    assert "обл. Кърджали" in page


def test_small_numbers_of_people_are_hidden_and_cannot_be_computed():
    register()
    release = actions.released(people.actor("ministry_viewer"), "occupied")
    hidden = [(r, c) for r, line in release.cells.items() for c, n in line.items() if n is None]
    assert len(hidden) >= 2
    given = queries.counts("occupied")
    table = disclosure.tabulate(
        given.leaves, [disclosure.flat("total", ["LOV", "KRZ"]), disclosure.flat("total", ["csc", "csri"])]
    )
    protected = disclosure.Protected(
        table,
        5,
        frozenset(k for k in hidden if 0 < table.cells[k] < 5),
        frozenset(k for k in hidden if not 0 < table.cells[k] < 5),
    )
    assert disclosure.leaks(protected) == ()


def test_places_are_no_people_and_stay():
    register()
    release = actions.released(people.actor("ministry_viewer"), "capacity")
    assert release.cells["total"]["total"] == 130
    assert all(n is not None for line in release.cells.values() for n in line.values())


def test_the_same_counts_give_the_same_release():
    register()
    first = actions.released(people.actor("ministry_viewer"), "occupied")
    assert actions.released(people.actor("ministry_viewer"), "occupied").pk == first.pk
    assert Release.objects.count() == 1


def test_files_hold_what_the_page_shows():
    register()
    client = people.client_for("ministry_viewer")
    text = client.get("/reports/occupied.csv").content.decode("utf-8-sig")
    assert ":c" in text
    assert "Скрит" not in text.splitlines()[0]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/reports/occupied.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert any(":c" in map(str, row) for row in rows)
    notes = " ".join(str(row[0]) for row in book.get_sheet_by_index(1).to_python())
    assert "скрито малко число" in notes
    assert "Източник" in notes


def test_an_empty_register_says_the_next_step():
    assert "Регистърът още е празен" in people.client_for("ministry_viewer").get("/reports/").text


@pytest.mark.parametrize("role", people.ACCOUNT_ROLES)
def test_who_plans_reads_and_nobody_else(role):
    allowed = {
        "national_admin",
        "ministry_viewer",
        "quality_inspector",
        "regional_coordinator",
        "municipality_expert",
        "service_manager",
    }
    status = people.client_for(role).get("/reports/").status_code
    assert status == (200 if role in allowed else 404)


def test_an_unknown_measure_does_not_exist():
    client = people.client_for("ministry_viewer")
    assert client.get("/reports/?measure=children").status_code == 404
    assert client.get("/reports/children.csv").status_code == 404
