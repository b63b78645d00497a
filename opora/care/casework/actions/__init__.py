"""The only writers of client files."""

from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, write_part
from opora.care.casework.actions.crisis import (
    add_step,
    assess_signal,
    close_crisis,
    end_step,
    name_helper,
    receive_signal,
)
from opora.care.casework.actions.emergency import open_in_emergency, review_emergency
from opora.care.casework.actions.files import enter_stage, hand_over, open_file
from opora.care.casework.actions.moving import follow_service
from opora.care.casework.actions.notes import add_note, correct_note
from opora.care.casework.actions.papers import take_paper
from opora.care.casework.actions.plans import (
    begin_plan,
    decide_plan,
    mark_goal,
    remove_goal,
    send_plan,
    set_goal,
)
from opora.care.casework.actions.risk import set_risk, write_safety_plan
from opora.care.casework.actions.rotation import Rotated, rotate_keys
from opora.care.casework.actions.seals import answer_unsealing, ask_to_unseal, seal_file, take_seal_off

__all__ = [
    "Rotated",
    "add_note",
    "add_step",
    "answer_unsealing",
    "ask_to_unseal",
    "assess_signal",
    "begin_assessment",
    "begin_plan",
    "close_crisis",
    "correct_note",
    "decide_plan",
    "end_step",
    "enter_stage",
    "finish_assessment",
    "follow_service",
    "hand_over",
    "mark_goal",
    "name_helper",
    "open_file",
    "open_in_emergency",
    "receive_signal",
    "remove_goal",
    "review_emergency",
    "rotate_keys",
    "seal_file",
    "send_plan",
    "set_goal",
    "set_risk",
    "take_paper",
    "take_seal_off",
    "write_part",
    "write_safety_plan",
]
