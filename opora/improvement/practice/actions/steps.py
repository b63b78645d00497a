"""The plan of an adaptation: who leads, its steps, which are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import Clash
from opora.improvement.practice.actions.common import note
from opora.improvement.practice.actions.transfers import writable
from opora.improvement.practice.models import Adaptation, Step


@transaction.atomic
def write_plan(
    actor: Actor,
    adaptation: Adaptation,
    *,
    responsible: str,
    steps: Sequence[Mapping[str, Any]],
    version: int = 0,
    seen: str | None = None,
) -> Adaptation:
    """Who leads the adaptation and its steps, all at once; a step that stays keeps the day it was done. Of a page (`seen`)
    only what its reader changed. NotAllowed; Clash when somebody saved (of a page: changed the same) meanwhile.
    """
    kept = writable(actor, adaptation)
    why = _("Колега промени плана, докато пишехте.")
    if seen is None and kept.version != version:
        raise Clash(why, theirs=kept, version=kept.version)
    mine = shown.brought(
        {"responsible": responsible, "steps": plan_lines(steps)}, plan_words(kept), seen, why
    )
    kept.responsible = mine.get("responsible", kept.responsible).strip()
    kept.version += 1
    kept.save()
    if "steps" in mine:
        _rewrite(kept, steps)
    note(actor, "practice.plan_written", kept.code, kept.service)
    return kept


def plan_words(adaptation: Adaptation) -> dict[str, Any]:
    """The plan as its page shows it."""
    rows = adaptation.steps.values("text", "responsible", "due")
    return {"responsible": adaptation.responsible, "steps": plan_lines(rows)}


def plan_lines(steps: Iterable[Mapping[str, Any]]) -> str:
    """Steps one a line: „стъпка; отговорник; 31.03.2027“."""
    parts = ((one["text"], one.get("responsible"), one.get("due")) for one in steps)
    lines = ((text, who, f"{due:%d.%m.%Y}" if due else "") for text, who, due in parts)
    return "\n".join("; ".join(filter(None, line)) for line in lines)


def _rewrite(adaptation: Adaptation, steps: Sequence[Mapping[str, Any]]) -> None:
    done = dict(adaptation.steps.exclude(done_on=None).values_list("text", "done_on"))
    adaptation.steps.all().delete()
    Step.objects.bulk_create(
        Step(adaptation=adaptation, done_on=done.get(step["text"]), **step) for step in steps
    )


@transaction.atomic
def mark_steps(
    actor: Actor, adaptation: Adaptation, done: Iterable[int], *, seen: Iterable[int] | None = None
) -> None:
    """Which steps of the plan are done; a step that was done keeps its day. Of a page that had shown some as done (`seen`)
    only what its reader ticked or unticked. NotAllowed.
    """
    kept = writable(actor, adaptation)
    wanted_steps = set(done)
    if seen is not None:
        now, before = set(kept.steps.exclude(done_on=None).values_list("pk", flat=True)), set(seen)
        wanted_steps = (now | (wanted_steps - before)) - (before - wanted_steps)
    kept.steps.filter(pk__in=wanted_steps, done_on__isnull=True).update(done_on=clock.today())
    kept.steps.exclude(pk__in=wanted_steps).update(done_on=None)
    note(actor, "practice.steps_marked", kept.code, kept.service, done=len(wanted_steps))
