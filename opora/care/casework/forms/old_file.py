"""The form with which the former head opens a file that went elsewhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.models import ArchiveOpening


class ArchiveForm(forms.Form):
    """What it is needed for."""

    reason = forms.ChoiceField(
        label=gettext_lazy("За какво Ви е старото досие"),
        choices=ArchiveOpening.REASONS,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("Опишете"), widget=forms.Textarea, min_length=20, max_length=2000,
        help_text=gettext_lazy("Поне 20 знака. Новата услуга ще прочете написаното в хронологията на детето или лицето."),
    )  # fmt: skip
