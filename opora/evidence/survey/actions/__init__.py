"""The only writers of this room: templates, rounds, filling, verifying."""

from opora.evidence.survey.actions.filling import save_card, settle_card, submit_card
from opora.evidence.survey.actions.reminding import remind
from opora.evidence.survey.actions.rounds import add_card, close_round, open_round, reopen_round
from opora.evidence.survey.actions.templates import publish_version, upload_version
from opora.evidence.survey.actions.verifying import (
    check_question,
    excuse_card,
    expect_again,
    note_contact,
    return_card,
    verify_card,
)

__all__ = [
    "add_card",
    "check_question",
    "close_round",
    "excuse_card",
    "expect_again",
    "note_contact",
    "open_round",
    "publish_version",
    "remind",
    "reopen_round",
    "return_card",
    "save_card",
    "settle_card",
    "submit_card",
    "upload_version",
    "verify_card",
]
