"""The reasons of a selection, each of which can be checked by hand from the ranking and the quotas."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from opora.engines.common.reasons import N_, NN_, Reason, Value
from opora.engines.selection.exchange import Exchanges
from opora.engines.selection.model import Group, Task

RANK = N_("Място {rank} в класирането с {points} т. (места: {places}).")
EVERYBODY = N_("Има място за всеки допуснат кандидат.")
NEEDED = N_("„{label}“ иска поне {least}, избрани: {count}.")
HIGHER = NN_(
    "По квотите {count} по-високо класиран кандидат остава извън избраните.",
    "По квотите {count} по-високо класирани кандидати остават извън избраните.",
)
DRAWN = NN_(
    "С равни точки за това място е още {count} кандидат; реши жребий с номер {lot}.",
    "С равни точки за това място са още {count} кандидати; реши жребий с номер {lot}.",
)
NOT_DRAWN = N_("Точките са равни с тези на избран кандидат; жребият с номер {lot} е по-назад.")
EXCLUDED = N_("Кандидатът не е допуснат до класирането.")
MISSING = N_("При пряка замяна недостигът е {missing} т.: най-близкото достъпно място е с {points} т.")
FULL = N_("„{label}“ е запълнена: избрани {count} при най-много {most}.")
LOWER = NN_(
    "По квотите {count} по-ниско класиран кандидат е сред избраните.",
    "По квотите {count} по-ниско класирани кандидати са сред избраните.",
)
NOBODY = N_("Никой избран не може да отстъпи мястото си, без да се наруши квота.")
SUMMARY = N_("Местата се определиха така: по точки {points}, по квоти {quota}, по жребий {lot}.")
AMONG = N_("Жребият е между {people} души с равни точки за едни и същи места.")
FEW = N_("Допуснати кандидати: {candidates}, места: {places}.")
TOO_FEW = NN_(
    "{label} има {count} допустим кандидат при минимум {least}.",
    "{label} има {count} допустими кандидати при минимум {least}.",
)
TOO_MUCH = N_("Минимумите на квоти без общи хора искат {need} души при места: {places}.")
NO_ROOM = N_("Квотите допускат най-много {room} души при места: {places}.")
SHORT = N_("{label}: избрани {count} при минимум {least}; местата и другите квоти не дават повече.")
OVER = N_("{label}: избрани {count} при максимум {most}; местата и другите квоти не дават по-малко.")

Reasons = tuple[Reason, ...]


def exact(value: float | Fraction) -> Value:
    """A number of points as a value: with all its decimals, so that the sentence can be checked."""
    rounded = round(float(value), 9)
    return rounded if abs(rounded * 10 - round(rounded * 10)) < 1e-9 else (rounded, 9)


def people(task: Task, swaps: Exchanges) -> tuple[tuple[str, ...], tuple[Reasons, ...]]:
    """Give everybody's basis (points, quota, lot or nothing) and reasons."""
    rank = task.rank
    basis = [""] * len(task.units)
    why: list[Reasons] = [(Reason(EXCLUDED, kind="against"),)] * len(task.units)
    ranks_in = np.array([rank[one] for one in swaps.inside], dtype=np.int64)
    ranks_out = np.array([rank[one] for one in swaps.outside], dtype=np.int64)
    for at, person in enumerate(swaps.inside.tolist()):
        equals = int(swaps.rivals[:, at].sum())
        above = int((ranks_out < rank[person]).sum())
        basis[person] = "lot" if equals else "quota" if rank[person] > task.places else "points"
        why[person] = _chosen(task, swaps, person, rank=rank[person], equals=equals, above=above)
    for at, person in enumerate(swaps.outside.tolist()):
        below = int((ranks_in > rank[person]).sum())
        why[person] = _left(task, swaps, person, row=at, rank=rank[person], below=below)
    return tuple(basis), tuple(why)


