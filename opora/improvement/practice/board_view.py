"""The board of an award period as its pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Dots, Picture, dots
from opora.improvement.practice import grouping, stages
from opora.improvement.practice.gathering import Candidate, Gate
from opora.improvement.practice.grouping import Kind
from opora.improvement.practice.models import Period, Standing
from opora.improvement.practice.names import brief
from opora.improvement.practice.queries_board import Board, shared
from opora.improvement.practice.shortlist import Place
from opora.improvement.practice.standings import standing, standing_meaning

MOST = 10
"""Services in the picture."""
LEAST = 0.005
"""A share nearer to none or to all than this is not rounded to it, but said to be under 1 or over 99 of 100."""
GATE_TAGS = {True: "done", False: "wrong", None: "waiting"}


@dataclass(frozen=True)
class PlaceLine:
    """One row of the shortlist."""

    code: str
    name: str
    town: str
    place: str
    first: str
    among: str
    score: str
    between: str
    standing: tuple[str, str]
    listed: bool
    like: str
    missing: str
    nominated: str
    before: str
    group: Kind
    certain: str = ""

    @property
    def meaning(self) -> str:
        """What its tag means, and what to do."""
        return standing_meaning(self.certain) if self.certain else ""


@dataclass(frozen=True)
class Section:
    """One group of the shortlist: its rows, its picture, and how many count as the first in it."""

    kind: Kind
    lines: tuple[PlaceLine, ...]
    picture: Picture | None
    places: int


def sections(board: Board) -> list[Section]:
    """The ranking group by group; one section without a name where services are not divided."""
    found: dict[Kind, list[PlaceLine]] = {}
    for line in lines(board):
        found.setdefault(line.group, []).append(line)
    places = grouping.shared_places(board.period.awards, len(found))
    return [
        Section(kind, tuple(rows), _picture(board, [line.code for line in rows], places), places)
        for kind, rows in found.items()
    ]


def small(board: Board) -> list[str]:
    """Groups too small to be ranked, in words."""
    return [
        _("%(group)s: %(names)s")
        % {"group": kind.title, "names": ", ".join(one.service.name for one in found)}
        for kind, found in board.small
    ]


def lines(board: Board) -> list[PlaceLine]:
    """The ranking row by row, surest first, group after group."""
    before = _before(board.last)
    if board.period.stage == stages.DECIDED:
        return [_fixed(board, one, before) for one in board.fixed]
    names = {one.service.code: one.service.name for one in board.candidates}
    return [_line(board, place, names, before) for place in board.ranking.places]


def _fixed(board: Board, one: Standing, before: dict[str, float]) -> PlaceLine:
    """A row as the panel saw it."""
    score, first, among = (None if v is None else float(v) for v in (one.score, one.first, one.among))
    candidate = board.by_code.get(one.service.code)
    best = (
        formats.NONE
        if one.best is None
        else f"{one.best}"
        if one.best == one.worst
        else f"{one.best}–{one.worst}"
    )
    return PlaceLine(
        one.service.code, one.service.name, one.service.municipality.name, one.place or formats.NONE, in_hundred(first),
        in_hundred(among), mark(score), best, standing(one.standing), one.listed, "", "",
        nominated(candidate) if candidate else "", _step(score, one.service.code, before),
        Kind(one.group, one.group_title), one.standing,
    )  # fmt: skip


def _line(board: Board, place: Place, names: dict[str, str], before: dict[str, float]) -> PlaceLine:
    one = board.by_code[place.key]
    return PlaceLine(
        place.key, one.service.name, one.service.municipality.name, place_words(place), in_hundred(place.first),
        in_hundred(place.among), mark(place.score), between(place), standing(place.standing), place.listed,
        _like(place, names), _missing(place), nominated(one), _step(place.score, place.key, before), board.kinds[place.key],
        place.standing,
    )  # fmt: skip


def place_words(place: Place) -> str:
    """„2–3“ for two at one place, „–“ for none."""
    return shared(place) or formats.NONE


def in_hundred(share: float | None) -> str:
    """„62 от 100“: of reasonable weightings; 100 or 0 only where it is all or none, so that a column adds up."""
    if share is None:
        return formats.NONE
    if 0 < share < LEAST:
        return _("под 1 от 100")
    if 1 - LEAST < share < 1:
        return _("над 99 от 100")
    return _("%(n)s от 100") % {"n": _hundredths(share)}


def _hundredths(share: float) -> int:
    return int(100 * share + 0.5)


def mark(level: float | None) -> str:
    """A level with two decimals."""
    return formats.NONE if level is None else formats.number(level, 2)


def between(place: Place) -> str:
    """The places in nine weightings of ten."""
    if place.best is None or place.worst is None:
        return formats.NONE
    return f"{place.best}" if place.best == place.worst else f"{place.best}–{place.worst}"


def _like(place: Place, names: dict[str, str]) -> str:
    if not place.like:
        return ""
    if len(place.like) <= 2:
        return _("няма ясна разлика с %(names)s") % {"names": ", ".join(names[code] for code in place.like)}
    words = ngettext("няма ясна разлика с %(n)s услуга", "няма ясна разлика с %(n)s услуги", len(place.like))
    return words % {"n": len(place.like)}


def _shut(gate: Gate) -> str:
    """Why a gate is shut, as the name of what is missing."""
    if gate.code == "clear":
        return _("има отворено предписание") if gate.passed is False else _("предписанията не са проверени")
    return {"card": _("картата не е върната"), "visit": _("няма приключило посещение")}.get(
        gate.code, gate.title
    )


def _missing(place: Place) -> str:
    if not place.missing:
        return ""
    words = ngettext("няма оценка по %(codes)s", "няма оценки по %(codes)s", len(place.missing))
    return words % {"codes": ", ".join(place.missing)}


def nominated(one: Candidate) -> str:
    """Who proposed it, in words."""
    kinds = dict.fromkeys(str(n.get_kind_display()) for n in one.nominations if n.state != "declined")
    return _("номинирана %(by)s") % {"by": ", ".join(kinds)} if kinds else ""


def _before(last: Period | None) -> dict[str, float]:
    if last is None:
        return {}
    return {one.service.code: float(one.score) for one in last.standings.all() if one.score is not None}


def _step(score: float | None, code: str, before: dict[str, float]) -> str:
    if score is None or code not in before:
        return ""
    step = score - before[code]
    return f"{'−' if step < 0 else '+'}{formats.number(abs(step), 2)}"


def _picture(board: Board, codes: Sequence[str], places: int) -> Picture | None:
    """How often each of these services is among the first: one dot a service."""
    rows = [(p.key, p.among, p.first) for p in board.ranking.places if p.among is not None]
    if board.period.stage == stages.DECIDED:
        rows = [
            (o.service.code, float(o.among), float(o.first or 0)) for o in board.fixed if o.among is not None
        ]
    rows = [row for row in rows if row[0] in set(codes)]
    names = {one.service.code: one.service.name for one in board.candidates}
    if not rows:
        return None
    series = (_("сред първите %(k)s") % {"k": places}, _("първа"))[places == 1 :]
    items = [
        Dots(
            brief(names.get(code, code)), (_hundredths(among or 0.0), _hundredths(first or 0.0))[places == 1 :],
            href=reverse("practice_period_place", args=[board.period.code, code]),
        )
        for code, among, first in rows[:MOST]
    ]  # fmt: skip
    code, _among, first = rows[0]
    title = _("%(name)s е първа в %(share)s правдоподобни тежести") % {
        "name": names.get(code, code),
        "share": in_hundred(first),
    }
    return dots(
        title, items, series=series, unit=_("от 100 тежести"),
        limits=(0, 100), heading=_("Услуга"), source=_sources(board),
    )  # fmt: skip


def _sources(board: Board) -> str:
    return _("%(n)s тежести; всяка е с до %(spread)s по-голяма или по-малка от приетата. Кръг %(round)s.") % {
        "n": formats.number(board.ranking.samples), "spread": formats.percent(float(board.period.spread)),
        "round": board.period.round_code,
    }  # fmt: skip


def gate_rows(found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Services that are not ranked, with what is missing."""
    return [
        {"code": one.service.code, "name": one.service.name, "town": one.service.municipality.name,
         "nominated": nominated(one), "gates": [(g.title, g.found, GATE_TAGS[g.passed], passed(g)) for g in one.gates if not g.passed],
         "why": ", ".join(_shut(g) for g in one.gates if not g.passed)}
        for one in found
    ]  # fmt: skip


def prescription(gate: Gate) -> str:
    """The same of an open prescription: there is none, there is one, nobody has looked."""
    return {True: _("няма"), False: _("има"), None: _("не е проверено")}[gate.passed]


def passed(gate: Gate) -> str:
    """How a gate stands, in words."""
    return {True: _("изпълнено"), False: _("не е изпълнено"), None: _("не е проверено")}[gate.passed]
