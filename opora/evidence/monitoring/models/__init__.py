"""Facts of monitoring, by what they are about."""

from opora.evidence.monitoring.models.frameworks import (
    COMPLIANCE,
    MATURITY,
    Anchor,
    Domain,
    Framework,
    FrameworkVersion,
    Indicator,
    Upload,
)
from opora.evidence.monitoring.models.marks import Agreed, Entry, Mark, Photo
from opora.evidence.monitoring.models.reports import Answer, ImprovementRow, Programme, Report
from opora.evidence.monitoring.models.rounds import (
    Observer,
    Round,
    Tie,
    Visit,
    VisitQuerySet,
    VisitStage,
)

__all__ = [
    "COMPLIANCE",
    "MATURITY",
    "Agreed",
    "Anchor",
    "Answer",
    "Domain",
    "Entry",
    "Framework",
    "FrameworkVersion",
    "ImprovementRow",
    "Indicator",
    "Mark",
    "Observer",
    "Photo",
    "Programme",
    "Report",
    "Round",
    "Tie",
    "Upload",
    "Visit",
    "VisitQuerySet",
    "VisitStage",
]
