"""Whether the quotas nest: one or two families in which any two groups are apart or one within the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opora.engines.selection.model import Group


@dataclass(frozen=True)
class Family:
    """A tree of groups; node 0 is everybody, node k + 1 is ``groups[k]``.

    ``parent[k]`` is the node just above ``groups[k]``; ``home[i]`` is the innermost node of person i.
    """

    groups: tuple[Group, ...]
    parent: tuple[int, ...]
    home: dict[int, int]


def split(groups: Sequence[Group], people: Sequence[int]) -> tuple[Family, Family] | None:
    """Give two families that hold all groups, the second the smaller, or ``None`` if there is no such pair.

    Groups that cross must stand in different families, so this is colouring a graph with two colours.
    """
    masks = [sum(1 << one for one in group.members) for group in groups]
    crossing = [[b for b in range(len(masks)) if _cross(one, masks[b])] for one in masks]
    colour: dict[int, int] = {}
    for start in range(len(groups)):
        if start not in colour:
            part = _coloured(start, crossing)
            if part is None:
                return None
            flip = 2 * sum(part.values()) > len(part)
            colour |= {node: shade ^ flip for node, shade in part.items()}
    return _family(groups, people, colour, 0), _family(groups, people, colour, 1)


def _cross(one: int, other: int) -> bool:
    return bool(one & other) and bool(one & ~other) and bool(other & ~one)


def _coloured(start: int, crossing: list[list[int]]) -> dict[int, int] | None:
    colour, waiting = {start: 0}, [start]
    while waiting:
        node = waiting.pop()
        for other in crossing[node]:
            if other not in colour:
                colour[other] = 1 - colour[node]
                waiting.append(other)
            elif colour[other] == colour[node]:
                return None
    return colour


def _family(groups: Sequence[Group], people: Sequence[int], colour: dict[int, int], shade: int) -> Family:
    own = sorted(
        (group for at, group in enumerate(groups) if colour[at] == shade), key=lambda g: -len(g.members)
    )
    home, parent = dict.fromkeys(people, 0), []
    for node, group in enumerate(own, start=1):
        # The larger came first, so whoever of the group is asked stands in the node just above it.
        parent.append(home[next(iter(group.members))] if group.members else 0)
        home |= dict.fromkeys(group.members, node)
    return Family(tuple(own), tuple(parent), home)
