"""The only writers of this room."""

from opora.care.protection.actions.breaches import (
    close_breach,
    decide_breach,
    notify,
    reopen_breach,
    tell_breach,
    write_breach,
)
from opora.care.protection.actions.clocks import remind
from opora.care.protection.actions.moving import follow_service
from opora.care.protection.actions.texts import take_edition, write_impact

__all__ = [
    "close_breach",
    "decide_breach",
    "follow_service",
    "notify",
    "remind",
    "reopen_breach",
    "take_edition",
    "tell_breach",
    "write_breach",
    "write_impact",
]
