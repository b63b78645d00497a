"""Answers that two people write at once, answer by answer. Rows of a list count as one answer: none slips into another's
place.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from opora.evidence.survey.values import Answers
from opora.foundation.core import shown
from opora.foundation.drafts import merge


def flat(answers: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Each answer by its path."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            found |= flat(value, path)
        else:
            found[path] = json.dumps(value, ensure_ascii=False, sort_keys=True) if _rows(value) else value
    return found


def marks(answers: Mapping[str, Any]) -> str:
    """What the page carries."""
    return shown.marks(flat(answers))


def brought(answers: Answers, now: Answers, seen: str, words: str) -> Answers:
    """What stands now with the answers in it that the page's reader changed. Clash where a colleague changed the same."""
    return _over(now, answers, set(shown.brought(*_sides(answers, now), seen, words)))


def met(answers: Answers, now: Answers, seen: str) -> set[str]:
    """Paths of answers that both changed."""
    return shown.met(*_sides(answers, now), seen)


def together(answers: Answers, now: Answers, seen: str) -> Answers:
    """What is shown after a clash: mine where I wrote, the colleague's everywhere else."""
    return _over(now, answers, shown.touched(_sides(answers, now)[0], seen))


def _sides(answers: Answers, now: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both with the same paths: an answer taken away is one that is nothing now."""
    mine, theirs = flat(answers), flat(now)
    paths = dict.fromkeys([*theirs, *mine])
    return {path: mine.get(path) for path in paths}, {path: theirs.get(path) for path in paths}


def _over(now: Answers, answers: Answers, paths: set[str]) -> Answers:
    result = copy.deepcopy(now)
    for path in paths:
        merge.put(result, path, merge.get(answers, path))
    return result


def _rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)
