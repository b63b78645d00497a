"""What is recorded for outcomes: where the person lives and the school, and what they think of the service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future
from opora.care.casework.models import ClientFile, Satisfaction, Situation
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def record_situation(actor: Actor, file: ClientFile, *, on: dt.date, living: str, school: str) -> Situation:
    """Where the person lives and whether they go to school on a day; the same again is not written twice."""
    kept = _writable(actor, file)
    not_in_the_future(on)
    if living not in dict(Situation.LIVING) or school not in dict(Situation.SCHOOL):
        raise ActionRefused(_("Изберете къде живее човекът и дали посещава училище."))
    same = kept.situations.filter(on=on, living=living, school=school).first()
    if same is not None:
        return same
    made = Situation.objects.create(
        file=kept, on=on, living=living, school=school, at=clock.now(), by=actor.name
    )
    audit.record(actor, "case.situation", kept.code, chain=chain_of(kept), details={"situation": made.pk})
    return made


@transaction.atomic
def record_satisfaction(
    actor: Actor, file: ClientFile, *, on: dt.date, who: str, answers: Sequence[int], words: str = ""
) -> Satisfaction:
    """Answers to the three questions. NotAllowed; ActionRefused while one of the three has none."""
    kept = _writable(actor, file)
    not_in_the_future(on)
    if who not in dict(Satisfaction.WHO) or len(answers) != 3 or any(one not in (0, 1, 2) for one in answers):
        raise ActionRefused(_("Отбележете отговор на всеки от трите въпроса."))
    heard, helped, again = answers
    made = Satisfaction.objects.create(
        file=kept, on=on, who=who, heard=heard, helped=helped, again=again, words=words.strip(), at=clock.now(),
        by=actor.name,
    )  # fmt: skip
    audit.record(actor, "case.satisfaction", kept.code, chain=chain_of(kept), details={"who": who})
    return made


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept
