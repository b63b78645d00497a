"""The form of one part of an impact assessment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.protection.forms.parts import TextField


class ImpactForm(forms.Form):
    """Words of one part; `seen` is the row they began from."""

    text = TextField(label=gettext_lazy("Текст"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
