"""Who may take, change and fill toolkits, in sentences."""

from __future__ import annotations

from opora.care.casework import policies
from opora.care.casework.models import ClientFile, Toolkit, ToolkitAnswers
from opora.foundation.accounts.actors import Actor
from opora.register.models import Service


def see_toolkit(actor: Actor, toolkit: Toolkit) -> bool:
    """The head and who works in the service."""
    path = toolkit.service.path
    return policies.heads(actor, path) or any(actor.holds_at(role, path) for role in policies.ASSIGNED)


def change_toolkits(actor: Actor, service: Service) -> bool:
    """The head of the service takes, imports and changes its toolkits."""
    return policies.heads(actor, service.path)


def fill(actor: Actor, file: ClientFile) -> bool:
    """Who writes the file."""
    return policies.write_file(actor, file)


def change_answers(actor: Actor, answers: ToolkitAnswers) -> bool:
    """Who writes the file, until the form is finished."""
    return answers.finished_at is None and policies.write_file(actor, answers.file)
