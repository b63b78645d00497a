"""The only writers of client files."""

from opora.care.casework.actions.files import enter_stage, hand_over, open_file
from opora.care.casework.actions.moving import follow_service
from opora.care.casework.actions.notes import add_note, correct_note

__all__ = ["add_note", "correct_note", "enter_stage", "follow_service", "hand_over", "open_file"]
