"""Facts of casework, by what they are about."""

from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.emergency import Emergency
from opora.care.casework.models.ending import Closing, Contract, Review, Transfer
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.outcomes import Satisfaction, Situation
from opora.care.casework.models.papers import PaperTaken
from opora.care.casework.models.people import IDENTIFIER, NAMES, Person
from opora.care.casework.models.plans import Activity, Goal, GoalMark, Plan
from opora.care.casework.models.rotation import Rotation
from opora.care.casework.models.seals import Seal, SealOpening
from opora.care.casework.models.toolkits import (
    Toolkit,
    ToolkitAnswers,
    ToolkitOrigin,
    ToolkitPart,
    ToolkitVersion,
)

__all__ = [
    "IDENTIFIER",
    "NAMES",
    "Activity",
    "Assessment",
    "AssessmentPart",
    "ClientFile",
    "Closing",
    "Contract",
    "Deadline",
    "Emergency",
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
    "Review",
    "Rotation",
    "Satisfaction",
    "Seal",
    "SealOpening",
    "Situation",
    "Toolkit",
    "ToolkitAnswers",
    "ToolkitOrigin",
    "ToolkitPart",
    "ToolkitVersion",
    "Transfer",
]
