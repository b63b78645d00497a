"""Pages of long lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def page_of(
    rows: QuerySet[Row] | Sequence[Row], number: str | None, size: int, first: list[Row] | None = None
) -> Page[Row]:
    """The page of that number, the first where it says nothing. The rows are counted only when one page does not hold them.

    `first`: the first page and one row more, where the caller has it already.
    """
    if number not in (None, "", "1") and (first is None or len(first) > size):
        return Paginator(rows, size).get_page(number)
    known = list(rows[: size + 1]) if first is None else first
    page = Paginator(known if len(known) <= size else rows, size).get_page(1)
    page.object_list = known[:size]
    return page
