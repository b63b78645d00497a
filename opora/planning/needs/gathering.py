"""From the register, the survey and the territory to frozen facts. Reads whole regions; actions check who
asks.
"""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from opora.engines.questionnaire import Question as Asked
from opora.evidence.survey import sheets, stages
from opora.evidence.survey.models import Answer, Card, CardStage, Round
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules
from opora.foundation.territory.models import Municipality, PopulationFigure, Region
from opora.planning.needs import reckoning as r
from opora.register.models import Service, ServiceType, TargetGroup

KINDS = {
    "select_one": "choice",
    "select_multiple": "choice",
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "calculate": "number",
    "text": "text",
}
WEEK_RULE = "full_time_week"


def gather(region: Region, round_: Round) -> r.Facts:
    """Everything an analysis of the region from this round stands on, as of today, in Bulgarian."""
    with translation.override("bg"):
        return _gather(region, round_)


def _gather(region: Region, round_: Round) -> r.Facts:
    today = clock.today()
    services = _services(region, today)
    towns = list(Municipality.objects.filter(region=region))
    week, source = _week(today)
    return r.Facts(
        region=r.Place(region.code, region.name),
        date=today.isoformat(),
        round_code=round_.code,
        round_title=round_.title,
        round_opened=round_.opened_at.date().isoformat(),
        round_closed=round_.closed_at.date().isoformat() if round_.closed_at else "",
        template=str(round_.template_version),
        municipalities=tuple(r.Place(town.code, town.name) for town in towns),
        types=tuple(r.Place(kind.code, _type_name(kind)) for kind in ServiceType.objects.all()),
        groups=tuple(r.Place(group.code, group.name) for group in TargetGroup.objects.all()),
        services=services,
        questions=_questions(round_),
        cards=_cards(region, round_),
        population=_population([region.code, *(town.code for town in towns)]),
        population_kinds=tuple((key, str(label)) for key, label in PopulationFigure.Kind.choices),
        week_hours=week,
        week_hours_source=source,
    )


def _type_name(kind: ServiceType) -> str:
    return f"{kind.name} ({kind.abbr})" if kind.abbr not in {"", "–"} else kind.name


def _week(today: dt.date) -> tuple[float, str]:
    rule = rules.rule(WEEK_RULE, today)
    doubt = "" if rule.verified else "; непроверена норма"
    return rule.number or 40.0, f"{rule.legal_ref}{doubt}"


def _services(region: Region, today: dt.date) -> tuple[r.ServiceFacts, ...]:
    found = Service.objects.within([region.path]).operating(today).select_related("type", "municipality")
    return tuple(
        _service(service) for service in found.prefetch_related("posts", "target_groups").order_by("code")
    )


def _service(service: Service) -> r.ServiceFacts:
    posts = sorted(service.posts.all(), key=lambda post: post.profession)
    return r.ServiceFacts(
        code=service.code,
        name=service.name,
        type=service.type.code,
        municipality=service.municipality.code,
        groups=tuple(sorted(group.code for group in service.target_groups.all())),
        capacity=service.capacity,
        crisis_places=service.crisis_places,
        occupied=service.occupied,
        waiting=service.waiting,
        posts=tuple(r.PostFacts(p.profession, float(p.posts), float(p.filled)) for p in posts),
    )


def _questions(round_: Round) -> tuple[r.Question, ...]:
    form = sheets.form_of(round_.template_version)
    return tuple(_question(asked) for asked in form.questions() if asked.asks or asked.extra.get("analysis"))


def _question(asked: Asked) -> r.Question:
    parent = asked.parent
    choices = asked.choices.choices if asked.choices else ()
    return r.Question(
        path=asked.path,
        label=_plain(asked.labels.get("bg") or next(iter(asked.labels.values()), "") or asked.name),
        kind=KINDS.get(asked.type, "other"),
        role=asked.extra.get("analysis", "").strip(),
        section=(parent.labels.get("bg", "") if parent else ""),
        choices=tuple((choice.name, choice.label("bg")) for choice in choices),
        prefilled=bool(asked.extra.get("prefill", "")),
        many=asked.type == "select_multiple",
    )


def _plain(label: str) -> str:
    """Without the marks of emphasis and the names of other answers."""
    return " ".join(label.replace("**", "").split())


def _cards(region: Region, round_: Round) -> tuple[r.CardFacts, ...]:
    cards = list(
        Card.objects.filter(round=round_).within([region.path]).select_related("service").order_by("code")
    )
    answers: dict[int, list[tuple[str, str, str, float | None]]] = {}
    rows = Answer.objects.filter(card__in=[card.pk for card in cards if card.stage in stages.IN]).order_by(
        "id"
    )
    for card_id, question, path, text, number in rows.values_list(
        "card_id", "question", "path", "text", "number"
    ):
        answers.setdefault(card_id, []).append((question, path, text, number))
    reasons = _reasons([card.pk for card in cards if card.stage == stages.EXCUSED])
    return tuple(
        r.CardFacts(
            code=card.code,
            service=card.service.code,
            stage=card.stage,
            state=str(stages.STAGES[card.stage]),
            reason=reasons.get(card.pk, ""),
            answers=tuple(answers.get(card.pk, ())),
        )
        for card in cards
    )


def _reasons(excused: list[int]) -> dict[int, str]:
    notes = CardStage.objects.filter(card__in=excused, stage=stages.EXCUSED).order_by("at", "id")
    return dict(notes.values_list("card_id", "note"))


def _population(codes: list[str]) -> tuple[r.PopulationFacts, ...]:
    found = PopulationFigure.objects.filter(code__in=codes).order_by("code", "kind", "as_of", "source")
    return tuple(
        r.PopulationFacts(row.code, str(row.kind), row.value, row.as_of.isoformat(), row.source)
        for row in found
    )
