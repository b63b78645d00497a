"""Candidates beside each other, every figure with the address of what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.foundation.ui import formats
from opora.improvement.practice import grouping
from opora.improvement.practice.board_view import in_hundred, mark, place_words
from opora.improvement.practice.gathering import Candidate
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.shortlist import Place


@dataclass(frozen=True)
class Side:
    """One figure in the comparison: text, address of what stands behind it."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class SideRow:
    """One line of the comparison."""

    name: str
    cells: tuple[Side, ...]
    head: bool = False


def side_by_side(board: Board, codes: Sequence[str], *, mean: bool = False) -> list[SideRow]:
    """Any candidates beside each other: place, domains, and every indicator down to its mark.

    `mean` adds the mean of the services that the first of them is ranked with.
    """
    chosen = [board.by_code[code] for code in codes if code in board.by_code]
    places = [board.ranking.place(one.service.code) for one in chosen]
    rows = [
        *_group(board, chosen),
        SideRow(_("Място"), tuple(Side(place_words(p) if p else formats.NONE) for p in places), head=True),
        SideRow(_("Първа"), tuple(Side(in_hundred(p.first) if p else formats.NONE) for p in places)),
        *_among(board, places),
        SideRow(_("Средна степен"), tuple(Side(mark(p.score) if p else formats.NONE) for p in places)),
    ]
    for domain, title in board.domains.items():
        inside = [c for c in board.criteria if c.domain == domain]
        rows.append(
            SideRow(
                title,
                tuple(Side(mark(p.domains.get(domain)) if p else formats.NONE) for p in places),
                head=True,
            )
        )
        rows += [_indicator(board, chosen, c.code, c.title) for c in inside]
    return _with_means(board, rows, codes[0]) if mean else rows


def _group(board: Board, chosen: Sequence[Candidate]) -> list[SideRow]:
    """In which group each stands, where services are divided."""
    if not board.grouping:
        return []
    titles = tuple(Side(board.kinds[one.service.code].title) for one in chosen)
    return [SideRow(_("Група"), titles)]


def _among(board: Board, places: Sequence[Place | None]) -> list[SideRow]:
    """How often among the first of its group; the same as „first“ where only the first place counts."""
    share = grouping.shared_places(board.period.awards, len(board.groups))
    if share == 1:
        return []
    cells = tuple(Side(in_hundred(p.among) if p else formats.NONE) for p in places)
    return [SideRow(_("Сред първите %(k)s") % {"k": share}, cells)]


def _with_means(board: Board, rows: Sequence[SideRow], code: str) -> list[SideRow]:
    """The mean of the services it is ranked with as a last column."""
    levels: dict[str, list[float | None]] = {}
    group = board.like(code)
    if group is None:
        return [SideRow(row.name, (*row.cells, Side("")), row.head) for row in rows]
    ranking, marked = group.ranking, group.marked
    for place in ranking.places:
        levels.setdefault(_("Средна степен"), []).append(place.score)
        for domain, title in board.domains.items():
            levels.setdefault(title, []).append(place.domains.get(domain))
    for one in marked:
        for c in board.criteria:
            levels.setdefault(f"{c.code} {c.title}", []).append(one.levels.get(c.code))
    means = {name: [v for v in found if v is not None] for name, found in levels.items()}
    texts = {name: mark(sum(found) / len(found)) for name, found in means.items() if found}
    return [SideRow(row.name, (*row.cells, Side(texts.get(row.name, ""))), row.head) for row in rows]


def _indicator(board: Board, chosen: Sequence[Candidate], code: str, title: str) -> SideRow:
    cells = []
    for one in chosen:
        final = one.final(code)
        if final is None or final.level is None:
            cells.append(Side(formats.NONE))
            continue
        href = reverse("practice_period_mark", args=[board.period.code, one.service.code, code])
        cells.append(Side(formats.number(final.level), href))
    return SideRow(f"{code} {title}", tuple(cells))
