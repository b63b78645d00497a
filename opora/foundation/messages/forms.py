"""Forms of the messages room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ObstacleForm(forms.Form):
    """What gets in the way."""

    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    text = forms.CharField(
        label=_("Какво Ви пречи?"),
        help_text=_("Опишете накратко. Не пишете имена и данни на хора."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2_000,
        error_messages={"required": _("Напишете какво Ви пречи.")},
    )


class AnswerForm(forms.Form):
    """What was done."""

    answer = forms.CharField(
        label=_("Какво е направено"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": _("Напишете какво е направено.")},
    )
