"""Facts of this room, by what they are about."""

from opora.care.protection.models.breaches import (
    Breach,
    BreachChange,
    BreachEntry,
    BreachMark,
    BreachNumber,
    BreachTold,
)
from opora.care.protection.models.texts import ImpactText, RulesEdition, RulesLine

__all__ = [
    "Breach",
    "BreachChange",
    "BreachEntry",
    "BreachMark",
    "BreachNumber",
    "BreachTold",
    "ImpactText",
    "RulesEdition",
    "RulesLine",
]
