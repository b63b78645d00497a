"""The form with which a whole file is taken out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class ArchiveForm(forms.Form):
    """What the archive is for."""

    why = forms.CharField(
        label=gettext_lazy("За какво е архивът"), max_length=300,
        help_text=gettext_lazy("Например: досието се закрива и се пази и на хартия; услугата минава на друга програма."),
    )  # fmt: skip
