"""Where to open services so that people travel least, and how sure that is.

:func:`p_median` chooses p sites, :func:`max_cover` reaches most people within a radius, :func:`capacitated` opens
places of limited size, :func:`accessibility` measures what people can reach. :func:`alternatives` prices every choice,
:func:`spread` puts the far ones beside the mean. Model and measured figures: docs/engines/siting.md.

Modules that calculate are loaded at the first use and not at import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from opora.engines.siting.result import Siting

if TYPE_CHECKING:
    from opora.engines.siting.access import Access, accessibility
    from opora.engines.siting.capacity import capacitated
    from opora.engines.siting.cover import max_cover
    from opora.engines.siting.median import p_median
    from opora.engines.siting.prices import Alternative, alternatives
    from opora.engines.siting.words import Spread, spread

_CALCULATING = {
    "Access": "access",
    "Alternative": "prices",
    "Spread": "words",
    "accessibility": "access",
    "alternatives": "prices",
    "capacitated": "capacity",
    "max_cover": "cover",
    "p_median": "median",
    "spread": "words",
}

__all__ = [
    "Access",
    "Alternative",
    "Siting",
    "Spread",
    "accessibility",
    "alternatives",
    "capacitated",
    "max_cover",
    "p_median",
    "spread",
]


def __getattr__(name: str) -> Any:
    if name not in _CALCULATING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_CALCULATING[name]}"), name)
    globals()[name] = value
    return value
