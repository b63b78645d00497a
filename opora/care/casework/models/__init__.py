"""Facts of casework, by what they are about."""

from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.emergency import Emergency
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.papers import PaperTaken
from opora.care.casework.models.people import IDENTIFIER, NAMES, Person
from opora.care.casework.models.plans import Activity, Goal, GoalMark, Plan
from opora.care.casework.models.protection import (
    Alert,
    Bait,
    BulkExport,
    CopyAsked,
    Death,
    Erasure,
    Hold,
    Look,
)
from opora.care.casework.models.rotation import Rotation
from opora.care.casework.models.seals import Seal, SealOpening

__all__ = [
    "IDENTIFIER",
    "NAMES",
    "Activity",
    "Alert",
    "Assessment",
    "AssessmentPart",
    "Bait",
    "BulkExport",
    "ClientFile",
    "CopyAsked",
    "Deadline",
    "Death",
    "Emergency",
    "Erasure",
    "Event",
    "FileNumber",
    "FileQuerySet",
    "FileStage",
    "Goal",
    "GoalMark",
    "Hold",
    "Look",
    "Member",
    "PaperTaken",
    "Person",
    "Plan",
    "Relation",
    "Rotation",
    "Seal",
    "SealOpening",
]
