"""Forms of the pages of files."""

from opora.care.casework.forms.assessments import PartForm, PresenceForm
from opora.care.casework.forms.ending import (
    ClosingForm,
    ContractForm,
    OfferForm,
    PlanReviewForm,
    ReceiveForm,
    SignForm,
)
from opora.care.casework.forms.files import (
    CorrectionForm,
    FilterForm,
    IntakeForm,
    LeadForm,
    NoteForm,
    StageForm,
)
from opora.care.casework.forms.outcomes import QUESTIONS, MeasureForm, SatisfactionForm, SituationForm
from opora.care.casework.forms.papers import PaperForm
from opora.care.casework.forms.plans import DecisionForm, GoalForm, MarkForm, SendForm
from opora.care.casework.forms.toolkits import ChangeForm, ImportForm
from opora.care.casework.presence import PRESENT

__all__ = [
    "PRESENT",
    "QUESTIONS",
    "ChangeForm",
    "ClosingForm",
    "ContractForm",
    "CorrectionForm",
    "DecisionForm",
    "FilterForm",
    "GoalForm",
    "ImportForm",
    "IntakeForm",
    "LeadForm",
    "MarkForm",
    "MeasureForm",
    "NoteForm",
    "OfferForm",
    "PaperForm",
    "PartForm",
    "PlanReviewForm",
    "PresenceForm",
    "ReceiveForm",
    "SatisfactionForm",
    "SendForm",
    "SignForm",
    "SituationForm",
    "StageForm",
]
