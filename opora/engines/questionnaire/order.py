"""The order of evaluation: each item after those its relevance and value need; circles are found."""

from collections.abc import Mapping, Sequence

from .model import Item, Question


def in_order(items: Sequence[Item], uses: Mapping[Item, set[Item]]) -> tuple[list[Item], list[list[Item]]]:
    """Items that need evaluating, in order, and the circles found."""
    done: dict[Item, bool] = {}
    order: list[Item] = []
    cycles: list[list[Item]] = []
    for item in items:
        visit(item, uses, done, order, cycles)
    return [one for one in order if needs_step(one)], cycles


def needs_step(item: Item) -> bool:
    """True when relevance or value has to be computed."""
    return not item.always or (isinstance(item, Question) and item.calculation is not None)


def needs(item: Item, uses: Mapping[Item, set[Item]]) -> list[Item]:
    """What an item needs: what its expressions name, and the group around it."""
    above = [item.parent] if item.parent and item.parent.parent else []
    return [*above, *sorted(uses.get(item, ()), key=lambda one: one.row)]


def visit(
    start: Item,
    uses: Mapping[Item, set[Item]],
    done: dict[Item, bool],
    order: list[Item],
    cycles: list[list[Item]],
) -> None:
    """Depth-first walk without recursion, so that long chains do no harm."""
    if start in done:
        return
    trail: list[tuple[Item, list[Item]]] = [(start, needs(start, uses))]
    done[start] = False
    while trail:
        item, rest = trail[-1]
        if not rest:
            done[item] = True
            order.append(item)
            trail.pop()
            continue
        following = rest.pop(0)
        if following not in done:
            done[following] = False
            trail.append((following, needs(following, uses)))
        elif not done[following]:
            names = [one for one, _ in trail]
            cycles.append(names[names.index(following) :])
