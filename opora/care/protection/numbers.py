"""Whether a text holds a personal number: ЕГН or ЛНЧ with a right check digit."""

from __future__ import annotations

import re

from stdnum.bg import egn, pnf

_TEN = re.compile(r"(?<!\d)\d{10}(?!\d)")


def holds_number(text: str) -> bool:
    """True for a text in which ten digits stand together that are a valid ЕГН or ЛНЧ; a telephone hardly ever is."""
    return any(egn.is_valid(found) or pnf.is_valid(found) for found in _TEN.findall(text))