def _chosen(task: Task, swaps: Exchanges, person: int, *, rank: int, equals: int, above: int) -> Reasons:
    said = [_rank(task, person, rank, "for")]
    if not len(swaps.outside):
        return (*said, Reason(EVERYBODY, kind="for"))
    if rank > task.places:
        said += [
            Reason(NEEDED, _values(group, int(count)), "for")
            for group, count in zip(task.groups, swaps.counts, strict=True)
            if person in group.members and 0 < count <= group.least
        ]
        said.append(Reason(HIGHER, {"count": above}, "fact"))
    if equals:
        said.append(Reason(DRAWN, {"count": equals, "lot": task.lots[person][:12]}, "for"))
    return tuple(said)


def _left(task: Task, swaps: Exchanges, person: int, *, row: int, rank: int, below: int) -> Reasons:
    said = [_rank(task, person, rank, "fact" if rank <= task.places else "against")]
    said += [
        Reason(FULL, _values(group, int(count)), "against")
        for group, count in zip(task.groups, swaps.counts, strict=True)
        if person in group.members and count >= group.most
    ]
    if below:
        said.append(Reason(LOWER, {"count": below}, "against"))
    open_to = np.flatnonzero(swaps.allowed[row])
    if not len(open_to):
        return (*said, Reason(NOBODY, kind="against"))
    # The inside stands in the order of the ranking, so the last is the nearest.
    nearest = int(swaps.inside[open_to[-1]])
    units = task.units[nearest] - task.units[person]
    if units == 0:
        return (*said, Reason(NOT_DRAWN, {"lot": task.lots[person][:12]}, "against"))
    values = {"missing": exact(units * task.unit), "points": exact(task.points[nearest])}
    return (*said, Reason(MISSING, values, "change"))


def _rank(task: Task, person: int, rank: int, kind: str) -> Reason:
    values = {"rank": rank, "points": exact(task.points[person]), "places": task.wanted}
    return Reason(RANK, values, kind)  # type: ignore[arg-type]


def _values(group: Group, count: int) -> dict[str, Value]:
    most = "∞" if math.isinf(group.most) else int(group.most)
    return {"label": group.label, "least": group.least, "most": most, "count": count}


def notes(task: Task, swaps: Exchanges, basis: Sequence[str]) -> Reasons:
    """Give a summary, and of everything asked for that cannot hold the arithmetic."""
    by = Counter(basis)
    said = [Reason(SUMMARY, {"points": by["points"], "quota": by["quota"], "lot": by["lot"]})]
    if by["lot"]:
        drawn = by["lot"] + int(swaps.rivals.any(axis=1).sum())
        said.append(Reason(AMONG, {"people": drawn}))
    if task.places < task.wanted:
        said.append(Reason(FEW, {"candidates": len(task.ranking), "places": task.wanted}, "against"))
    broken = [(g, int(c)) for g, c in zip(task.groups, swaps.counts, strict=True) if g.breach(int(c))]
    if broken:
        said += _sums(task)
    return (*said, *(_broken(group, count) for group, count in broken))


def _broken(group: Group, count: int) -> Reason:
    if len(group.members) < group.least:
        return Reason(TOO_FEW, _values(group, len(group.members)), "against")
    return Reason(SHORT if count < group.least else OVER, _values(group, count), "against")


def _sums(task: Task) -> list[Reason]:
    """Places against the people that quotas without common members ask for, or let in."""
    said = []
    need = sum(group.least for group in _apart(task, lambda group: -group.least))
    if need > task.places:
        said.append(Reason(TOO_MUCH, {"need": need, "places": task.places}, "against"))
    capped = _apart(task, lambda group: min(group.most, len(group.members)) - len(group.members))
    free = len(task.ranking) - sum(len(group.members) for group in capped)
    room = free + sum(int(min(group.most, len(group.members))) for group in capped)
    if room < task.places:
        said.append(Reason(NO_ROOM, {"room": room, "places": task.places}, "against"))
    return said


def _apart(task: Task, key: Callable[[Group], float]) -> list[Group]:
    """Quotas without common members, taken by the key, smallest first."""
    taken: set[int] = set()
    apart = []
    for group in sorted(task.groups, key=key):
        if not group.members & taken:
            taken |= group.members
            apart.append(group)
    return apart
