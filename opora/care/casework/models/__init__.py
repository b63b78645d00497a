"""Facts of casework, by what they are about."""

from opora.care.casework.models.archives import FileArchive
from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.changes import ChangeOffer
from opora.care.casework.models.consents import Consent
from opora.care.casework.models.copies import CopyChoice
from opora.care.casework.models.crisis import Crisis, CrisisPerson, CrisisStep, Signal
from opora.care.casework.models.emergency import Emergency
from opora.care.casework.models.enclosures import Enclosure, PaperAsked
from opora.care.casework.models.ending import Closing, Contract, Review, Transfer
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.family import Agency
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.groups import Attendance, Group, GroupMember, GroupSession
from opora.care.casework.models.old_file import ArchiveOpening, Arrival
from opora.care.casework.models.opinions import Opinion, OpinionPart, OpinionRequest
from opora.care.casework.models.outcomes import Satisfaction, Situation
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
from opora.care.casework.models.risk import Risk, RiskFactor, SafetyLine, SafetyPlan
from opora.care.casework.models.rotation import Rotation
from opora.care.casework.models.seals import Seal, SealOpening
from opora.care.casework.models.toolkit_updates import ToolkitUpdate
from opora.care.casework.models.toolkits import (
    Toolkit,
    ToolkitAnswers,
    ToolkitOrigin,
    ToolkitPart,
    ToolkitVersion,
)
from opora.care.casework.models.work import CalendarFeed, Visit

__all__ = [
    "IDENTIFIER",
    "NAMES",
    "Activity",
    "Agency",
    "Alert",
    "ArchiveOpening",
    "Arrival",
    "Assessment",
    "AssessmentPart",
    "Attendance",
    "Bait",
    "BulkExport",
    "CalendarFeed",
    "ChangeOffer",
    "ClientFile",
    "Closing",
    "Consent",
    "Contract",
    "CopyAsked",
    "CopyChoice",
    "Crisis",
    "CrisisPerson",
    "CrisisStep",
    "Deadline",
    "Death",
    "Emergency",
    "Enclosure",
    "Erasure",
    "Event",
    "FileArchive",
    "FileNumber",
    "FileQuerySet",
    "FileStage",
    "Goal",
    "GoalMark",
    "Group",
    "GroupMember",
    "GroupSession",
    "Hold",
    "Look",
    "Member",
    "Opinion",
    "OpinionPart",
    "OpinionRequest",
    "PaperAsked",
    "PaperTaken",
    "Person",
    "Plan",
    "Relation",
    "Review",
    "Risk",
    "RiskFactor",
    "Rotation",
    "SafetyLine",
    "SafetyPlan",
    "Satisfaction",
    "Seal",
    "SealOpening",
    "Signal",
    "Situation",
    "Toolkit",
    "ToolkitAnswers",
    "ToolkitOrigin",
    "ToolkitPart",
    "ToolkitUpdate",
    "ToolkitVersion",
    "Transfer",
    "Visit",
]
