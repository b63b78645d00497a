"""Errors that a person can read: what happened, what to do, what was kept."""

from __future__ import annotations


class ActionRefused(Exception):  # noqa: N818 - it names the state, not the mishap
    """An action may not be done now. The text is shown to the person as it is."""


class NotAllowed(ActionRefused):
    """The actor may see the thing but not do this with it."""


class Clash(ActionRefused):
    """Somebody else saved meanwhile: `theirs` is what stands now, `version` its number."""

    def __init__(self, message: str, *, theirs: object = None, version: int = 0) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.version = version
