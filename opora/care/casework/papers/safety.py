"""The safety plan on paper, for the person to keep; risk and crises as parts of the whole file."""

from __future__ import annotations

from opora.care.casework.models import Crisis, Risk, RiskFactor, SafetyLine, SafetyPlan
from opora.care.casework.papers.book import Block, Entry, Facts, Heading, Part, Text, Writer
from opora.care.casework.queries_papers import Source
from opora.foundation.ui import formats


def safety_parts(plan: SafetyPlan, w: Writer) -> list[Part]:
    """Each question with its lines; nothing that says whose file it is."""
    found = list(plan.lines.all())
    parts = []
    for kind, label in SafetyLine.KINDS:
        lines = [Text(w.text(line.text)) for line in found if line.kind == kind]
        if kind == "step":
            lines.append(Text(f"Заедно ще прегледаме плана на {formats.date(plan.review_on)}."))
        if lines:
            parts.append(Part(str(label), tuple(lines)))
    return parts


def crisis_parts(source: Source, w: Writer) -> list[Part]:
    """Levels of risk with their reasons, and every crisis; only for those who may know who told."""
    parts = []
    if source.risks:
        parts.append(Part("Риск", tuple(block for risk in source.risks for block in _risk(risk, source, w))))
    return [*parts, *(_crisis(crisis, w) for crisis in source.crises)]


def _risk(risk: Risk, source: Source, w: Writer) -> list[Block]:
    who = {one.person_id: str(one.get_kind_display()) for one in source.relations}
    factors = list(risk.factors.all())
    rows = [
        ("Степен", str(risk.get_level_display())),
        ("Защо", w.text(risk.why)),
        *((str(label).capitalize(), _lines(factors, side, w)) for side, label in RiskFactor.SIDES),
        ("Поставил степента", f"{w.name(risk.by)}, {formats.datetime(risk.at)}"),
    ]
    title = who.get(risk.person_id, "детето или лицето")
    return [
        Heading(f"{title.capitalize()}, {formats.date(risk.at)}"),
        Facts(tuple(row for row in rows if row[1])),
    ]


def _lines(factors: list[RiskFactor], side: str, w: Writer) -> str:
    return "\n".join(w.text(one.text) for one in factors if one.side == side)


def _crisis(crisis: Crisis, w: Writer) -> Part:
    blocks: list[Block] = []
    for signal in crisis.signals.all():
        rows = [
            ("Сигнал от", str(signal.get_source_display())),
            ("Подател", w.name(signal.whom) if signal.whom else ""),
            ("Какво се съобщава", w.text(signal.what)),
            ("Има ли опасност", str(signal.get_danger_display()) if signal.danger else ""),
            ("Какво е установено", w.text(signal.finding)),
        ]
        blocks += [
            Heading(f"Получен на {formats.datetime(signal.received_at)}"),
            Facts(tuple(r for r in rows if r[1])),
        ]
    for step in crisis.steps.all():
        done = (
            f"направено {formats.datetime(step.done_at)}"
            if step.done_at
            else "отпада"
            if step.dropped
            else "чака"
        )
        blocks.append(Entry(w.text(step.text), f"{w.name(step.who)} · {done}", (w.text(step.result),)))
    if not crisis.is_open:
        end = f"{crisis.get_outcome_display()}, {formats.datetime(crisis.closed_at)}"
        blocks.append(Facts((("Завърши", end), ("Какво следва", w.text(crisis.closing)))))
    return Part(f"Криза № {crisis.number}", tuple(blocks))
