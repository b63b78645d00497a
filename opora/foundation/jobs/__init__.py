"""Long work with progress, cancel and resume.

A room writes in its ``tasks.py``::

from opora.foundation.jobs import work from opora.foundation.jobs.progress import Progress

@work("needs.analyse") def analyse(progress: Progress, params: dict[str, Any]) -> dict[str, Any] | None:
...

and starts it with ``jobs.actions.start(actor, "needs.analyse", {"round": 3}, title=_("Анализ на област
Ловеч"))``.
"""

from opora.foundation.jobs.registry import work

__all__ = ["work"]
