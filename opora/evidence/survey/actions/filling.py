"""Fill and send a card."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.engines import questionnaire
from opora.engines.questionnaire import Form, Result
from opora.evidence.survey import checking, policies, queries, sheets, stages, trail, values
from opora.evidence.survey.actions.moving import enter
from opora.evidence.survey.models import Answer, Card, QuestionCheck, Submission
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.drafts import actions as drafts
from opora.foundation.drafts.queries import Saved


def save_card(actor: Actor, card: Card, answers: values.Answers, *, base_version: int) -> Saved:
    """Keep what was typed as the card's draft. Raises `Clash` when a colleague changed the same fields."""
    _fillable(actor, card)
    saved = drafts.save(actor, card.draft_key, answers, base_version=base_version, first=card.answers)
    _note_progress(actor, card, saved)
    return saved


def settle_card(actor: Actor, card: Card, *, mine: set[str], version: int) -> Saved:
    """End a clash on the merge page."""
    _fillable(actor, card)
    saved = drafts.settle(actor, card.draft_key, mine=mine, version=version)
    _note_progress(actor, card, saved)
    return saved


def submit_card(actor: Actor, card: Card, *, key: str) -> Submission:
    """Send the draft. The same `key` again gives the same submission. Refused while something is missing or wrong."""
    with transaction.atomic():
        card = _locked(card)
        if sent := Submission.objects.filter(card=card, key=key).select_related("card").first():
            return sent
        _fillable(actor, card)
        saved = queries.draft_of(actor, card)
        form = sheets.form_of(card.round.template_version)
        checked = checking.check(form, saved.data)
        _complete(checked)
        submission = _keep(actor, card, questionnaire.prune(form, saved.data, checked), key)
        _write_rows(card, form, submission.answers, checked)
        checking.note(card, checked)
        _sent(actor, card, submission)
    return submission


def _fillable(actor: Actor, card: Card) -> None:
    if not policies.fill_card(actor, card):
        raise NotAllowed(_("Можете да четете тази карта, но не и да я попълвате."))
    if not card.round.is_open:
        raise ActionRefused(_("Събирането е приключено и картата вече не се променя."))
    if card.stage not in stages.OPEN:
        raise ActionRefused(
            _("Картата е със състояние „%(stage)s“ и не се попълва.") % {"stage": stages.STAGES[card.stage]}
        )


def _complete(checked: Result) -> None:
    if checking.blocking(checked):
        raise ActionRefused(
            ngettext(
                "Картата още не може да се изпрати: %(n)d отговор иска допълване или поправка.",
                "Картата още не може да се изпрати: %(n)d отговора искат допълване или поправка.",
                len(checking.blocking(checked)),
            )
            % {"n": len(checking.blocking(checked))}
        )


def _locked(card: Card) -> Card:
    kept = Card.objects.select_for_update(of=("self",)).select_related("round__template_version", "service")
    fresh: Card = kept.get(pk=card.pk)
    return fresh


def _keep(actor: Actor, card: Card, answers: values.Answers, key: str) -> Submission:
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return Submission.objects.create(
        card=card,
        number=Submission.objects.filter(card=card).count() + 1,
        key=key,
        answers=answers,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        at=clock.now(),
        by=actor.name,
        organisation=actor.organisation,
    )


def _write_rows(card: Card, form: Form, answers: values.Answers, checked: Result) -> None:
    Answer.objects.filter(card=card).delete()
    flat = [*values.flatten(form, answers), *values.calculated(checked)]
    Answer.objects.bulk_create(
        Answer(
            card=card, question=a.question, path=a.path, row=a.row, text=a.text, number=a.number, day=a.day
        )
        for a in flat
    )


def _sent(actor: Actor, card: Card, submission: Submission) -> None:
    card.answers = submission.answers
    card.submitted_at, card.submitted_by = submission.at, actor.name
    card.saved_at, card.saved_by = card.saved_at or submission.at, card.saved_by or actor.name
    card.version += 1
    QuestionCheck.objects.filter(card=card, outcome="query").delete()
    enter(actor, card, stages.SUBMITTED, submission.receipt)
    card.save()
    trail.record(actor, "survey.card_submitted", card.code, card.path, receipt=submission.receipt)


def _note_progress(actor: Actor, card: Card, saved: Saved) -> None:
    with transaction.atomic():
        card = _locked(card)
        if card.stage not in stages.OPEN:
            return
        checking.note(card, checking.check(sheets.form_of(card.round.template_version), saved.data))
        card.saved_at, card.saved_by = saved.saved_at, saved.saved_by
        fields = ["done", "total", "findings", "saved_at", "saved_by"]
        if card.stage == stages.NOT_STARTED:
            enter(actor, card, stages.DRAFT)
            trail.record(actor, "survey.card_begun", card.code, card.path)
            fields.append("stage")
        card.save(update_fields=fields)
