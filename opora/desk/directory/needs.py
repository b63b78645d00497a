"""For whom people look for help, in their own words, and which target groups of the register stand behind each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Need:
    """One answer to „За кого търсите помощ?“."""

    code: str
    label: object
    groups: tuple[str, ...]
    violence: bool = False


NEEDS = (
    Need("child-disability", _("Дете с увреждане"), ("children_disabilities", "children_severe_disabilities", "youth_disabilities", "children_early_age")),
    Need("child-family", _("Дете или семейство в трудност"), ("children_at_risk", "all_children", "parents", "child_carers", "children_early_age", "children_behaviour", "children_dropping_out", "children_street", "mothers_at_risk")),
    Need("adult-disability", _("Възрастен човек с увреждане"), ("adults_disabilities", "adults_physical", "adults_sensory", "adults_intellectual", "adults_mental")),
    Need("elderly", _("Възрастен близък"), ("elderly", "elderly_care", "adults_dementia", "adult_carers")),
    Need("foster", _("Искам да приема или осиновя дете"), ("foster_families", "adopters")),
    Need("homeless", _("Човек без дом или в бедност"), ("adults_homeless", "adults_crisis", "adults_poverty")),
    Need("violence", _("Някой ме наранява"), ("children_violence", "adults_violence", "mothers_at_risk"), violence=True),
)  # fmt: skip


def need(code: str) -> Need | None:
    """By code; None for anything else."""
    return next((n for n in NEEDS if n.code == code), None)
