"""Filling a toolkit's form in a file: begun with what is known, saved as often as wanted, finished once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_toolkits, queries_toolkits
from opora.care.casework.actions.common import chain_of, locked
from opora.care.casework.models import ClientFile, Toolkit, ToolkitAnswers
from opora.care.casework.toolkits import facts, filling
from opora.engines import questionnaire
from opora.evidence.survey import checking
from opora.evidence.survey.values import Answers
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed


@transaction.atomic
def begin_form(actor: Actor, file: ClientFile, toolkit: Toolkit, form: str) -> ToolkitAnswers:
    """A form by the newest version of the service's toolkit, filled with what is known; the open one if there is one."""
    kept = locked(file)
    if not policies_toolkits.fill(actor, kept) or toolkit.service_id != kept.service_id:
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    version = queries_toolkits.version_of(toolkit)
    same = kept.toolkit_answers.filter(
        form=form, toolkit_version__toolkit=toolkit, finished_at__isnull=True
    ).first()
    if same is not None:
        return same
    compiled = queries_toolkits.compiled(version, form)
    answers, sources = facts.first_answers(actor, compiled, kept)
    checked = checking.check(compiled, answers)
    made = ToolkitAnswers.objects.create(
        file=kept, toolkit_version=version, form=form, number=kept.toolkit_answers.filter(form=form).count() + 1,
        answers=answers, prefill=sources, done=checked.ready, total=checked.asked, began_at=clock.now(),
        began_by=actor.name,
    )  # fmt: skip
    _note(actor, made, "case.form_begun")
    return made


@transaction.atomic
def save_form(
    actor: Actor, filled: ToolkitAnswers, answers: Answers, *, version: int = 0, seen: str | None = None
) -> ToolkitAnswers:
    """What is written so far; of a page (`seen`) only the answers its reader changed. NotAllowed; Clash when somebody
    changed the same meanwhile, its `theirs` what stands now, answer by answer.
    """
    kept = _open(actor, filled)
    words = _("%(who)s записа формуляра, докато пишехте.") % {"who": kept.saved_by or kept.began_by}
    if seen is not None:
        answers = filling.brought(answers, kept.answers, seen, words)
    if answers == kept.answers:
        return kept
    if seen is None and version != kept.version:
        raise Clash(words, theirs=filling.flat(kept.answers), version=kept.version)
    checked = checking.check(queries_toolkits.compiled(kept.toolkit_version, kept.form), answers)
    kept.answers, kept.done, kept.total = answers, checked.ready, checked.asked
    kept.saved_at, kept.saved_by, kept.version = clock.now(), actor.name, kept.version + 1
    kept.save()
    _note(actor, kept, "case.form_saved")
    return kept


@transaction.atomic
def finish_form(actor: Actor, filled: ToolkitAnswers) -> ToolkitAnswers:
    """Close it for writing. NotAllowed; ActionRefused while something required is missing or wrong."""
    kept = _open(actor, filled)
    compiled = queries_toolkits.compiled(kept.toolkit_version, kept.form)
    checked = checking.check(compiled, kept.answers)
    if checking.blocking(checked):
        raise ActionRefused(_("Формулярът още не е готов. Допълнете отбелязаните въпроси."))
    kept.answers = questionnaire.prune(compiled, kept.answers, checked)
    kept.finished_at, kept.finished_by, kept.version = clock.now(), actor.name, kept.version + 1
    kept.save()
    _note(actor, kept, "case.form_finished")
    return kept


def _open(actor: Actor, filled: ToolkitAnswers) -> ToolkitAnswers:
    rows = ToolkitAnswers.objects.select_for_update(of=("self",)).select_related(
        "file__service", "toolkit_version"
    )
    kept: ToolkitAnswers = rows.get(pk=filled.pk)
    if not policies_toolkits.change_answers(actor, kept):
        raise NotAllowed(_("Формулярът е приключен или по досието работят други хора."))
    return kept


def _note(actor: Actor, filled: ToolkitAnswers, deed: str, **more: Any) -> None:
    details = {"form": filled.pk, "toolkit": filled.toolkit_version_id} | more
    audit.record(actor, deed, filled.file.code, chain=chain_of(filled.file), details=details)
