"""The twelve domains of an assessment and which specialist a need in each proposes (LAW 4.3: design, not law)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DOMAINS = {
    "health": _("Здраве"),
    "motor": _("Движение и самообслужване"),
    "cognition": _("Познание и учене"),
    "communication": _("Общуване и език"),
    "emotion": _("Емоции и поведение"),
    "identity": _("Идентичност и култура"),
    "family": _("Семейство и привързаност"),
    "parenting": _("Родителски капацитет"),
    "social": _("Социални връзки и общност"),
    "education": _("Образование и работа"),
    "housing": _("Жилище и доходи"),
    "safety": _("Безопасност и риск"),
}
LEVELS = (
    (0, _("0 – няма потребност")),
    (1, _("1 – лека")),
    (2, _("2 – умерена")),
    (3, _("3 – значителна")),
    (4, _("4 – много висока")),
)
SOURCES = [
    ("child", _("разговор с детето или човека")),
    ("family", _("разговор със семейството")),
    ("observation", _("наблюдение")),
    ("test", _("тест или скала")),
    ("document", _("документ")),
]
SPECIALISTS = {
    "paediatrician": _("педиатър"),
    "kinesitherapist": _("кинезитерапевт"),
    "orthopaedist": _("ортопед"),
    "clinical_psychologist": _("клиничен психолог"),
    "speech_therapist": _("логопед"),
    "psychiatrist": _("психиатър"),
}
ASK = {
    "health": ("paediatrician",),
    "motor": ("kinesitherapist", "orthopaedist"),
    "cognition": ("clinical_psychologist",),
    "communication": ("speech_therapist",),
    "emotion": ("clinical_psychologist", "psychiatrist"),
    "family": ("clinical_psychologist",),
}
"""Whom a need in the domain proposes; people decide whether to ask."""
