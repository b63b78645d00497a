"""Invented answers to the demonstration's survey card: what the register gave stays, the head's part is made up by a seed."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from opora.engines.questionnaire import Form, check, put
from opora.evidence.survey.models import Card

SPECIALISTS = (
    "clinical_psychologist", "psychiatrist", "speech_therapist", "kinesitherapist",
    "paediatrician", "physiotherapist", "legal_counsellor", "mediator",
)  # fmt: skip
LIKELY = {
    "csc": ("clinical_psychologist", "speech_therapist", "mediator", "legal_counsellor"),
    "day": ("speech_therapist", "kinesitherapist", "clinical_psychologist", "paediatrician"),
    "ftpc": ("psychiatrist", "clinical_psychologist", "speech_therapist"),
    "protected": ("psychiatrist", "kinesitherapist"),
    "csri": ("speech_therapist", "kinesitherapist", "physiotherapist", "clinical_psychologist"),
    "crisis": ("clinical_psychologist", "legal_counsellor", "psychiatrist"),
}
LACKING = (
    "Логопед поне два дни седмично. Сега децата пътуват до областния град.",
    "Психиатър, който идва на място. Потребителите чакат преглед повече от месец.",
    "Превоз до услугата за семействата от селата.",
    "Кинезитерапевт за децата с двигателни затруднения.",
    "Работа за хората, които вече са готови да излязат от услугата.",
    "Заместваща грижа, за да могат родителите да си починат.",
    "Подкрепа вечер и през почивните дни, когато се случват повечето кризи.",
)
PRACTICES = (
    "",
    "Семейството участва в оценката и в плана от първия ден и подписва всяка цел.",
    "Групи за родители два пъти в месеца, водени от родител и психолог.",
    "Общ график със съседната услуга, така че логопедът да работи и в двете.",
    "",
)
CONDITIONS = (
    "Договорени часове и превоз на специалиста.",
    "Ясен ред кой кого търси при криза.",
    "Обучение на екипа.",
)
PARTS = ("users_children", "users_adults", "users_elderly")
CRISES = ("violence", "selfharm", "aggression", "running_away", "psychiatric", "health", "family", "shelter")


def complete(form: Form, card: Card, seed: int, *, today: dt.date) -> dict[str, Any]:
    """Answers with which the card can be sent: asks the form what is missing until nothing is."""
    rng = random.Random(seed)  # noqa: S311 - invented data, not secrets
    answers: dict[str, Any] = copy.deepcopy(card.answers)
    now = dt.datetime.combine(today, dt.time(12))
    for _round in range(8):
        result = check(form, answers, today=today, now=now)
        if not result.missing:
            return answers
        for path in result.missing:
            put(answers, path, _value(path, card, answers, rng))
    raise ValueError(f"the card still misses {result.missing}")


def _value(path: str, card: Card, answers: dict[str, Any], rng: random.Random) -> Any:
    name = path.rpartition(".")[2]
    if name.endswith("_users"):
        return rng.randint(2, max(3, (card.service.occupied or 10) // 3))
    if name.endswith("_hours"):
        return rng.choice([8, 10, 12, 16, 20, 24, 30, 40])
    return _MADE[name](card, answers, rng)


def _of_occupied(share: float) -> Callable[..., int]:
    return lambda card, answers, rng: max(0, round((card.service.occupied or 0) * share))


def _users(part: str) -> Callable[..., int]:
    """The parts of one service always add up to its occupied places: what is left goes to the last part asked."""

    def made(card: Card, answers: dict[str, Any], rng: random.Random) -> int:
        whole, given = card.service.occupied or 0, answers.get("users", {})
        taken: int = sum(given.get(name, 0) for name in PARTS if name != part)
        adults_too = any(not group.children for group in card.service.target_groups.all())
        if part == "users_children":
            return round(whole * 0.7) if adults_too else whole
        return max(0, whole - taken)

    return made


def _specialists(card: Card, answers: dict[str, Any], rng: random.Random) -> list[str]:
    family = next((key for key in LIKELY if card.service.type.code.startswith(key)), "")
    likely = LIKELY.get(family, SPECIALISTS[:4])
    chosen = [one for one in likely if rng.random() < 0.7]
    return chosen or ([rng.choice(likely)] if rng.random() < 0.8 else ["none"])


_MADE: dict[str, Callable[..., Any]] = {
    "settlement": lambda card, answers, rng: card.service.municipality.name,
    "as_of": lambda card, answers, rng: answers["places"].get("as_of"),
    "over_reason": lambda card, answers, rng: "Двама потребители ползват едно място на половин ден.",
    "users_children": _users("users_children"),
    "users_adults": _users("users_adults"),
    "users_elderly": _users("users_elderly"),
    "users_women": _of_occupied(0.5),
    "users_disability": lambda card, answers, rng: _disabled(card, rng),
    "users_reason": lambda card, answers, rng: "Част от хората ползват услугата почасово.",
    "specialists": _specialists,
    "crisis_cases": lambda card, answers, rng: rng.choice([0, 0, 1, 2, 3, 5, 8]),
    "crisis_kinds": lambda card, answers, rng: rng.sample(CRISES, k=rng.randint(1, 3)),
    "team_ready": lambda card, answers, rng: rng.choice(["yes", "yes", "yes", "partly", "no"]),
    "team_conditions": lambda card, answers, rng: rng.choice(CONDITIONS),
    "lacking": lambda card, answers, rng: rng.choice(LACKING),
    "practice": lambda card, answers, rng: rng.choice(PRACTICES),
}


def _disabled(card: Card, rng: random.Random) -> int:
    occupied = card.service.occupied or 0
    groups = {group.code for group in card.service.target_groups.all()}
    share = (
        0.95
        if any("disabilit" in g or g in ("adults_intellectual", "adults_mental") for g in groups)
        else 0.15
    )
    return min(occupied, round(occupied * share * rng.uniform(0.7, 1)))
