"""The written rules for large-scale processing (ЗЗЛД чл. 25д): what holds in this installation now, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from opora.care.casework.keeping import CODES
from opora.care.protection import asked, live
from opora.foundation.accounts import matrix


@dataclass(frozen=True)
class Line:
    """One sentence; `key` names it through the editions."""

    part: str
    key: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A sentence that was added (`before` empty), dropped (`after` empty) or changed."""

    part: str
    before: str
    after: str


PARTS = (
    ("Кой влиза и как", ("invited", "password", "second_factor", "wrong_tries", "sessions", "transport")),
    ("Досиета", ("scope", "sealed", "emergencies", "many_files", "outsiders")),
    ("Дневник, писма и файлове", ("audit", "letters", "uploads", "small_numbers")),
    ("Пазене и заличаване", ("encryption", "backups", "two_persons")),
    ("Нарушения", ("breaches",)),
)
GENERAL = (
    ("purpose", "Тези правила описват как се работи с лични данни в голям мащаб в Опора. Съставени са от настройките и нормите, които са в сила."),
    ("norms", "Норма, отбелязана като непроверена, още не е сверена с текста на закона; администраторът я сверява или променя на страницата „Правила“."),
    ("people", "Решенията за хора се вземат от хора: Опора не оценява и не класира потребители."),
    ("told", "Всеки служител съобщава веднага за загубени, изтекли или сгрешени данни от връзката в края на всяка страница."),
)  # fmt: skip


def lines() -> list[Line]:
    """All sentences of now, in Bulgarian and in order."""
    with translation.override("bg"), asked.asked_once():
        found = [Line("Общи положения", key, text) for key, text in GENERAL]
        for part, keys in PARTS:
            found += [Line(part, key, live.MEASURES[key]()) for key in keys]
            if part == "Пазене и заличаване":
                found += _periods(part)
        return found + _roles()


def _periods(part: str) -> list[Line]:
    told = [Line(part, "keeping", f"Досиета: {_small(live.keeping_files())}")]
    labels = {CODES[0]: "След закриването", CODES[1]: "От раждането", CODES[2]: "След смъртта"}
    told += [
        Line(part, code, f"{label} досието се пази: {asked.amount(code)}.") for code, label in labels.items()
    ]
    return [
        *told,
        Line(
            part,
            "selection_data_keep",
            f"Данни от подбор на персонал се пазят най-много: {asked.amount('selection_data_keep')}.",
        ),
    ]


def _roles() -> list[Line]:
    found = []
    for line in matrix.table():
        rights = (
            "; ".join(f"{_small(area)}: {may}" for area, may in line.cells if may) or "няма права в таблицата"
        )
        found.append(
            Line("Кой какво може", f"role:{line.role}", f"{line.name}. {rights[:1].upper()}{rights[1:]}.")
        )
    return found


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """What changed from one edition to another, in the order of the newer, what was dropped last."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    found = [
        Difference(one.part, old[key].text if key in old else "", one.text)
        for key, one in new.items() if key not in old or old[key].text != one.text
    ]  # fmt: skip
    return found + [Difference(one.part, one.text, "") for key, one in old.items() if key not in new]
