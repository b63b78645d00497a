"""The only writers of this room."""

from opora.evidence.monitoring.actions.consensus import agree_mark
from opora.evidence.monitoring.actions.frameworks import (
    accept_upload,
    begin_draft,
    load_builtin_frameworks,
    publish_version,
    put_content,
    receive_upload,
)
from opora.evidence.monitoring.actions.marking import Typed, add_photo, lock_marks, receive, remove_photo
from opora.evidence.monitoring.actions.moving import follow_service
from opora.evidence.monitoring.actions.programmes import (
    add_row,
    agree_programme,
    check_row,
    offer_programme,
    remove_row,
    return_programme,
)
from opora.evidence.monitoring.actions.reports import answer_report, issue_report
from opora.evidence.monitoring.actions.rounds import close_round, open_round
from opora.evidence.monitoring.actions.ties import declare_tie, end_tie
from opora.evidence.monitoring.actions.visits import excuse_visit, move_visit, replace_observer

__all__ = [
    "Typed",
    "accept_upload",
    "add_photo",
    "add_row",
    "agree_mark",
    "agree_programme",
    "answer_report",
    "begin_draft",
    "check_row",
    "close_round",
    "declare_tie",
    "end_tie",
    "excuse_visit",
    "follow_service",
    "issue_report",
    "load_builtin_frameworks",
    "lock_marks",
    "move_visit",
    "offer_programme",
    "open_round",
    "publish_version",
    "put_content",
    "receive",
    "receive_upload",
    "remove_photo",
    "remove_row",
    "replace_observer",
    "return_programme",
]
