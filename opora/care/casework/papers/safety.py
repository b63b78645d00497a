"""The safety plan on paper, for the person to keep."""

from __future__ import annotations

from opora.care.casework.models import SafetyLine, SafetyPlan
from opora.care.casework.papers.book import Part, Text, Writer
from opora.foundation.ui import formats


def safety_parts(plan: SafetyPlan, w: Writer) -> list[Part]:
    """Each question with its lines; nothing that says whose file it is."""
    found = list(plan.lines.all())
    parts = [
        Part(str(label), tuple(Text(w.text(line.text)) for line in found if line.kind == kind))
        for kind, label in SafetyLine.KINDS
        if any(line.kind == kind for line in found)
    ]
    when = f"Заедно ще прегледаме плана на {formats.date(plan.review_on)}."
    return [*parts, Part("Кога ще го прегледаме", (Text(when),))]
