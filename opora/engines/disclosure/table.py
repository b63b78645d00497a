"""A table as the engine sees it: cells, and sums between cells."""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

Key = tuple[str, ...]
K = TypeVar("K", bound=Key)
Tree = Mapping[str, Sequence[str]]


class InconsistentTable(ValueError):  # noqa: N818 - it names the state, not the mishap
    """A count is negative or no whole number, a sum does not add up, or a relation names no cell."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A printed sum: the total's cell and the cells it adds up."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Table:
    """Counts of people by coordinates, totals included, and the sums that tie them.

    ``cells`` maps coordinates to counts. ``known`` are cells the reader knows anyway and which therefore can
    hide nothing: structural zeros (no such service can exist there) and figures published before. Raises
    :class:`InconsistentTable`.
    """

    cells: Mapping[Key, int]
    relations: tuple[Relation, ...]
    known: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        for key, value in self.cells.items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise InconsistentTable(f"{key}: {value!r} is no count")
        for relation in self.relations:
            self._check_sum(relation)
        if missing := self.known - self.cells.keys():
            raise InconsistentTable(f"known cells are not in the table: {sorted(missing)}")

    def _check_sum(self, relation: Relation) -> None:
        try:
            parts = sum(self.cells[part] for part in relation.parts)
            total = self.cells[relation.total]
        except KeyError as missing:
            raise InconsistentTable(f"a sum names {missing}, which is not in the table") from None
        if parts != total:
            raise InconsistentTable(f"{relation.total} is {total}, its parts add up to {parts}")


def flat(total: str, codes: Sequence[str]) -> Tree:
    """Give an axis of one level: the code of its total and the codes it adds up."""
    return {total: tuple(codes)}


def tabulate(leaves: Mapping[K, int], axes: Sequence[Tree], *, known: Collection[Key] = ()) -> Table:
    """Make the table with every total from the counts of its innermost cells.

    ``leaves`` are counts by one innermost code per axis; a missing one is zero. Each axis maps the code of a
    total to the codes it adds up and may have several levels with one root: country to regions, each region
    to its municipalities. Raises :class:`InconsistentTable` for a code that stands on no axis.
    """
    spans = [_spans(axis) for axis in axes]
    _check_codes(leaves, spans)
    cells = _sums(leaves, spans)
    relations = tuple(_relations(axes, spans))
    return Table(cells, relations, frozenset(known))


def join(*tables: Table) -> Table:
    """Tie tables that are read side by side: cells with equal coordinates are one cell.

    Use it for tables of one release and for releases of one period, or one is subtracted from the other.
    Raises :class:`InconsistentTable` if a shared cell differs.
    """
    cells: dict[Key, int] = {}
    for table in tables:
        for key, value in table.cells.items():
            if cells.setdefault(key, value) != value:
                raise InconsistentTable(f"{key} is {cells[key]} in one table and {value} in another")
    relations = tuple(dict.fromkeys(itertools.chain.from_iterable(table.relations for table in tables)))
    known = reduce(frozenset.union, (table.known for table in tables), frozenset[Key]())
    return Table(cells, relations, known)


def _spans(axis: Tree) -> dict[str, tuple[str, ...]]:
    """Map every code of an axis to the innermost codes under it."""
    spans: dict[str, tuple[str, ...]] = {}

    def walk(code: str) -> tuple[str, ...]:
        if code in spans:
            raise InconsistentTable(f"{code} stands twice on one axis")
        spans[code] = ()
        under = axis.get(code)
        found = tuple(itertools.chain.from_iterable(walk(part) for part in under)) if under else (code,)
        spans[code] = found
        return found

    inner = set(itertools.chain.from_iterable(axis.values()))
    roots = [code for code in axis if code not in inner]
    if len(roots) != 1:
        raise InconsistentTable(f"an axis has one root, not {len(roots)}: {roots}")
    walk(roots[0])
    return spans


def _check_codes(leaves: Mapping[K, int], spans: Sequence[Mapping[str, tuple[str, ...]]]) -> None:
    innermost = [{code for code, under in span.items() if under == (code,)} for span in spans]
    for key in leaves:
        if len(key) != len(innermost) or any(
            code not in codes for code, codes in zip(key, innermost, strict=True)
        ):
            raise InconsistentTable(f"{key} is no innermost cell of the axes")


def _sums(leaves: Mapping[K, int], spans: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[Key, int]:
    above = [_ancestors(span) for span in spans]
    cells = dict.fromkeys(itertools.product(*spans), 0)
    for key, value in leaves.items():
        for coordinates in itertools.product(*(up[code] for up, code in zip(above, key, strict=True))):
            cells[coordinates] += value
    return cells


def _ancestors(span: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    above: dict[str, list[str]] = {}
    for code, under in span.items():
        for leaf in under:
            above.setdefault(leaf, []).append(code)
    return above


def _relations(axes: Sequence[Tree], spans: Sequence[Mapping[str, tuple[str, ...]]]) -> Iterator[Relation]:
    for place, axis in enumerate(axes):
        for rest in itertools.product(*spans[:place], *spans[place + 1 :]):
            before, after = rest[:place], rest[place:]
            for total, parts in axis.items():
                if parts:
                    yield Relation((*before, total, *after), tuple((*before, part, *after) for part in parts))
