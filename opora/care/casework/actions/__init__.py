"""The only writers of client files."""

from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, write_part
from opora.care.casework.actions.consents import give_consent, withdraw_consent
from opora.care.casework.actions.crisis import (
    add_step,
    assess_signal,
    close_crisis,
    end_step,
    name_helper,
    receive_signal,
)
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
from opora.care.casework.actions.groups import bring_in, let_go, make_group, write_session
from opora.care.casework.actions.merging import keep_note, save_goal, settle_goal
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
from opora.care.casework.actions.risk import set_risk, write_safety_plan
from opora.care.casework.actions.rotation import Rotated, rotate_keys
from opora.care.casework.actions.seals import answer_unsealing, ask_to_unseal, seal_file, take_seal_off
from opora.care.casework.actions.team_opinions import write_team_opinion
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
    "add_relative",
    "add_step",
    "answer_request",
    "answer_unsealing",
    "ask_paper",
    "ask_specialist",
    "ask_to_unseal",
    "assess_signal",
    "begin_assessment",
    "begin_plan",
    "bring_in",
    "change_relative",
    "close_crisis",
    "correct_note",
    "decide_plan",
    "drop_asked",
    "drop_visit",
    "enclose",
    "end_relative",
    "end_step",
    "enter_stage",
    "finish_assessment",
    "follow_service",
    "give_consent",
    "hand_over",
    "hand_over_files",
    "keep_draft",
    "keep_note",
    "let_go",
    "link_relative",
    "make_calendar",
    "make_group",
    "mark_goal",
    "name_helper",
    "note_presence",
    "open_file",
    "open_in_emergency",
    "plan_visit",
    "receive_signal",
    "remind_specialist",
    "remove_enclosure",
    "remove_goal",
    "renew_request",
    "review_emergency",
    "revoke_calendar",
    "revoke_request",
    "rotate_keys",
    "save_goal",
    "seal_file",
    "send_plan",
    "set_agency",
    "set_goal",
    "set_risk",
    "settle_goal",
    "take_paper",
    "take_seal_off",
    "try_code",
    "withdraw_consent",
    "write_part",
    "write_safety_plan",
    "write_session",
    "write_team_opinion",
    "write_visit",
]
