"""Facts of casework, by what they are about."""

from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.papers import PaperTaken
from opora.care.casework.models.people import IDENTIFIER, Person
from opora.care.casework.models.plans import Activity, Goal, GoalMark, Plan

__all__ = [
    "IDENTIFIER",
    "Activity",
    "Assessment",
    "AssessmentPart",
    "ClientFile",
    "Deadline",
    "Event",
    "FileNumber",
    "FileQuerySet",
    "FileStage",
    "Goal",
    "GoalMark",
    "Member",
    "PaperTaken",
    "Person",
    "Plan",
    "Relation",
]
