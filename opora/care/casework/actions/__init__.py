"""The only writers of client files."""

from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, write_part
from opora.care.casework.actions.copies import Given, answer_list, ask_for_list, give_copy, take_list
from opora.care.casework.actions.emergency import open_in_emergency, review_emergency
from opora.care.casework.actions.erasing import KIND as SWEEP
from opora.care.casework.actions.erasing import answer_erasure, ask_to_erase, erase_again, mark_swept
from opora.care.casework.actions.files import enter_stage, hand_over, open_file
from opora.care.casework.actions.keeping import hold_file, lift_hold, record_death
from opora.care.casework.actions.looks import answer_alert, look, shown_again, watch, watch_no_more
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
from opora.care.casework.actions.rotation import Rotated, rotate_keys
from opora.care.casework.actions.seals import answer_unsealing, ask_to_unseal, seal_file, take_seal_off

__all__ = [
    "SWEEP",
    "Given",
    "Rotated",
    "add_note",
    "answer_alert",
    "answer_erasure",
    "answer_list",
    "answer_unsealing",
    "ask_for_list",
    "ask_to_erase",
    "ask_to_unseal",
    "begin_assessment",
    "begin_plan",
    "correct_note",
    "decide_plan",
    "enter_stage",
    "erase_again",
    "finish_assessment",
    "follow_service",
    "give_copy",
    "hand_over",
    "hold_file",
    "lift_hold",
    "look",
    "mark_goal",
    "mark_swept",
    "open_file",
    "open_in_emergency",
    "record_death",
    "remove_goal",
    "review_emergency",
    "rotate_keys",
    "seal_file",
    "send_plan",
    "set_goal",
    "shown_again",
    "take_list",
    "take_paper",
    "take_seal_off",
    "watch",
    "watch_no_more",
    "write_part",
]
