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
from opora.care.casework.actions.groups import bring_in, let_go, make_group, write_session
from opora.care.casework.actions.merging import keep_note, save_goal, settle_goal
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
from opora.care.casework.actions.work import (
    drop_visit,
    hand_over_files,
    make_calendar,
    plan_visit,
    revoke_calendar,
    write_visit,
)

__all__ = [
    "Rotated",
    "add_note",
    "add_step",
    "answer_unsealing",
    "ask_to_unseal",
    "assess_signal",
    "begin_assessment",
    "begin_plan",
    "bring_in",
    "close_crisis",
    "correct_note",
    "decide_plan",
    "drop_visit",
    "end_step",
    "enter_stage",
    "finish_assessment",
    "follow_service",
    "hand_over",
    "hand_over_files",
    "keep_note",
    "let_go",
    "make_calendar",
    "make_group",
    "mark_goal",
    "name_helper",
    "open_file",
    "open_in_emergency",
    "plan_visit",
    "receive_signal",
    "remove_goal",
    "review_emergency",
    "revoke_calendar",
    "rotate_keys",
    "save_goal",
    "seal_file",
    "send_plan",
    "set_goal",
    "set_risk",
    "settle_goal",
    "take_paper",
    "take_seal_off",
    "write_part",
    "write_safety_plan",
    "write_session",
    "write_visit",
]
