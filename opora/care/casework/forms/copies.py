"""What becomes of one attachment in a copy for the person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import queries_copies
from opora.care.casework.models import CopyChoice
from opora.foundation.documents.gate import EXTENSIONS


class ChoiceForm(forms.Form):
    """Three ways; one must be chosen before the copy is given."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Какво става с него"),
        choices=CopyChoice.CHOICES,
        widget=forms.RadioSelect,
        required=False,
    )
    blackened = forms.FileField(
        label=gettext_lazy("Версията със закрити места"), required=False,
        help_text=gettext_lazy("Само ако давате със закрити места. Закрийте ги върху разпечатка и я сканирайте."),
    )  # fmt: skip
    ground = forms.CharField(label=gettext_lazy("Основание да не се даде"), max_length=300, required=False)

    def __init__(self, line: queries_copies.Line, grounds: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": str(line.attachment.pk)})
        self.line = line
        hint = _("Разпоредбата, на която се основавате. Човекът я чете на първия лист на копието.")
        known = _("Въведени основания: %(all)s.") % {"all": "; ".join(grounds)} if grounds else ""
        self.fields["ground"].help_text = f"{hint} {known}".strip()
        self.fields["blackened"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in EXTENSIONS)

    def said(self) -> dict[str, Any]:
        """What the action wants; the file with its name."""
        file = self.cleaned_data["blackened"]
        return {
            "choice": self.cleaned_data["choice"], "ground": self.cleaned_data["ground"],
            "upload": (file.name or "", file.read()) if file else None,
        }  # fmt: skip
