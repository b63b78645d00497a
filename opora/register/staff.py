"""The staff list of a service as values, and two people's changes of it put together row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from opora.foundation.core import shown
from opora.register.models import Service


class Staff(NamedTuple):
    """One profession: posts in the staff list and posts filled."""

    profession: str
    posts: Decimal
    filled: Decimal


Numbers = Mapping[str, str]
"""Both numbers of each profession, in one text, as they are compared."""


def staff_now(service: Service) -> Numbers:
    """What stands."""
    return said([Staff(one.profession, one.posts, one.filled) for one in service.posts.all()])


def said(rows: Sequence[Staff]) -> Numbers:
    """What was typed."""
    return {row.profession: f"{_plain(row.posts)} / {_plain(row.filled)}" for row in rows}


def together(rows: Sequence[Staff], now: Numbers, seen: str) -> list[Staff]:
    """What stands, with the rows in it that the page's reader changed, added or took out. Clash where both did in one."""
    mine, theirs = _sides(said(rows), now)
    words = _("Докато пишехте, някой друг записа промяна.")
    return _rows({**theirs, **shown.brought(mine, theirs, seen, words)})


def after_clash(rows: Sequence[Staff], now: Numbers, seen: str) -> tuple[list[Staff], list[str]]:
    """The rows shown again, mine where I wrote, and professions that both changed."""
    mine, theirs = _sides(said(rows), now)
    own = {name: mine[name] for name in shown.touched(mine, seen)}
    return _rows({**theirs, **own}), sorted(shown.met(mine, theirs, seen))


def _sides(mine: Numbers, now: Numbers) -> tuple[dict[str, str | None], dict[str, str | None]]:
    names = dict.fromkeys([*now, *mine])
    return {name: mine.get(name) for name in names}, {name: now.get(name) for name in names}


def _rows(texts: Mapping[str, str | None]) -> list[Staff]:
    pairs = ((name, text.split(" / ")) for name, text in texts.items() if text)
    return [Staff(name, Decimal(posts), Decimal(filled)) for name, (posts, filled) in pairs]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
