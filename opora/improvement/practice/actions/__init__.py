"""The only writers of this room."""

from opora.improvement.practice.actions.cards import (
    begin_card,
    card_words,
    missing_parts,
    offer_card,
    publish_card,
    return_card,
    set_conditions,
    set_elements,
    set_outcomes,
    withdraw_card,
    write_card,
)
from opora.improvement.practice.actions.moving import follow_service
from opora.improvement.practice.actions.panel import (
    decide,
    declare,
    minutes_of,
    seat_member,
    unseat_member,
    vote,
)
from opora.improvement.practice.actions.periods import (
    choose_round,
    clear,
    decide_nomination,
    fix_list,
    nominate,
    open_period,
)
from opora.improvement.practice.actions.steps import mark_steps, plan_lines, plan_words, write_plan
from opora.improvement.practice.actions.toolkits import share_toolkit, stop_sharing, take_toolkit
from opora.improvement.practice.actions.tools import add_tool, answer_feedback, remove_tool, say_feedback
from opora.improvement.practice.actions.transfers import (
    add_change,
    answer_request,
    ask_to_adapt,
    finish,
    measure,
    start,
)

__all__ = [
    "add_change",
    "add_tool",
    "answer_feedback",
    "answer_request",
    "ask_to_adapt",
    "begin_card",
    "card_words",
    "choose_round",
    "clear",
    "decide",
    "decide_nomination",
    "declare",
    "finish",
    "fix_list",
    "follow_service",
    "mark_steps",
    "measure",
    "minutes_of",
    "missing_parts",
    "nominate",
    "offer_card",
    "open_period",
    "plan_lines",
    "plan_words",
    "publish_card",
    "remove_tool",
    "return_card",
    "say_feedback",
    "seat_member",
    "set_conditions",
    "set_elements",
    "set_outcomes",
    "share_toolkit",
    "start",
    "stop_sharing",
    "take_toolkit",
    "unseat_member",
    "vote",
    "withdraw_card",
    "write_card",
    "write_plan",
]
