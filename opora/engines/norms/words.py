"""A line in words: what the need is, how it was rounded and shared, what is missing, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opora.engines.common.reasons import N_, NN_, Reason, Value
from opora.engines.norms.model import Line, Norm, Rule, known

_NEED = {
    "percent": N_("Нуждата е {need}: {value} на сто от {people} ({target})."),
    "per_thousand": N_("Нуждата е {need}: по {value} на 1000 от {people} ({target})."),
    "per_ten_thousand": N_("Нуждата е {need}: по {value} на 10 000 от {people} ({target})."),
    "share": N_("Нуждата е {need}: {people} ({target}) по {value}."),
}
_ROUNDED = {
    "up": NN_("Закръглено нагоре: {count} място.", "Закръглено нагоре: {count} места."),
    "half": NN_("Закръглено: {count} място.", "Закръглено: {count} места."),
    "down": NN_("Закръглено надолу: {count} място.", "Закръглено надолу: {count} места."),
}
_SHARE = NN_("Делът на общината е {count} място.", "Делът на общината е {count} места.")


@dataclass(frozen=True)
class Words:
    """What codes are called."""

    names: Mapping[str, str]

    def of(self, code: str) -> str:
        """The name, or the code itself."""
        return self.names.get(code, code)

    def rule(self, rule: Rule) -> str:
        """What a rule is about."""
        return rule.text or self.of(rule.code)


def why(norm: Norm, line: Line, words: Words) -> tuple[Reason, ...]:
    """Say how the line came about."""
    return (
        *_need(norm, line, words),
        *_missing(norm, line, words),
        *_whole(norm, line, words),
        *_grounds(line, words),
    )


def _need(norm: Norm, line: Line, words: Words) -> Iterator[Reason]:
    rule = norm.coefficient
    people = next((row.value for row in line.indicators if _own(row.municipality, row.code, line)), None)
    if line.need is None or rule.value is None or people is None:
        return
    values: dict[str, Value] = {
        "need": (line.need, 2),
        "value": (rule.value, 3),
        "people": people,
        "target": words.of(line.target),
    }
    yield Reason(_NEED[rule.unit], values, "fact")


def _own(municipality: str, code: str, line: Line) -> bool:
    return (municipality, code) == (line.municipality, line.target)


def _missing(norm: Norm, line: Line, words: Words) -> Iterator[Reason]:
    texts = {rule.code: words.rule(rule) for rule in norm.rules}
    for one in line.missing:
        if one.rule:
            yield Reason(
                N_("Стойността на правилото „{rule}“ не е въведена."), {"rule": texts[one.rule]}, "unknown"
            )
        else:
            yield Reason(
                N_("Липсва показателят „{indicator}“ за {town}, затова местата не са известни."),
                {"indicator": words.of(one.indicator), "town": words.of(one.municipality)},
                "unknown",
            )
    if line.missing and line.at_least:
        yield Reason(
            NN_("Без липсващото е нужно поне {count} място.", "Без липсващото са нужни поне {count} места."),
            {"count": line.at_least},
            "fact",
        )


def _whole(norm: Norm, line: Line, words: Words) -> Iterator[Reason]:
    if line.shared:
        yield _shared(line, words)
    elif (small := _below(norm, line)) is not None:
        yield Reason(
            N_("Населението ({people}) е под прага от {minimum}. Посочете с кои общини се споделя услугата."),
            {"people": small, "minimum": norm.minimum.value if norm.minimum and norm.minimum.value else 0},
            "change",
        )
    if line.places is None:
        return
    if line.unmet:
        yield Reason(
            N_(
                "Местата са {unmet}, под най-малкия размер {least}. Отделна услуга не се открива; потърсете споделяне."
            ),
            {"unmet": line.unmet, "least": norm.least.value if norm.least and norm.least.value else 0},
            "change",
        )
    elif line.shared:
        yield Reason(_SHARE, {"count": line.places}, "fact")
    else:
        yield Reason(_ROUNDED[line.rounding], {"count": line.places}, "fact")
    if line.services and norm.capacity and norm.capacity.value:
        yield Reason(
            NN_(
                "Стига {count} услуга с до {capacity} места.",
                "Нужни са {count} услуги с до {capacity} места всяка.",
            ),
            {"count": line.services, "capacity": norm.capacity.value},
            "fact",
        )


def _shared(line: Line, words: Words) -> Reason:
    others = ", ".join(words.of(one) for one in line.shared if one != line.municipality)
    values: dict[str, Value] = {"others": others, "host": words.of(line.host)}
    if line.whole is None:
        return Reason(N_("Споделя се с {others}."), values, "fact")
    values["whole"] = line.whole
    if line.host:
        return Reason(N_("Планира се заедно с {others}: общо {whole} места в {host}."), values, "fact")
    return Reason(N_("Планира се заедно с {others}: общо {whole} места."), values, "fact")


def _below(norm: Norm, line: Line) -> float | None:
    """The population of a municipality below the minimum."""
    if norm.minimum is None or norm.minimum.value is None:
        return None
    for row in line.indicators:
        if row.code == norm.population and row.municipality == line.municipality and known(row.value):
            return row.value if row.value is not None and row.value < norm.minimum.value else None
    return None


def _grounds(line: Line, words: Words) -> Iterator[Reason]:
    laws = ", ".join(dict.fromkeys(rule.legal_ref for rule in line.rules if rule.legal_ref))
    if laws:
        yield Reason(N_("Основание: {laws}."), {"laws": laws}, "fact")
    for rule in line.rules:
        if not rule.verified and known(rule.value):
            yield Reason(N_("Непроверена норма: „{rule}“."), {"rule": words.rule(rule)}, "against")
    for row in line.indicators:
        if not row.source and known(row.value) and row.municipality == line.municipality:
            yield Reason(
                N_("За показателя „{indicator}“ не е посочен източник."),
                {"indicator": words.of(row.code)},
                "against",
            )
