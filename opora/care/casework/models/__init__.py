"""Facts of casework, by what they are about."""

from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.consents import Consent
from opora.care.casework.models.crisis import Crisis, CrisisPerson, CrisisStep, Signal
from opora.care.casework.models.emergency import Emergency
from opora.care.casework.models.enclosures import Enclosure, PaperAsked
from opora.care.casework.models.events import Event, Relation
from opora.care.casework.models.family import Agency
from opora.care.casework.models.files import ClientFile, Deadline, FileNumber, FileQuerySet, FileStage, Member
from opora.care.casework.models.groups import Attendance, Group, GroupMember, GroupSession
from opora.care.casework.models.opinions import Opinion, OpinionPart, OpinionRequest
from opora.care.casework.models.papers import PaperTaken
from opora.care.casework.models.people import IDENTIFIER, NAMES, Person
from opora.care.casework.models.plans import Activity, Goal, GoalMark, Plan
from opora.care.casework.models.risk import Risk, RiskFactor, SafetyLine, SafetyPlan
from opora.care.casework.models.rotation import Rotation
from opora.care.casework.models.seals import Seal, SealOpening
from opora.care.casework.models.work import CalendarFeed, Visit

__all__ = [
    "IDENTIFIER",
    "NAMES",
    "Activity",
    "Agency",
    "Assessment",
    "AssessmentPart",
    "Attendance",
    "CalendarFeed",
    "ClientFile",
    "Consent",
    "Crisis",
    "CrisisPerson",
    "CrisisStep",
    "Deadline",
    "Emergency",
    "Enclosure",
    "Event",
    "FileNumber",
    "FileQuerySet",
    "FileStage",
    "Goal",
    "GoalMark",
    "Group",
    "GroupMember",
    "GroupSession",
    "Member",
    "Opinion",
    "OpinionPart",
    "OpinionRequest",
    "PaperAsked",
    "PaperTaken",
    "Person",
    "Plan",
    "Relation",
    "Risk",
    "RiskFactor",
    "Rotation",
    "SafetyLine",
    "SafetyPlan",
    "Seal",
    "SealOpening",
    "Signal",
    "Visit",
]
