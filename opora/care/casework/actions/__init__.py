"""The only writers of client files."""

from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, write_part
from opora.care.casework.actions.emergency import open_in_emergency, review_emergency
from opora.care.casework.actions.ending import close_file, hold_review, set_contract, sign_contract
from opora.care.casework.actions.files import enter_stage, hand_over, open_file
from opora.care.casework.actions.moving import follow_service
from opora.care.casework.actions.notes import add_note, correct_note
from opora.care.casework.actions.outcomes import record_satisfaction, record_situation
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
from opora.care.casework.actions.toolkit_answers import begin_form, finish_form, save_form
from opora.care.casework.actions.toolkits import (
    change_toolkit,
    export_toolkit,
    import_toolkit,
    reword,
    take_toolkit,
)
from opora.care.casework.actions.transfers import (
    accept_transfer,
    offer_file,
    refuse_transfer,
    take_back_transfer,
)

__all__ = [
    "Rotated",
    "accept_transfer",
    "add_note",
    "answer_unsealing",
    "ask_to_unseal",
    "begin_assessment",
    "begin_form",
    "begin_plan",
    "change_toolkit",
    "close_file",
    "correct_note",
    "decide_plan",
    "enter_stage",
    "export_toolkit",
    "finish_assessment",
    "finish_form",
    "follow_service",
    "hand_over",
    "hold_review",
    "import_toolkit",
    "mark_goal",
    "offer_file",
    "open_file",
    "open_in_emergency",
    "record_satisfaction",
    "record_situation",
    "refuse_transfer",
    "remove_goal",
    "review_emergency",
    "reword",
    "rotate_keys",
    "save_form",
    "seal_file",
    "send_plan",
    "set_contract",
    "set_goal",
    "sign_contract",
    "take_back_transfer",
    "take_paper",
    "take_seal_off",
    "take_toolkit",
    "write_part",
]
