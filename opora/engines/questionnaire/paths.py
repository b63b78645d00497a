"""Paths over the form, settled when the card is compiled: how many frames up, then through which repeats
down.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .model import ChoiceList, Code, Frame, FrameKind, Group, Item, Question, Repeat, Run, Spot, Type
from .values import Value

if TYPE_CHECKING:
    from .expressions import Compiler


@dataclass(frozen=True)
class Down:
    """A step into the rows of a repeat, those that satisfy the conditions."""

    slot: int
    conditions: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Place:
    """An item seen from a frame: climb so many frames, then go down. ``row``: start from the
    predicate's row.
    """

    item: Item
    climb: int = 0
    downs: tuple[Down, ...] = ()
    row: bool = False

    def where(self, conditions: tuple[Run, ...]) -> "Place":
        """The same place with conditions on its last rows."""
        *firsts, last = self.downs
        return replace(self, downs=(*firsts, replace(last, conditions=last.conditions + conditions)))


def item_place(here: Item, there: Item) -> Place:
    """Place of an item as ``${name}`` means it: nearest common frame, then down through repeats."""
    mine, theirs = here.kind.chain(), there.kind.chain()
    common = sum(1 for a, b in zip(mine, theirs, strict=False) if a is b)
    downs = tuple(Down(slot_of(kind)) for kind in theirs[common:])
    if isinstance(there, Repeat):
        downs = (*downs, Down(there.slot))
    return Place(there, len(mine) - common, downs)


def slot_of(kind: FrameKind) -> int:
    """Slot of the repeat whose rows have this shape."""
    assert kind.repeat
    return kind.repeat.slot


def start_place(here: Item, focus: ChoiceList | Repeat | None) -> Place:
    """Place of ``.``: the item itself, or the row a condition looks at."""
    if isinstance(focus, Repeat):
        return Place(focus, row=True)
    return Place(here, downs=(Down(here.slot),) if isinstance(here, Repeat) else ())


def parent(place: Place) -> Place | None:
    """Place of ``..``."""
    above = place.item.parent
    if above is None:
        return None
    if not isinstance(place.item, Repeat):
        return replace(place, item=above)
    if place.downs:
        return replace(place, item=above, downs=place.downs[:-1])
    return replace(place, item=above, climb=place.climb + 1)


def child(place: Place, name: str) -> Place | None:
    """Place of a child by name."""
    found = place.item.child(name) if isinstance(place.item, Group) else None
    if found is None:
        return None
    downs = (*place.downs, Down(found.slot)) if isinstance(found, Repeat) else place.downs
    return replace(place, item=found, downs=downs)


def place_code(place: Place, compiler: "Compiler") -> Code:
    """Code reading what stands at a place."""
    item = place.item
    predicated = any(down.conditions for down in place.downs)
    if isinstance(item, Question):
        kind = compiler.scope.names.type_of(item)
        if not place.downs:
            return Code(single(item.slot, place), kind)
        return Code(list_values(item.slot, place), kind, many=True, predicated=predicated)
    return Code(frames(place), Type.ROWS, many=True, predicated=predicated)


def climb(place: Place) -> Callable[[Frame, Any], Frame]:
    """The frame a place starts from."""
    if place.row:
        return (
            (lambda cur, ctx: ctx.item) if not place.climb else (lambda cur, ctx: up(ctx.item, place.climb))
        )
    if not place.climb:
        return lambda cur, ctx: cur
    return lambda cur, ctx: up(cur, place.climb)


def up(frame: Frame, steps: int) -> Frame:
    """The frame so many steps above."""
    for _ in range(steps):
        assert frame.parent
        frame = frame.parent
    return frame


def single(slot: int, place: Place) -> Run:
    """Closure reading one value."""
    if not place.row and place.climb == 0:
        return lambda cur, ctx, env: cur.values[slot]
    if not place.row and place.climb == 1:
        return lambda cur, ctx, env: cur.parent.values[slot]  # type: ignore[union-attr]
    base = climb(place)
    return lambda cur, ctx, env: base(cur, ctx).values[slot]


def frames(place: Place) -> Run:
    """Closure giving the relevant rows of a place."""
    base, downs = climb(place), place.downs

    def run(cur: Frame, ctx: Any, env: Any) -> list[Frame]:
        found = [base(cur, ctx)]
        for down in downs:
            found = [row for frame in found for row in below(frame, down, cur, env)]
        return found

    return run


def below(frame: Frame, down: Down, cur: Frame, env: Any) -> list[Frame]:
    """Rows of one repeat in one frame that satisfy the conditions; none when the repeat is not relevant."""
    rows = frame.rows.get(down.slot, []) if frame.on[down.slot] else []
    for condition in down.conditions:
        rows = [row for place, row in enumerate(rows, start=1) if condition(cur, Spot(row, place), env)]
    return rows


def list_values(slot: int, place: Place) -> Run:
    """Closure giving the values of one question over rows, those that are relevant."""
    rows = frames(place)

    def run(cur: Frame, ctx: Any, env: Any) -> list[Value]:
        return [row.values[slot] for row in rows(cur, ctx, env) if row.on[slot]]

    return run
