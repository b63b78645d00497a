"""Forms of the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework import assessing, domains
from opora.care.casework.models import AssessmentPart
from opora.care.casework.presence import PRESENT
from opora.foundation.core import shown


class PartForm(forms.Form):
    """One domain: what is, what is strong, how great the need is, where it is known from."""

    need = forms.TypedChoiceField(
        label=gettext_lazy("Степен на потребност"), choices=[("", "–"), *domains.LEVELS], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    situation = forms.CharField(
        label=gettext_lazy("Положение"), widget=forms.Textarea, required=False, max_length=6000
    )
    strengths = forms.CharField(
        label=gettext_lazy("Силни страни"), widget=forms.Textarea, required=False, max_length=6000
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Източник"), choices=[("", "–"), *domains.SOURCES], required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    @classmethod
    def of(cls, part: AssessmentPart, data: Any = None) -> PartForm:
        """The form of a part, with what is written in it."""
        return cls(data, prefix=part.domain, initial=_now(part))

    def bring_up(self, part: AssessmentPart, *, keeping: Iterable[str] = ()) -> None:
        """Show what stands there now, but for the fields whose typed text is kept."""
        data: Any = self.data
        said = data.copy()
        for name, value in _now(part).items():
            if name not in keeping:
                said[self.add_prefix(name)] = "" if value is None else str(value)
        self.data = said

    def clean(self) -> dict[str, Any]:
        """Lines end as they do in the database, however the browser sends them."""
        said = super().clean() or {}
        return said | {
            name: "\n".join(said[name].splitlines()) for name in ("situation", "strengths") if name in said
        }


def _now(part: AssessmentPart) -> dict[str, Any]:
    now = assessing.values(part)
    return now | {"version": part.version, "seen": shown.marks(now)}


class PresenceForm(forms.Form):
    """Who of the family took part in a stage, or why nobody did."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Участваха"), choices=PRESENT, required=False, widget=forms.CheckboxSelectMultiple
    )
    absent_why = forms.CharField(
        label=gettext_lazy("Защо никой от семейството"), max_length=300, required=False
    )
