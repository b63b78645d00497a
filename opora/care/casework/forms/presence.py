"""Forms about who of the family was there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
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


class NotedForm(AttendedForm):
    """The same, where nothing else is written: somebody was there, or there is a reason."""

    def clean(self) -> dict[str, Any]:
        """Said at the field; the action refuses it as well (`family_or_reason`)."""
        given = super().clean() or {}
        if not given.get("present") and not given.get("absent_why"):
            self.add_error("absent_why", _("Отбележете кой от семейството участва, или напишете защо никой."))
        return given
