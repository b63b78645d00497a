"""The sentences: what each fact says to the worker who decides. Bulgarian templates, filled from the same facts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from opora.engines.common.reasons import N_, NN_, Kind, Reason, Template, Value
from opora.engines.matching.judge import Condition, Mark
from opora.engines.matching.model import Criteria

MET: Mapping[str, Template] = {
    "approved": N_("Одобрението на семейството е в сила."),
    "safety": N_("Няма записана забрана или човек в дома, с когото детето не бива да живее."),
    "placement": N_("Семейството е одобрено за този вид настаняване: {about}."),
    "places": N_("Свободни места: {free}, нужни: {size}."),
    "approved_ages": N_("Възрастта е в границите на одобрението: {low}–{high} г."),
    "area": N_("Семейството живее в определена за това община: {area}."),
    "must": N_("Задължителна нужда, покрита: {about}."),
    "said_no": N_("Семейството не е отказало нищо от нуждите и обстоятелствата на детето."),
}
UNMET: Mapping[str, Template] = {
    "approved": N_("Семейството няма одобрение в сила."),
    "measures": N_("Връщане у дома и роднини още не са проучени."),
    "safety": N_("Има забрана или в дома живее човек, с когото детето не бива да бъде."),
    "placement": N_("Семейството не е одобрено за този вид настаняване: {about}."),
    "places": N_("Местата не стигат: свободни {free}, нужни {size}."),
    "approved_ages": N_("Възрастта ({youngest}–{oldest} г.) е извън одобрението: {low}–{high} г."),
    "area": N_("Семейството живее извън определените общини: {area}."),
    "must": N_("Задължителна нужда без покритие: {about}."),
    "said_no": N_("Семейството е казало „не“ за: {about}."),
}
ASK: Mapping[str, Template] = {
    "approved": N_("Не знаем дали одобрението е в сила → попитайте."),
    "measures": N_("Не знаем дали са проучени връщане у дома и роднини → попитайте."),
    "safety": N_("Не знаем кой живее в дома → попитайте."),
    "placement": N_("Не знаем дали семейството е одобрено за: {about} → попитайте."),
    "places": N_("Не знаем колко места са свободни; нужни са {size} → попитайте."),
    "approved_ages": N_("Не знаем възрастта на детето; одобрението е за {low}–{high} г. → попитайте."),
    "area": N_("Не знаем в коя община живее семейството → попитайте."),
    "must": N_("Не знаем дали задължителната нужда се покрива: {about} → попитайте."),
    "said_no": N_("Не знаем дали това се отнася за детето: {about}; семейството е казало „не“ → попитайте."),
}
CHANGE: Mapping[str, Template] = {
    "approved": N_("Ако одобрението влезе в сила."),
    "measures": N_("Ако бъдат проучени връщане у дома и роднини и това не е възможно."),
    "safety": N_("Ако съдът отмени забраната или човекът вече не живее в дома."),
    "placement": N_("Ако комисията одобри семейството и за: {about}."),
    "places": N_("Ако местата станат с {missing} повече."),
    "approved_ages": N_("Ако комисията разшири одобрението до {from_}–{to} г."),
    "area": N_("Ако заповедта или решението позволи и общината на семейството."),
    "must": N_("Ако нуждата бъде покрита, с обучение или с услуга: {about}."),
    "said_no": N_("Ако семейството само промени отговора си за: {about}."),
}
CONFIRM: Mapping[str, Template] = {
    "approved": N_("Ако се потвърди, че одобрението е в сила."),
    "measures": N_("Ако се потвърди, че връщане у дома и роднини са проучени."),
    "safety": N_("Ако се потвърди, че в дома няма човек, с когото детето не бива да живее."),
    "placement": N_("Ако се потвърди, че е одобрено за: {about}."),
    "places": N_("Ако се потвърди, че свободните места са поне {size}."),
    "approved_ages": N_("Ако се потвърди, че възрастта на детето е {low}–{high} г."),
    "area": N_("Ако се потвърди, че семейството живее в: {area}."),
    "must": N_("Ако се потвърди, че нуждата се покрива: {about}."),
    "said_no": N_("Ако се потвърди, че това не се отнася за детето: {about}."),
}
FOR: Mapping[str, Template] = {
    "need": N_("Покрита нужда: {about}."),
    "age": N_("Възрастта е в заявената: {low}–{high} г."),
    "distance": N_("На {km} км от училището и близките."),
    "stand": N_("Семейството приема: {about}."),
    "language": N_("Общ език с детето: {common}."),
    "experience": N_("Семейството има опит или обучение за: {about}."),
    "wish": N_("Детето само е посочило това семейство."),
    "asks": N_("Детето желае това и семейството го има: {about}."),
}
AGAINST: Mapping[str, Template] = {
    "need": N_("Непокрита нужда: {about}."),
    "age": N_("Възрастта е извън заявената {low}–{high} г. с {gap} г."),
    "distance": N_("На {km} км от училището и близките."),
    "stand": N_("Семейството се колебае за: {about}."),
    "language": N_("Няма общ език с детето."),
    "wish": N_("Детето не желае това семейство."),
    "asks": N_("Детето желае това, а семейството го няма: {about}."),
}
UNKNOWN: Mapping[str, Template] = {
    "need": N_("Не знаем дали нуждата се покрива: {about} → попитайте."),
    "age": N_("Не знаем за каква възраст е готово семейството → попитайте."),
    "distance": N_("Не знаем къде живее семейството → попитайте."),
    "stand": N_("Не знаем: отношение към {about} → попитайте."),
    "language": N_("Не знаем на какви езици говори семейството → попитайте."),
    "asks": N_("Детето желае това, а не знаем дали семейството го има: {about} → попитайте."),
}
OF_CHILD: Mapping[str, Template] = {
    "need": N_("Не е установено дали детето има тази нужда: {about} → попитайте."),
    "must": N_("Не е установено дали детето има тази задължителна нужда: {about} → попитайте."),
    "age": N_("Не знаем възрастта на детето → попитайте."),
    "distance": N_("Не знаем къде са училището и близките на детето → попитайте."),
    "stand": N_("Не знаем дали това се отнася за детето: {about} → попитайте."),
}
CONFIRM_OF_CHILD = N_("Ако се потвърди, че детето няма тази нужда или че тя се покрива: {about}.")
NEAREST = N_("Непокрита нужда: {about} (най-близо на {km} км).")
HEAD = N_("Семейство {family}: покрити нужди {covered} от {all}, {points} точки.")
EFFECT: Mapping[tuple[bool, bool, bool], Template] = {
    (False, True, True): N_("При добър отговор: място {best}; при лош: място {worst}."),
    (False, True, False): N_("При добър отговор: място {best}; при лош не отговаря на задължително условие."),
    (False, False, False): N_("И при добър отговор остава друго задължително условие."),
    (True, True, True): N_("Ако е така: място {best}; ако не е: място {worst}."),
    (True, True, False): N_("Ако е така: място {best}; ако не е, не отговаря на задължително условие."),
    (True, False, True): N_("Ако е така, не отговаря на задължително условие; ако не е: място {worst}."),
    (True, False, False): N_("И при двата отговора остава друго задължително условие."),
}
"""By: about the child, a place after a good answer (or: it is so), a place after a bad one (or: it is not)."""
TOUCHES_ALL = N_("Отговорът засяга всички семейства и може да смени реда.")
PLACED = NN_("{count} дете има предложено семейство.", "{count} деца имат предложено семейство.")
SECOND = NN_(
    "За {count} дете първото в списъка семейство е предложено на друго дете.",
    "За {count} деца първото в списъка семейство е предложено на друго дете.",
)
UNPLACED = NN_("{count} дете остава без предложение.", "{count} деца остават без предложение.")
DEVIATION = N_("Ако {child} отиде в семейство {family}, общият сбор намалява с {points} точки.")
DEVIATION_MOVES = NN_(
    "Ако {child} отиде в семейство {family}, мести се още {count} дете. Общият сбор намалява с {points} точки.",
    "Ако {child} отиде в семейство {family}, местят се още {count} деца. Общият сбор намалява с {points} точки.",
)
IMPOSSIBLE = N_(
    "{child} не може да отиде в семейство {family}: задължително условие не е изпълнено или не е известно."
)
SURER = N_("Преди него е семейство {family}: всички задължителни условия са потвърдени.")
LEVEL = N_("Преди него е семейство {family}: при равни точки чака по-дълго.")
LEVEL_ID = N_("Преди него е семейство {family}: при равни точки и чакане редът е по номер.")
AHEAD: Mapping[str, Template] = {
    "need": N_("Преди него е семейство {family}: с {points} точки повече, най-вече заради нуждите."),
    "age": N_("Преди него е семейство {family}: с {points} точки повече, най-вече заради възрастта."),
    "distance": N_("Преди него е семейство {family}: с {points} точки повече, най-вече заради разстоянието."),
    "stand": N_(
        "Преди него е семейство {family}: с {points} точки повече, най-вече заради това, което приема."
    ),
    "language": N_("Преди него е семейство {family}: с {points} точки повече, най-вече заради езика."),
    "experience": N_("Преди него е семейство {family}: с {points} точки повече, най-вече заради опита."),
    "wish": N_(
        "Преди него е семейство {family}: с {points} точки повече, най-вече заради желанието на детето."
    ),
    "asks": N_(
        "Преди него е семейство {family}: с {points} точки повече, най-вече заради търсеното от детето."
    ),
}


def of_condition(condition: Condition, criteria: Criteria) -> Reason:
    """Say how a hard condition stands."""
    tables: dict[str, tuple[Mapping[str, Template], Kind]]
    tables = {"met": (MET, "for"), "unmet": (UNMET, "against"), "unknown": (ASK, "unknown")}
    table, kind = tables[condition.state]
    template = OF_CHILD["must"] if _must_of_child(condition) else table[condition.code]
    return _reason(template, kind, condition, criteria)


def _must_of_child(condition: Condition) -> bool:
    """Whether what is not known of a needed thing is if the child needs it, and not if the family covers it."""
    return condition.state == "unknown" and condition.code == "must" and bool(condition.values["of_child"])


def change(condition: Condition, criteria: Criteria) -> Reason:
    """Say what would make a condition hold."""
    table = CHANGE if condition.state == "unmet" else CONFIRM
    template = CONFIRM_OF_CHILD if _must_of_child(condition) else table[condition.code]
    return _reason(template, "change", condition, criteria)


def of_mark(mark: Mark, criteria: Criteria) -> Reason:
    """Say which way a soft fact speaks, or what to ask."""
    if mark.speaks == "unknown":
        table = OF_CHILD if mark.values.get("of_child") else UNKNOWN
    else:
        table = FOR if mark.speaks == "for" else AGAINST
    template = table[mark.code]
    if mark.code == "need" and "km" in mark.values:
        template = NEAREST
    return _reason(template, mark.speaks, mark, criteria)


def of_fact(fact: Condition | Mark, criteria: Criteria) -> Reason:
    """Say either."""
    return of_condition(fact, criteria) if isinstance(fact, Condition) else of_mark(fact, criteria)


def head(family: str, marks: list[Mark], points: float) -> Reason:
    """Say in one line how much is covered."""
    needs = [mark for mark in marks if mark.code == "need"]
    covered = sum(mark.speaks == "for" for mark in needs)
    return Reason(HEAD, {"family": family, "covered": covered, "all": len(needs), "points": points})


def effect(best: int | None, worst: int | None, of_child: bool) -> Reason:
    """Say where the family would stand after either answer; ``None``: it would miss a hard condition."""
    values: dict[str, Value] = {"best": best or 0, "worst": worst or 0}
    return Reason(EFFECT[of_child, best is not None, worst is not None], values, "unknown")


def touches_all() -> Reason:
    """Say that the answer touches every family."""
    return Reason(TOUCHES_ALL, {}, "unknown")


def surer(family: str) -> Reason:
    """Say that nothing hard is open about the one before."""
    return Reason(SURER, {"family": family})


def level(family: str, longer: bool) -> Reason:
    """Say how equal points were ordered."""
    return Reason(LEVEL if longer else LEVEL_ID, {"family": family})


def ahead(family: str, points: float, criterion: str) -> Reason:
    """Say how much better the one before is, and mostly in what."""
    return Reason(AHEAD[criterion], {"family": family, "points": points, "criterion": criterion})


def joint(placed: int, unplaced: int, second: int) -> tuple[Reason, ...]:
    """Say in short what is possible together."""
    said = [Reason(PLACED, {"count": placed})]
    if second:
        said.append(Reason(SECOND, {"count": second}))
    return (*said, Reason(UNPLACED, {"count": unplaced})) if unplaced else tuple(said)


def deviation(child: str, family: str, points: float, moved: int) -> Reason:
    """Say what a deviation from the joint proposal costs."""
    values: dict[str, Value] = {"child": child, "family": family, "points": points, "count": moved}
    if not math.isfinite(points):
        return Reason(IMPOSSIBLE, values, "against")
    return Reason(DEVIATION_MOVES if moved else DEVIATION, values, "change")


def _reason(template: Template, kind: Kind, fact: Condition | Mark, criteria: Criteria) -> Reason:
    named: dict[str, Value] = {
        "criterion": fact.code,
        "code": fact.about,
        "about": criteria.name(fact.about),
        **fact.values,
    }
    if isinstance(fact, Mark):
        named["points"] = round(fact.points, 6)
    if "area" in named:
        named["area"] = ", ".join(criteria.name(one) for one in str(named["area"]).split(", "))
    return Reason(template, named, kind)
