"""Stages of a client file: their words and the order in which a file may pass through them (LAW 4.1; ЗСУ 73–85)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CONTACT, REFERRAL, PRELIMINARY, INTAKE = "contact", "referral", "preliminary", "intake"
ASSESSMENT, PLAN, CONTRACT, WORK, REVIEW = "assessment", "plan", "contract", "work", "review"
TRANSFERRED, CLOSED = "transferred", "closed"

STAGES = {
    CONTACT: _("Първи контакт"),
    REFERRAL: _("Насочване"),
    PRELIMINARY: _("Предварителна оценка"),
    INTAKE: _("Приемане"),
    ASSESSMENT: _("Оценка на потребностите"),
    PLAN: _("Индивидуален план за подкрепа"),
    CONTRACT: _("Договор"),
    WORK: _("Работа по плана"),
    REVIEW: _("Преглед на плана"),
    TRANSFERRED: _("Прехвърлено"),
    CLOSED: _("Закрито"),
}
TAGS = dict.fromkeys(STAGES, "info") | {
    CONTACT: "waiting",
    REFERRAL: "waiting",
    CLOSED: "none",
    TRANSFERRED: "none",
}

ENDED = (TRANSFERRED, CLOSED)
ON_THE_WAY = (CONTACT, REFERRAL, PRELIMINARY, INTAKE, ASSESSMENT, PLAN, CONTRACT, WORK, REVIEW)

NEXT: dict[str, tuple[str, ...]] = {
    CONTACT: (REFERRAL, PRELIMINARY, INTAKE),
    REFERRAL: (PRELIMINARY, INTAKE),
    PRELIMINARY: (INTAKE,),
    INTAKE: (ASSESSMENT,),
    ASSESSMENT: (PLAN,),
    PLAN: (CONTRACT, WORK),
    CONTRACT: (WORK,),
    WORK: (REVIEW,),
    REVIEW: (WORK, PLAN, ASSESSMENT),
    TRANSFERRED: (),
    CLOSED: (INTAKE,),
}
"""What may follow. An open file may also be closed at any stage; a closed one is opened again at intake."""


def following(stage: str) -> tuple[str, ...]:
    """Stages a file in this one may enter."""
    return NEXT[stage] + ((CLOSED,) if stage not in ENDED else ())


# A rule whose term begins when the file enters the stage, and the stages that end it.
TERMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    CONTACT: (("preliminary_assessment_term", (PRELIMINARY, INTAKE, CLOSED)),),
    INTAKE: (("needs_assessment_term", (PLAN, CONTRACT, WORK, CLOSED)),),
    WORK: (("plan_review_interval", (REVIEW, PLAN, CLOSED, TRANSFERRED)),),
}
