"""Forms of this room."""

from opora.evidence.monitoring.forms.frameworks import FileForm, IndicatorForm, WeightsForm
from opora.evidence.monitoring.forms.reports import (
    AgreeForm,
    AnswerForm,
    CheckForm,
    ReportForm,
    ReturnForm,
    RowForm,
)
from opora.evidence.monitoring.forms.rounds import DayForm, ExcuseForm, ObserverForm, RoundForm, TieForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "CheckForm",
    "DayForm",
    "ExcuseForm",
    "FileForm",
    "IndicatorForm",
    "ObserverForm",
    "ReportForm",
    "ReturnForm",
    "RoundForm",
    "RowForm",
    "TieForm",
    "WeightsForm",
]
