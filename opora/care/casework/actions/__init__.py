"""The only writers of client files."""

from opora.care.casework.actions.archives import KIND as ARCHIVE
from opora.care.casework.actions.archives import (
    ask_for_archive,
    drop_archives,
    keep_archive,
    take_archive,
    write_archive,
)
from opora.care.casework.actions.assessments import begin_assessment, finish_assessment, save_part, write_part
from opora.care.casework.actions.changes import accept_change, decline_change
from opora.care.casework.actions.consents import give_consent, withdraw_consent
from opora.care.casework.actions.copies import Given, answer_list, ask_for_list, take_list
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
from opora.care.casework.actions.ending import (
    close_file,
    hold_review,
    same_contract,
    set_contract,
    sign_contract,
)
from opora.care.casework.actions.erasing import KIND as SWEEP
from opora.care.casework.actions.erasing import answer_erasure, ask_to_erase, erase_again, mark_swept
from opora.care.casework.actions.family import (
    add_relative,
    change_relative,
    end_relative,
    link_relative,
    set_agency,
)
from opora.care.casework.actions.files import enter_stage, open_file
from opora.care.casework.actions.groups import bring_in, let_go, make_group, write_session
from opora.care.casework.actions.keeping import hold_file, lift_hold, record_death
from opora.care.casework.actions.leading import hand_over
from opora.care.casework.actions.looks import answer_alert, look, shown_again, watch, watch_no_more
from opora.care.casework.actions.merging import keep_note, save_goal, settle_goal
from opora.care.casework.actions.moving import follow_service
from opora.care.casework.actions.notes import add_note, correct_note
from opora.care.casework.actions.old_file import answer_old_file, open_old_file
from opora.care.casework.actions.opinions import (
    ask_specialist,
    remind_specialist,
    renew_request,
    revoke_request,
)
from opora.care.casework.actions.outcomes import record_satisfaction, record_situation
from opora.care.casework.actions.outside import answer_request, keep_draft, try_code
from opora.care.casework.actions.own_copies import ask_for_copy, decide_attachment, give_copy
from opora.care.casework.actions.papers import take_paper
from opora.care.casework.actions.plans import (
    begin_plan,
    decide_plan,
    drop_plan,
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
from opora.care.casework.actions.toolkit_answers import begin_form, finish_form, save_form
from opora.care.casework.actions.toolkit_updates import (
    drop_update,
    offer_shipped,
    offer_update,
    restore_version,
    take_update,
)
from opora.care.casework.actions.toolkits import (
    change_toolkit,
    export_toolkit,
    import_toolkit,
    receive_toolkit,
    reword,
    take_toolkit,
)
from opora.care.casework.actions.transfers import (
    accept_transfer,
    confirm_transfer,
    offer_file,
    refuse_transfer,
    take_back_transfer,
)
from opora.care.casework.actions.work import (
    drop_visit,
    hand_over_files,
    make_calendar,
    plan_visit,
    revoke_calendar,
    write_visit,
)

__all__ = [
    "ARCHIVE",
    "SWEEP",
    "Given",
    "Rotated",
    "accept_change",
    "accept_transfer",
    "add_note",
    "add_relative",
    "add_step",
    "answer_alert",
    "answer_erasure",
    "answer_list",
    "answer_old_file",
    "answer_request",
    "answer_unsealing",
    "ask_for_archive",
    "ask_for_copy",
    "ask_for_list",
    "ask_paper",
    "ask_specialist",
    "ask_to_erase",
    "ask_to_unseal",
    "assess_signal",
    "begin_assessment",
    "begin_form",
    "begin_plan",
    "bring_in",
    "change_relative",
    "change_toolkit",
    "close_crisis",
    "close_file",
    "confirm_transfer",
    "correct_note",
    "decide_attachment",
    "decide_plan",
    "decline_change",
    "drop_archives",
    "drop_asked",
    "drop_plan",
    "drop_update",
    "drop_visit",
    "enclose",
    "end_relative",
    "end_step",
    "enter_stage",
    "erase_again",
    "export_toolkit",
    "finish_assessment",
    "finish_form",
    "follow_service",
    "give_consent",
    "give_copy",
    "hand_over",
    "hand_over_files",
    "hold_file",
    "hold_review",
    "import_toolkit",
    "keep_archive",
    "keep_draft",
    "keep_note",
    "let_go",
    "lift_hold",
    "link_relative",
    "look",
    "make_calendar",
    "make_group",
    "mark_goal",
    "mark_swept",
    "name_helper",
    "note_presence",
    "offer_file",
    "offer_shipped",
    "offer_update",
    "open_file",
    "open_in_emergency",
    "open_old_file",
    "plan_visit",
    "receive_signal",
    "receive_toolkit",
    "record_death",
    "record_satisfaction",
    "record_situation",
    "refuse_transfer",
    "remind_specialist",
    "remove_enclosure",
    "remove_goal",
    "renew_request",
    "restore_version",
    "review_emergency",
    "revoke_calendar",
    "revoke_request",
    "reword",
    "rotate_keys",
    "same_contract",
    "save_form",
    "save_goal",
    "save_part",
    "seal_file",
    "send_plan",
    "set_agency",
    "set_contract",
    "set_goal",
    "set_risk",
    "settle_goal",
    "shown_again",
    "sign_contract",
    "take_archive",
    "take_back_transfer",
    "take_list",
    "take_paper",
    "take_seal_off",
    "take_toolkit",
    "take_update",
    "try_code",
    "watch",
    "watch_no_more",
    "withdraw_consent",
    "write_archive",
    "write_part",
    "write_safety_plan",
    "write_session",
    "write_team_opinion",
    "write_visit",
]
