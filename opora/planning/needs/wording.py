"""A person's words must not tell what the published tables hide."""

from __future__ import annotations

import re

from opora.planning.needs.reckoning import Result

_PEOPLE = r"(?:душ[аи]|човек|хора|потребител\w*|дете|деца\w*|лиц[ае]\w*|младеж\w*|чакащ\w*|жен[аи]|мъж\w*|семейств\w*)"
_SAID = re.compile(rf"\b(\d{{1,7}})\s+(?:\w+\s+)?{_PEOPLE}", re.IGNORECASE)
SMALL = range(1, 5)


def told_anyway(text: str, full: Result, public: Result) -> str:
    """The first words that name a small or hidden number of people; empty when there are none."""
    printed = {cell.value for _, _, _, cell in public.cells() if not cell.hidden}
    kept = {
        before.value
        for (_, _, _, before), (_, _, _, after) in zip(_cells(full), public.cells(), strict=True)
        if after.hidden and before.value not in printed
    }
    for found in _SAID.finditer(text):
        if int(found[1]) in SMALL or int(found[1]) in kept:
            return found[0]
    return ""


def _cells(full: Result):  # type: ignore[no-untyped-def]
    return ((table, row, column, cell) for table, row, column, cell in full.cells() if not table.internal)
