"""A rota in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from opora.engines.common.reasons import N_, NN_, Reason, Value
from opora.engines.coverage.duties import Roster
from opora.engines.coverage.need import Flags, some
from opora.engines.coverage.stages import Stage

Group = tuple[tuple[int, ...], int, int]
"""People of equal roles and skills, the least and the most duties among them."""


def explained(
    asked: Roster,
    taken: Flags,
    open_: Sequence[tuple[int, int]],
    groups: Sequence[Group],
    stages: Sequence[Stage],
) -> tuple[Reason, ...]:
    """What stays open and why, who carries how much and why it cannot be less, which wishes are met."""
    return (
        *_covered(asked, open_),
        *(_open(asked, taken, d, r) for d, r in open_),
        *_scarce(asked, taken),
        *(_even(asked, group, stages) for group in groups if group[2]),
        *_wishes(asked, taken),
        *_sure(stages),
    )


def _covered(asked: Roster, open_: Sequence[tuple[int, int]]) -> Iterator[Reason]:
    total = int(asked.asked.sum())
    if not total:
        yield Reason(N_("Няма дежурства за разпределяне."))
    elif not open_:
        values: dict[str, Value] = {"count": total}
        text = NN_("Единственото място в графика е заето.", "Всичките {count} места в графика са заети.")
        yield Reason(text, values, "for")
    else:
        values = {"count": len(open_), "total": total}
        text = NN_(
            "{count} от {total} места в графика остава празно.",
            "{count} от {total} места в графика остават празни.",
        )
        yield Reason(text, values, "against")


def _open(asked: Roster, taken: Flags, d: int, r: int) -> Reason:
    """Why nobody can take this slot as the rota stands."""
    slot: dict[str, Value] = {"duty": _named(asked, d), "role": asked.roles[r]}
    able = asked.can[:, r]
    if not able.any():
        return Reason(N_("{duty}, {role}: никой не може да поеме тази роля."), slot, "against")
    here = able & asked.there[:, d]
    for k, (skill, least) in enumerate(asked.rules.skills):
        skilled = some(taken[:, d], 1) & asked.has[:, k]
        if skilled.sum() < least and not (here & asked.has[:, k] & ~_busy(asked, taken, d)).any():
            text = N_("{duty}, {role}: няма свободен човек с умение {skill}.")
            return Reason(text, slot | {"skill": skill}, "against")
    counts = {"able": int(able.sum()), "absent": int((able & ~here).sum()), "resting": int(here.sum())}
    text = N_("{duty}, {role}: няма свободен човек. Могат {able}, отсъстват {absent}, почиват {resting}.")
    return Reason(text, slot | counts, "against")


def _busy(asked: Roster, taken: Flags, d: int) -> Flags:
    """Who is on this duty already or must rest because of others."""
    on = some(taken, 2)
    busy = on[:, d] | (on.sum(axis=1) >= asked.most)
    for days, most in asked.rules.windows:
        for first in range(int(asked.day[d]) - days + 1, int(asked.day[d]) + 1):
            inside = (asked.day >= first) & (asked.day < first + days)
            busy |= on[:, inside].sum(axis=1) >= most
    return np.asarray(busy)


def _scarce(asked: Roster, taken: Flags) -> Iterator[Reason]:
    """The skills that decide who carries the most: so many duties on so few people."""
    loads = some(taken, 2).sum(axis=1)
    for k, (skill, least) in enumerate(asked.rules.skills):
        people = int(asked.has[:, k].sum())
        if not people or not least:
            continue
        duties = int(np.minimum(taken[asked.has[:, k]].sum(axis=(0, 2)), least).sum())
        floor = math.ceil(duties / people)
        if floor and floor >= loads.max():
            values: dict[str, Value] = {"skill": skill, "duties": duties, "people": people, "least": floor}
            text = N_("Умение {skill}: {duties} дежурства на {people} души, значи поне {least} за някого.")
            yield Reason(text, values)


def _even(asked: Roster, group: Group, stages: Sequence[Stage]) -> Reason:
    people, least, most = group
    values: dict[str, Value] = {
        "names": ", ".join(asked.people[p].name for p in people), "least": least, "most": most
    }  # fmt: skip
    if least == most:
        return Reason(N_("{names}: дежурства на човек – {most}."), values, "for")
    proven = all(one.proven for one in stages if one.aim in ("uncovered", "stays", "most", "loads"))
    if most - least == 1 or not proven:
        return Reason(N_("{names}: от {least} до {most} дежурства на човек."), values)
    text = N_("{names}: от {least} до {most} дежурства на човек. Отсъствията и почивките пречат на по-равно.")
    return Reason(text, values, "against")


def _wishes(asked: Roster, taken: Flags) -> Iterator[Reason]:
    on = some(taken, 2)
    liked, avoided = asked.likes > 0, asked.likes < 0
    if liked.any():
        values: dict[str, Value] = {"met": int((on & liked).sum()), "all": int(liked.sum())}
        yield Reason(N_("Желани дни, които са изпълнени: {met} от {all}."), values)
    if avoided.any():
        values = {"met": int((~on & avoided).sum()), "all": int(avoided.sum())}
        yield Reason(N_("Нежелани дни, които са избегнати: {met} от {all}."), values)


def _sure(stages: Sequence[Stage]) -> Iterator[Reason]:
    if all(stage.proven for stage in stages):
        yield Reason(N_("Доказано е: по тези правила по-добър график няма."), kind="for")
    else:
        yield Reason(N_("Времето изтече: възможно е да има и по-добър график."), kind="unknown")


def _named(asked: Roster, d: int) -> str:
    return asked.duties[d].name or f"№ {d + 1}"
