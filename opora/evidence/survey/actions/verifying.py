"""What the coordinator does with a card that came in, or did not."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.evidence.survey import policies, stages, trail
from opora.evidence.survey.actions.moving import move
from opora.evidence.survey.models import Card, QuestionCheck
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed


def return_card(actor: Actor, card: Card, *, reason: str) -> None:
    """Give a sent or verified card back to the service, saying what to complete."""
    _verifiable(actor, card)
    if not reason.strip():
        raise ActionRefused(_("Напишете какво да се допълни, за да знае екипът на услугата."))
    move(actor, card, stages.RETURNED, whence=stages.IN, note=reason.strip())


def verify_card(actor: Actor, card: Card, *, note: str = "") -> None:
    """Accept a sent card as right. Refused while a question of it stands open."""
    _verifiable(actor, card)
    queried = QuestionCheck.objects.filter(card=card, outcome="query").count()
    if queried:
        raise ActionRefused(
            ngettext(
                "%(n)d въпрос чака отговор от услугата. Върнете картата за допълване.",
                "%(n)d въпроса чакат отговор от услугата. Върнете картата за допълване.",
                queried,
            )
            % {"n": queried}
        )
    move(actor, card, stages.VERIFIED, whence=(stages.SUBMITTED,), note=note.strip())


def excuse_card(actor: Actor, card: Card, *, reason: str) -> None:
    """Expect nothing more of this service in the round, and say why."""
    _verifiable(actor, card)
    if not reason.strip():
        raise ActionRefused(_("Напишете защо услугата се освобождава от картата."))
    move(actor, card, stages.EXCUSED, whence=(*stages.OPEN, stages.SUBMITTED), note=reason.strip())


def expect_again(actor: Actor, card: Card) -> None:
    """Take back an excuse: the card stands where its answers left it."""
    _verifiable(actor, card)
    begun = stages.RETURNED if card.submitted_at else stages.DRAFT
    move(actor, card, begun if card.saved_at else stages.NOT_STARTED, whence=(stages.EXCUSED,))


def check_question(actor: Actor, card: Card, path: str, *, outcome: str, note: str = "") -> QuestionCheck:
    """Say about one answer that it is right (`ok`) or to be asked again (`query`, with what to ask)."""
    _verifiable(actor, card)
    if outcome == "query" and not note.strip():
        raise ActionRefused(_("Напишете какво да се уточни в този отговор."))
    with transaction.atomic():
        check, _new = QuestionCheck.objects.update_or_create(
            card=card,
            path=path,
            defaults={"outcome": outcome, "note": note.strip(), "by": actor.name, "at": clock.now()},
        )
        trail.record(actor, "survey.question_checked", card.code, card.path, question=path, outcome=outcome)
    return check


def note_contact(actor: Actor, card: Card, *, what: str) -> None:
    """Remember that the service was reminded, called or visited."""
    _verifiable(actor, card)
    with transaction.atomic():
        Card.objects.filter(pk=card.pk).update(last_contact_at=clock.now(), last_contact=what[:200])
        trail.record(actor, "survey.contact", card.code, card.path, what=what)


def _verifiable(actor: Actor, card: Card) -> None:
    if not policies.verify_card(actor, card):
        raise NotAllowed(_("Само областният координатор проверява картите."))
    if not card.round.is_open:
        raise ActionRefused(_("Събирането е приключено и картата вече не се променя."))
