"""Forms of copies, erasing, keeping, alerts and watched files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.models import CopyAsked, Erasure
from opora.foundation.ui.fields import DateField
from opora.foundation.ui.shown import ShownForm


class CopyForm(forms.Form):
    """Who asked for a copy of what is kept about the person, and how they were known."""

    who = forms.ChoiceField(
        label=gettext_lazy("Кой иска копието"), choices=CopyAsked.WHO, widget=forms.RadioSelect
    )
    known_by = forms.CharField(
        label=gettext_lazy("Как проверихте самоличността"), max_length=200,
        help_text=gettext_lazy("Например: лична карта, сверена на място, без копие."),
    )  # fmt: skip
    asked_on = DateField(label=gettext_lazy("Ден на искането"))


class EraseForm(forms.Form):
    """On what ground a file is erased."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Основание"), choices=Erasure.GROUNDS, widget=forms.RadioSelect
    )
    document = forms.CharField(
        label=gettext_lazy("Документ"), max_length=120,
        help_text=gettext_lazy("Номер и дата на решението или искането. Без имена: този ред остава."),
    )  # fmt: skip


class HoldForm(forms.Form):
    """Why a file must stay."""

    why = forms.CharField(
        label=gettext_lazy("Защо досието трябва да се пази"), max_length=300,
        help_text=gettext_lazy("Например: дело № 12 на Районен съд – Троян."),
    )  # fmt: skip
    until = DateField(label=gettext_lazy("До ден"), required=False)


class DeathForm(ShownForm):
    """That the person died, and on what ground the file stays."""

    on = DateField(label=gettext_lazy("Дата на смъртта"))
    ground = forms.CharField(
        label=gettext_lazy("Основание да се пазят данните"), max_length=300,
        help_text=gettext_lazy("За данни на починал също се иска основание (чл. 25е от ЗЗЛД)."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What is decided about an alert."""

    answer = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=2000)


class WatchForm(forms.Form):
    """Which file is watched, and why."""

    code = forms.CharField(label=gettext_lazy("Номер на досието"), max_length=20)
    why = forms.CharField(label=gettext_lazy("Защо се наблюдава"), widget=forms.Textarea, max_length=2000)


class ListForm(forms.Form):
    """What a list of all files is for."""

    why = forms.CharField(
        label=gettext_lazy("За какво Ви е списъкът"), widget=forms.Textarea, max_length=2000
    )
