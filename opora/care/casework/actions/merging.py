"""A goal that two people write at once: what does not collide is merged, what does waits for a person's choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import drafting, policies
from opora.care.casework.actions.plans import set_goal
from opora.care.casework.models import ClientFile, Goal
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.core.errors import Clash, NotAllowed
from opora.foundation.drafts import actions as drafts
from opora.foundation.drafts import queries as kept_drafts


def save_goal(
    actor: Actor, goal: Goal, said: Mapping[str, Any], *, activities: list[str], base_version: int
) -> Goal:
    """Change a goal on top of what its page showed. NotAllowed, ActionRefused.

    Where a colleague changed the same field meanwhile nothing is overwritten: the text is held and Clash is raised.
    """
    with transaction.atomic():
        kept = _locked(actor, goal)
        try:
            saved = drafts.save(
                actor, drafting.goal_key(kept), drafting.said_data(said, activities), base_version=base_version,
                first=drafting.goal_data(kept),
            )  # fmt: skip
        except Clash as clash:
            met = clash  # raised only after the transaction, which keeps the held text
        else:
            return _write(actor, kept, saved.data)
    raise met


@transaction.atomic
def settle_goal(actor: Actor, goal: Goal, *, mine: set[str], version: int, held_id: int) -> Goal:
    """My text in the fields named, the colleague's in the others. NotAllowed; Clash when somebody wrote again."""
    kept = _locked(actor, goal)
    saved = drafts.settle(actor, drafting.goal_key(kept), mine=mine, version=version, held_id=held_id)
    return _write(actor, kept, saved.data)


@transaction.atomic
def keep_note(actor: Actor, file: ClientFile, data: dict[str, Any]) -> kept_drafts.Saved:
    """What is typed of a note so far; only its author ever sees it. NotAllowed."""
    if not policies.write_file(actor, file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    key = drafting.note_key(actor, file)
    if file.events.filter(key=data.get("key") or "-").exists():
        # A save that was on its way while the note itself was written.
        return drafts.change(actor, key, lambda now: drafting.left(now, drafting.forms_in(data)))
    return drafts.change(actor, key, lambda now: drafting.with_others(now, data))


def _locked(actor: Actor, goal: Goal) -> Goal:
    """The goal as it stands now, and its draft brought up to it where the goal was changed by another way."""
    kept = Goal.objects.select_for_update(of=("self",)).select_related("plan__file__service").get(pk=goal.pk)
    if not policies.write_file(actor, kept.plan.file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    now, key = drafting.goal_data(kept), drafting.goal_key(kept)
    draft = kept_drafts.draft(actor, key)
    if draft.version and draft.data != now:
        drafts.replace(system(), key, now)  # not the actor's own change: what they typed must meet it
    return kept


def _write(actor: Actor, goal: Goal, data: Mapping[str, Any]) -> Goal:
    lines = str(data.get("activities") or "").splitlines()
    said = drafting.as_goal(data, goal)
    return set_goal(actor, goal.plan, said, activities=lines, goal=goal, version=goal.version)
