"""Facts of casework, by what they are about."""

from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.consents import Consent
from opora.care.casework.models.emergency import Emergency
from opora.care.casework.models.enclosures import Enclosure, PaperAsked
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.family import Agency
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.opinions import Opinion, OpinionPart, OpinionRequest
from opora.care.casework.models.papers import PaperTaken
from opora.care.casework.models.people import IDENTIFIER, NAMES, Person
from opora.care.casework.models.plans import Activity, Goal, GoalMark, Plan
from opora.care.casework.models.rotation import Rotation
from opora.care.casework.models.seals import Seal, SealOpening

__all__ = [
    "IDENTIFIER",
    "NAMES",
    "Activity",
    "Agency",
    "Assessment",
    "AssessmentPart",
    "ClientFile",
    "Consent",
    "Deadline",
    "Emergency",
    "Enclosure",
    "Event",
    "FileNumber",
    "FileQuerySet",
    "FileStage",
    "Goal",
    "GoalMark",
    "Member",
    "Opinion",
    "OpinionPart",
    "OpinionRequest",
    "PaperAsked",
    "PaperTaken",
    "Person",
    "Plan",
    "Relation",
    "Rotation",
    "Seal",
    "SealOpening",
]
