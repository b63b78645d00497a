"""The individual plan on paper: for signatures, and in plain words for the family."""

from __future__ import annotations

from opora.care.casework import queries
from opora.care.casework.models import Goal, Plan
from opora.care.casework.papers.book import Block, Facts, Heading, Part, Signatures, Text, Writer
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.plan_view import MARKS, GoalLine, PlanView
from opora.care.casework.queries_papers import FAMILY, Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui import formats


def plan_parts(actor: Actor, plan: Plan, source: Source, w: Writer) -> list[Part]:
    """Words of the child first, then needs and goals."""
    return [
        Part("Участие на детето и семейството", tuple(_voices(actor, plan, w))),
        Part("Потребности от оценката", (_needs(plan, w),)),
        Part("Цели и дейности", tuple(_goals(plan, w))),
    ]


def plan_in_one(actor: Actor, plan: Plan, source: Source, w: Writer) -> Part:
    """The plan as a part of the whole file."""
    blocks: list[Block] = [w.facts(state_of(plan, w)), *_voices(actor, plan, w)]
    blocks += [Heading("Потребности от оценката"), _needs(plan, w), *_goals(plan, w)]
    return Part(f"Индивидуален план № {plan.number}", tuple(blocks))


def state_of(plan: Plan, w: Writer) -> list[tuple[str, str]]:
    """Which plan it is and how far its approval."""
    rows = [
        ("План", f"№ {plan.number} от {formats.date(plan.made_at)}"),
        ("Състояние", plan.get_state_display()),
    ]
    if plan.decided_at:
        rows.append(("Решение", f"{formats.date(plan.decided_at)}, {w.name(plan.decided_by)}"))
    if plan.decision:
        rows.append(("Бележка към решението", w.text(plan.decision)))
    return rows


def signatures(source: Source, recipient: Recipient, w: Writer) -> Part:
    """Lines for the hand: the child, who decides for it, the lead, the head."""
    near = [one for one in source.relations if one.until is None and not one.person.dead]
    parents = [one for one in near if one.decides] or [one for one in near if one.kind in FAMILY]
    file, lead = source.file, source.file.lead_now
    people = [("Детето или лицето", file.person.full_name)]
    people += [
        (
            str(one.get_kind_display()).capitalize(),
            one.person.full_name if recipient.keeps(one.person_id, source) else w.name("–"),
        )
        for one in parents
    ] or [("Родител или законен представител", w.wanted("Родител или законен представител", "", "Подписи"))]
    people.append(
        ("Водещ на случая", w.wanted("Водещ на случая", w.name(lead.name if lead else ""), "Подписи"))
    )
    people.append(("Ръководител на услугата", w.wanted("Ръководител", w.name(file.service.head), "Подписи")))
    return Part("Подписи", (Signatures(tuple(people)),))


def _voices(actor: Actor, plan: Plan, w: Writer) -> list[Block]:
    where = "Участие"
    child = w.wanted("Думите на детето", w.text(plan.child_words), where)
    family = w.wanted("Думите на семейството", w.text(plan.family_words), where)
    present = w.text(PlanView(actor, plan).present)
    return [
        Heading("С думите на детето или лицето"), Text(child, quote=True),
        Heading("С думите на семейството"), Text(family, quote=True),
        w.facts([("Участваха", present)], where),
    ]  # fmt: skip


def _needs(plan: Plan, w: Writer) -> Block:
    rows = [
        (str(part.get_domain_display()), f"{w.text(part.situation)}\n{part.get_need_display()}".strip())
        for part in queries.needs_of(plan.assessment)
    ]
    return Facts(tuple(rows)) if rows else Text("Оценката не е намерила потребност от подкрепа.")


def _goals(plan: Plan, w: Writer) -> list[Block]:
    found: list[Block] = []
    for place, goal in enumerate(plan.goals.all(), 1):
        found += [Heading(f"Цел {place}. {w.text(goal.title)}"), _goal(GoalLine(goal), f"Цел {place}", w)]
    return found or [Text("Планът още няма цели.")]


def _goal(line: GoalLine, where: str, w: Writer) -> Facts:
    goal = line.goal
    rows = [
        ("Потребност", f"{line.domain}: {w.text(goal.need)}"),
        ("По какво ще личи", w.text(goal.levels[2])),
        ("Дейности", _activities(goal, w)),
        ("Какво прави семейството", w.text(goal.family_part)),
        ("Отговаря", w.name(goal.responsible)),
        ("Срок", formats.date(goal.due)),
    ]
    levels = "\n".join(f"{mark}: {w.text(text)}" for mark, text in line.levels)
    more = [("Степени", levels)] if len(line.levels) > 1 else []
    more += [("Път от началото", line.way)] if line.now is not None else []
    more += [("Бележки по пътя", noted)] if (noted := _noted(goal, w)) else []
    return Facts((*w.facts(rows, where).rows, *more))


def _noted(goal: Goal, w: Writer) -> str:
    return "\n".join(
        f"{formats.date(one.on)}, степен {MARKS[one.level]}: {w.text(one.note)} ({w.name(one.by)})"
        for one in goal.marks.all()
        if one.note
    )


def _activities(goal: Goal, w: Writer) -> str:
    return "\n".join(
        w.text(", ".join(filter(None, (one.text, one.who, one.often)))) for one in goal.activities.all()
    )


def family_parts(plan: Plan, source: Source, w: Writer) -> list[Part]:
    """Large type and short sentences: what was said, what we want, what each does, whom to call."""
    name = source.file.person.first_name
    words = w.wanted("Думите на детето", w.text(plan.child_words))
    parts = [Part(f"{name} казва", (Text(words, quote=True),))]
    if plan.family_words:
        parts.append(Part("Семейството казва", (Text(w.text(plan.family_words), quote=True),)))
    parts += [_plain_goal(place, GoalLine(goal), w) for place, goal in enumerate(plan.goals.all(), 1)]
    lead = source.file.lead_now
    call = [
        ("Кой работи с Вас", w.name(lead.name if lead else "")),
        ("Телефон", w.hiding.number((lead.phone if lead else "") or source.file.service.phone)),
    ]
    told = "Ако нещо не Ви харесва, кажете ни. Планът може да се промени. Мнението Ви се записва."
    return [*parts, Part("Говорете с нас", (w.facts(call, "Говорете с нас"), Text(told)))]


def _plain_goal(place: int, line: GoalLine, w: Writer) -> Part:
    goal, where = line.goal, f"Цел {place}"
    rows = [
        ("Как ще разберем, че е станало", w.text(goal.levels[2])),
        ("Какво правим ние", _activities(goal, w)),
        ("Какво прави семейството", w.text(goal.family_part)),
        ("Кой помага", w.name(goal.responsible)),
        ("До кога", formats.date(goal.due)),
    ]
    return Part(f"{place}. {w.text(goal.title)}", (w.facts(rows, where), Text(_so_far(line))))


def _so_far(line: GoalLine) -> str:
    if line.now is None:
        return "Още не сме отбелязали докъде сме."
    if line.now >= 0:
        return "Успяхме. Целта е постигната."
    return (
        "Има напредък. Продължаваме."
        if line.now > line.goal.baseline
        else "Още сме в началото. Продължаваме."
    )
