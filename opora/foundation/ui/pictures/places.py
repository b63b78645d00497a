"""Places of services: capacity as an outline, occupied inside it, waiting after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.legend import Entry, legend
from opora.foundation.ui.pictures.palette import BRAND, INK, MUTED, PAPER, hatch
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, shorten, text, text_width
from opora.foundation.ui.pictures.values import Value, numbers, spoken

THICK = 18.0


@dataclass(frozen=True)
class Places:
    """Places of one service, municipality or group: all, taken, and people waiting."""

    label: str
    capacity: Value
    occupied: Value
    waiting: Value = None
    href: str = ""


def places_bars(
    title: str, items: Sequence[Places], *, source: str = "", heading: str = "", description: str = ""
) -> Picture:
    """How full services are: „38 от 40, чакат 12“ beside each bar.

    More occupied than there is capacity is drawn past the outline and so seen at once.
    """
    return make_picture(
        lambda sheet: _draw(sheet, items),
        title=title,
        description=description or _describe(items),
        columns=[heading or _("Име"), _("Места"), _("Заети"), _("Чакащи")],
        rows=[[item.label, item.capacity, item.occupied, item.waiting] for item in items],
        source=source,
    )


def _describe(items: Sequence[Places]) -> str:
    return _("Места: {capacity}, заети: {occupied}, чакащи: {waiting}.").format(
        capacity=_total([item.capacity for item in items]),
        occupied=_total([item.occupied for item in items]),
        waiting=_total([item.waiting for item in items]),
    )


def _total(values: Sequence[Value]) -> str:
    return spoken(sum(numbers(values))) if numbers(values) else spoken(None)


def _draw(sheet: Sheet, items: Sequence[Places]) -> Drawing:
    key = legend(_entries(sheet), sheet.width)
    longest = max((text_width(item.label) for item in items), default=0)
    left = 0.0 if sheet.narrow else min(longest + 12, 260.0)
    right = max((text_width(_words(item)) for item in items), default=0) + 12
    most = max((_reach(item) for item in items), default=0) or 1.0
    unit = (sheet.width - left - right) / most
    step = THICK + (34 if sheet.narrow else 10)
    top = key.height + 10
    rows = [_item(sheet, item, left, top + i * step, unit) for i, item in enumerate(items)]
    defs = el("defs", hatch(f"{sheet.key}-wait", colour=INK, gap=5))
    height = top + step * len(items)
    return Drawing(height, Markup("").join([defs, key.body, *rows]), links=any(i.href for i in items))


def _entries(sheet: Sheet) -> list[Entry]:
    return [
        Entry(_("заети"), BRAND),
        Entry(_("свободни"), PAPER),
        Entry(_("чакащи"), f"url(#{sheet.key}-wait)"),
    ]


def _known(value: Value) -> float:
    return sum(numbers([value]))


def _reach(item: Places) -> float:
    return max(_known(item.capacity), _known(item.occupied)) + _known(item.waiting)


def _words(item: Places) -> str:
    said = _("{occupied} от {capacity}").format(
        occupied=spoken(item.occupied), capacity=spoken(item.capacity)
    )
    if item.waiting is None or item.waiting == 0:
        return said
    return said + ", " + _("чакат {waiting}").format(waiting=spoken(item.waiting))


def _item(sheet: Sheet, item: Places, left: float, y: float, unit: float) -> Markup:
    top = y + 20 if sheet.narrow else y
    middle = top + THICK / 2 + 5
    if sheet.narrow:
        label = text(shorten(item.label, sheet.width), 0, y + 14)
    else:
        label = text(shorten(item.label, left - 12), left - 8, middle, anchor="end")
    words = text(_words(item), left + _reach(item) * unit + 8, middle, fill=INK if _reach(item) else MUTED)
    body = Markup("").join([label, _bar(sheet, item, left, top, unit), words])
    return el("a", body, href=item.href) if item.href else body


def _bar(sheet: Sheet, item: Places, x: float, y: float, unit: float) -> Markup:
    capacity, occupied, waiting = (_known(v) * unit for v in (item.capacity, item.occupied, item.waiting))
    after = x + max(capacity, occupied)
    return Markup("").join(
        [
            _rect(x, y, occupied, BRAND, None),
            _rect(x, y, capacity, "none", INK),
            _rect(after, y, waiting, f"url(#{sheet.key}-wait)", None),
            _limit(x + capacity, y) if occupied > capacity > 0 else Markup(""),
        ]
    )


def _limit(x: float, y: float) -> Markup:
    """Where the places end inside an overfull bar."""
    return el("path", d=f"M{x:.1f} {y:.1f}v{THICK:.1f}", stroke=PAPER, stroke_width=2.0)


def _rect(x: float, y: float, width: float, fill: str, stroke: str | None) -> Markup:
    if width <= 0:
        return Markup("")
    return el("rect", x=x, y=y, width=width, height=THICK, fill=fill, stroke=stroke)
