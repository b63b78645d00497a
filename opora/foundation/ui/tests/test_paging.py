"""Pages of lists: right at the edges, and without counting what one page holds."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.foundation.ui.paging import page_of

SIZE = 3


def rows_of(count: int):
    """So many rows of the database, oldest first."""
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(ContentType(app_label="x", model=f"m{place}") for place in range(count))
    return ContentType.objects.order_by("pk")


@pytest.mark.django_db
@pytest.mark.parametrize("count", range(8))
@pytest.mark.parametrize("number", [None, "", "1", "2", "3", "99", "-1", "x"])
def test_it_is_the_page_a_paginator_gives(count: int, number: str | None) -> None:
    rows = rows_of(count)
    whole, pages = list(rows), max(1, -(-count // SIZE))
    asked = int(number) if number and number.isdigit() else (pages if number == "-1" else 1)
    asked = min(asked, pages)
    for first in (None, list(rows[: SIZE + 1])):
        page = page_of(rows, number, SIZE, first=first)
        assert (page.number, page.paginator.num_pages, page.paginator.count) == (asked, pages, count)
        assert list(page) == whole[(asked - 1) * SIZE : asked * SIZE]
        assert list(page_of(whole, number, SIZE)) == list(page)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "statements"), [(0, 1), (3, 1), (4, 2)])
def test_one_page_is_one_statement(count: int, statements: int) -> None:
    rows = rows_of(count)
    with CaptureQueriesContext(connection) as sent:
        page = page_of(rows, None, SIZE)
        assert len(list(page)) == min(count, SIZE)
        assert page.has_next() == (count > SIZE)
    assert len(sent) == statements
