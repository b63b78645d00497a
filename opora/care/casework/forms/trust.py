"""Forms of emergencies and seals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.models import Emergency, Seal


class CodeForm(forms.Form):
    """Which file."""

    code = forms.CharField(label=gettext_lazy("Номер на досието"), max_length=20)


class EmergencyForm(forms.Form):
    """Why it cannot wait."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Защо не може да чака"), choices=Emergency.REASONS, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Опишете случая"), widget=forms.Textarea, min_length=20, max_length=2000,
        help_text=gettext_lazy("Поне 20 знака. Ръководителят на услугата ще прочете написаното."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What the head found."""

    note = forms.CharField(label=gettext_lazy("Какво установихте"), widget=forms.Textarea, max_length=2000)


class SealForm(forms.Form):
    """Why a file is sealed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Какво пази печатът"), choices=Seal.KINDS, widget=forms.RadioSelect
    )
    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=2000)


class WhyForm(forms.Form):
    """A reason in words."""

    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=2000)
