"""The first page of somebody for whom nothing waits: what will come here, from whom, and what they can do now."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor


@dataclass(frozen=True)
class Calm:
    """Words in place of work, and the way on."""

    text: str
    action: str
    href: str


def calm(actor: Actor) -> Calm:
    """By the role: a person from outside is told that questions come by letter, an evaluator what a panel is."""
    practices = reverse("practice_library")
    if actor.holds("external_specialist"):
        return Calm(
            _(
                "Когато услуга Ви помоли за становище, получавате писмо с личен адрес, а кода Ви казват по телефона. "
                "Отворете адреса от писмото: за него не се влиза с профил. Тук не се показват досиета."
            ),
            _("Разгледайте добрите практики"),
            practices,
        )
    if actor.holds("evaluator"):
        return Calm(
            _(
                "Когато координатор Ви покани в комисия за награда, тя се появява тук с това, което се очаква от Вас: "
                "да обявите връзките си и да гласувате."
            ),
            _("Вижте наградите"),
            reverse("practice_periods"),
        )
    if actor.holds("dpo_auditor"):
        return Calm(
            _(
                "Тук идват нарушенията на сигурността, исканията за заличаване и сигналите за много отворени досиета."
            ),
            _("Към дневника на достъпа"),
            reverse("accounts_audit"),
        )
    return Calm(
        _("Щом някой Ви възложи работа или наближи срок, тя застава тук."),
        _("Разгледайте добрите практики"),
        practices,
    )  # fmt: skip
