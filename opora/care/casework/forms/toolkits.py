"""Forms of toolkits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.toolkits.package import MOST_BYTES


def _light(upload: Any) -> Any:
    if upload and upload.size > MOST_BYTES:
        raise forms.ValidationError(_("Файлът е по-голям от 5 MB."))
    return upload


class ImportForm(forms.Form):
    """A toolkit that another service exported."""

    file = forms.FileField(
        label=gettext_lazy("Инструментариум от друга услуга"),
        help_text=gettext_lazy("Един файл .zip, изнесен от Опора."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )

    def clean_file(self) -> Any:
        """Not larger than a toolkit can be."""
        return _light(self.cleaned_data["file"])


class ChangeForm(forms.Form):
    """A part replaced by one that was edited in LibreOffice, and what was changed."""

    name = forms.ChoiceField(label=gettext_lazy("Коя част"))
    file = forms.FileField(label=gettext_lazy("Новият файл"))
    change = forms.CharField(label=gettext_lazy("Какво променихте и защо"), max_length=300)

    def __init__(self, names: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = names  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Not larger than a toolkit can be."""
        return _light(self.cleaned_data["file"])
