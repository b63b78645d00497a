"""Forms about who of the family was there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.forms.assessments import PresenceForm


class AttendedForm(PresenceForm):
    """Who was at a stage or a meeting and what they said, or why nobody was."""

    voice = forms.CharField(
        label=gettext_lazy("Думите на детето или човека"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )
    family_voice = forms.CharField(
        label=gettext_lazy("Думите на семейството"), widget=forms.Textarea, required=False, max_length=4000
    )
