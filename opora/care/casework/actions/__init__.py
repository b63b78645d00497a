"""The only writers of client files."""

from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, write_part
from opora.care.casework.actions.consents import give_consent, withdraw_consent
from opora.care.casework.actions.emergency import open_in_emergency, review_emergency
from opora.care.casework.actions.enclosures import ask_paper, drop_asked, enclose, remove_enclosure
from opora.care.casework.actions.family import (
    add_relative,
    change_relative,
    end_relative,
    link_relative,
    set_agency,
)
from opora.care.casework.actions.files import enter_stage, hand_over, open_file
from opora.care.casework.actions.moving import follow_service
from opora.care.casework.actions.notes import add_note, correct_note
from opora.care.casework.actions.opinions import (
    ask_specialist,
    remind_specialist,
    renew_request,
    revoke_request,
)
from opora.care.casework.actions.outside import answer_request, keep_draft, try_code
from opora.care.casework.actions.papers import take_paper
from opora.care.casework.actions.plans import (
    begin_plan,
    decide_plan,
    mark_goal,
    remove_goal,
    send_plan,
    set_goal,
)
from opora.care.casework.actions.presence import note_presence
from opora.care.casework.actions.rotation import Rotated, rotate_keys
from opora.care.casework.actions.seals import answer_unsealing, ask_to_unseal, seal_file, take_seal_off
from opora.care.casework.actions.team_opinions import write_team_opinion

__all__ = [
    "Rotated",
    "add_note",
    "add_relative",
    "answer_request",
    "answer_unsealing",
    "ask_paper",
    "ask_specialist",
    "ask_to_unseal",
    "begin_assessment",
    "begin_plan",
    "change_relative",
    "correct_note",
    "decide_plan",
    "drop_asked",
    "enclose",
    "end_relative",
    "enter_stage",
    "finish_assessment",
    "follow_service",
    "give_consent",
    "hand_over",
    "keep_draft",
    "link_relative",
    "mark_goal",
    "note_presence",
    "open_file",
    "open_in_emergency",
    "remind_specialist",
    "remove_enclosure",
    "remove_goal",
    "renew_request",
    "review_emergency",
    "revoke_request",
    "rotate_keys",
    "seal_file",
    "send_plan",
    "set_agency",
    "set_goal",
    "take_paper",
    "take_seal_off",
    "try_code",
    "withdraw_consent",
    "write_part",
    "write_team_opinion",
]
