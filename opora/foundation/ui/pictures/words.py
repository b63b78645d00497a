"""The sentence a picture says to those who do not see it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.ui.pictures.values import Hidden, Value, decimals_of, spoken


def describe(title: str, values: Sequence[tuple[str, Value]], unit: str = "") -> str:
    """How many there are, the highest and lowest with names, how many are without data or hidden."""
    known = [(value, name) for name, value in values if isinstance(value, int | float)]
    if not known:
        return _("{title}. Няма данни.").format(title=title.rstrip("."))
    sentences = [_count(len(values), unit), _ends(known)]
    missing = sum(value is None for _name, value in values)
    if missing:
        sentences.append(ngettext("За {n} няма данни.", "За {n} няма данни.", missing).format(n=missing))
    hidden = sum(isinstance(value, Hidden) for _name, value in values)
    if hidden:
        sentences.append(
            ngettext("{n} малко число е скрито.", "{n} малки числа са скрити.", hidden).format(n=hidden)
        )
    return " ".join(sentences)


def _count(count: int, unit: str) -> str:
    if not unit:
        return ngettext("{n} стойност.", "{n} стойности.", count).format(n=count)
    return ngettext("{n} стойност: {unit}.", "{n} стойности: {unit}.", count).format(n=count, unit=unit)


def _ends(known: list[tuple[float, str]]) -> str:
    decimals = decimals_of([value for value, _name in known])
    high, low = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    if high[0] == low[0]:
        return _("Навсякъде {value}.").format(value=spoken(high[0], decimals))
    return _("Най-много: {high} ({high_value}); най-малко: {low} ({low_value}).").format(
        high=high[1],
        high_value=spoken(high[0], decimals),
        low=low[1],
        low_value=spoken(low[0], decimals),
    )
