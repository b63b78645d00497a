"""Fill and send a card."""

from __future__ import annotations

import hashlib
import json

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.engines import questionnaire
from opora.engines.questionnaire import Result
from opora.evidence.survey import checking, policies, queries, sheets, stages, trail, values
from opora.evidence.survey.actions.moving import enter
from opora.evidence.survey.models import Answer, Card, QuestionCheck, Submission
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.drafts import actions as drafts
from opora.foundation.drafts.queries import Saved

SENT = (
    "answers", "stage", "version", "done", "total", "findings", "saved_at", "saved_by", "submitted_at", "submitted_by",
)  # fmt: skip


def save_card(actor: Actor, card: Card, answers: values.Answers, *, base_version: int) -> Saved:
    """Keep what was typed as the card's draft. Raises `Clash` when a colleague changed the same fields."""
    _fillable(actor, card)
    saved = drafts.save(actor, card.draft_key, answers, base_version=base_version, first=card.answers)
    _note_progress(actor, card, saved)
    return saved


def settle_card(
    actor: Actor, card: Card, *, mine: set[str], version: int, held_id: int | None = None
) -> Saved:
    """End a clash on the merge page."""
    _fillable(actor, card)
    saved = drafts.settle(actor, card.draft_key, mine=mine, version=version, held_id=held_id)
    _note_progress(actor, card, saved)
    return saved


def submit_card(actor: Actor, card: Card, *, key: str) -> Submission:
    """Send the draft; the same `key` again gives the same submission. Refused while anything is missing or
    wrong.
    """
    with transaction.atomic():
        card = _locked(card)
        before = list(Submission.objects.filter(card=card).select_related("card"))
        if sent := next((one for one in before if one.key == key), None):
            return sent
        _fillable(actor, card)
        saved = queries.draft_of(actor, card)
        form = sheets.form_of(card.round.template_version)
        checked = checking.check(form, saved.data)
        _complete(checked)
        answers = questionnaire.prune(form, saved.data, checked)
        submission = _keep(actor, card, answers, number=len(before) + 1, key=key)
        if before:
            Answer.objects.filter(card=card).delete()
            QuestionCheck.objects.filter(card=card, outcome="query").delete()
        _write_rows(card, [*values.flatten(form, answers), *values.calculated(checked)])
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
    kept = (
        Card.objects.select_for_update(of=("self",))
        .select_related("round__template_version", "service")
        .defer(*queries.heavy("round__template_version"))
    )
    fresh: Card = kept.get(pk=card.pk)
    return fresh


def _keep(actor: Actor, card: Card, answers: values.Answers, *, number: int, key: str) -> Submission:
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return Submission.objects.create(
        card=card,
        number=number,
        key=key,
        answers=answers,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        at=clock.now(),
        by=actor.name,
        organisation=actor.organisation,
    )


def _write_rows(card: Card, found: list[values.Flat]) -> None:
    """Straight into the table: seventy objects a card would cost more than checking it does."""
    quote = connection.ops.quote_name
    columns = ("card_id", "question", "path", "row", "text", "number", "day")
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    rows = [(card.pk, a.question, a.path, a.row, a.text, a.number, a.day) for a in found]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(Answer._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608
            rows,
        )


def _sent(actor: Actor, card: Card, submission: Submission) -> None:
    card.answers = submission.answers
    card.submitted_at, card.submitted_by = submission.at, actor.name
    card.saved_at, card.saved_by = card.saved_at or submission.at, card.saved_by or actor.name
    card.version += 1
    enter(actor, card, stages.SUBMITTED, submission.receipt)
    card.save(update_fields=SENT)
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
