"""Keys and data of drafts: a note being typed, a goal that two people write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from opora.care.casework.models import ClientFile, Goal
from opora.foundation.accounts.actors import Actor

WORDS = ("text", "voice", "family_voice")
NOTE_FIELDS = (*WORDS, "kind", "on", "absent_why", "key", "after")
MOST_SCREENS = 20
LONGEST = 20_000
LEVELS = ("level_m2", "level_m1", "level_0", "level_p1", "level_p2")
"""Fields of the five levels, from the least on."""
GOAL_FIELDS = ("title", "baseline", "weight", "responsible", "family_part")


def note_key(actor: Actor, file: ClientFile) -> str:
    """Where this person's unfinished note of a file is kept; nobody else reads it."""
    return f"note:{file.code}:{actor.user_id}"


def note_data(posted: QueryDict) -> dict[str, Any]:
    """What was typed so far, as it was typed."""
    said: dict[str, Any] = {name: posted.get(name, "")[:LONGEST] for name in NOTE_FIELDS}
    return said | {"present": posted.getlist("present")[:10]}


def beside(now: Mapping[str, Any], taken: set[str]) -> list[dict[str, Any]]:
    """Words this person typed at other screens, the newest first; without those of the forms named."""
    alone = {name: value for name, value in now.items() if name != "others"}
    every = [alone, *now.get("others", [])]
    return [one for one in every if one.get("key") not in taken and _worth(one)]


def with_others(now: Mapping[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """What is typed at this screen, and what was typed at others and is not in it."""
    return data | {"others": beside(now, forms_in(data))[:MOST_SCREENS]}


def left(now: Mapping[str, Any], taken: set[str]) -> dict[str, Any] | None:
    """What is still a draft once the note of these forms was written."""
    rest = beside(now, taken)
    return rest[0] | {"others": rest[1:]} if rest else None


def forms_in(data: Mapping[str, Any]) -> set[str]:
    """The form itself and those whose words were put back into it."""
    return {str(data.get("key", "")), *str(data.get("after", "")).split(",")}


def restored(data: Mapping[str, Any]) -> dict[str, Any]:
    """What of a kept note goes back into the fields; nothing where no words were typed. The form has its own key.

    Words of several screens stand below each other: none is left out.
    """
    texts = beside(data, set())
    if not texts:
        return {}
    found = {name: value for name, value in texts[0].items() if name not in ("key", "after")}
    found |= {name: _joined(str(one.get(name, "")) for one in texts) for name in WORDS}
    return found | {"after": ",".join(sorted(set().union(*map(forms_in, texts)) - {""}))}


def _worth(data: Mapping[str, Any]) -> bool:
    return any(str(data.get(name, "")).strip() for name in WORDS)


def _joined(texts: Iterable[str]) -> str:
    kept: list[str] = []
    for text in texts:
        if text.strip() and not any(text.strip() in one for one in kept):
            kept.append(text)
    return "\n\n".join(kept)


def goal_key(goal: Goal) -> str:
    """Under what the goal's versions are kept."""
    return f"goal:{goal.plan.file.code}:{goal.pk}"


def goal_data(goal: Goal) -> dict[str, Any]:
    """The goal as it stands, field by field as its form has them."""
    plain: dict[str, Any] = {name: getattr(goal, name) for name in GOAL_FIELDS}
    plain |= dict(zip(LEVELS, goal.levels, strict=True)) | {"due": goal.due.isoformat()}
    return plain | {"activities": "\n".join(one.text for one in goal.activities.all())}


def said_data(goal: Mapping[str, Any], lines: list[str]) -> dict[str, Any]:
    """The same of what a form said."""
    plain: dict[str, Any] = {name: goal[name] for name in GOAL_FIELDS}
    plain |= dict(zip(LEVELS, goal["levels"], strict=True)) | {"due": goal["due"].isoformat()}
    return plain | {"activities": "\n".join(lines)}


def as_goal(data: Mapping[str, Any], goal: Goal) -> dict[str, Any]:
    """Merged data as the writer of goals wants it; domain and need stay those of the goal."""
    said: dict[str, Any] = {name: data[name] for name in GOAL_FIELDS}
    return said | {
        "levels": [data.get(name) or "" for name in LEVELS], "due": dt.date.fromisoformat(data["due"]),
        "domain": goal.domain, "need": goal.need,
    }  # fmt: skip
