"""Forms of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Файл на образеца (.xlsx)"),
        help_text=_("Таблица по стандарта XLSForm с листове survey, choices и settings."),
        error_messages={"required": _("Изберете файл.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> object:
        """Not larger than a template can be."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Файлът е по-голям от 5 MB. Образците са много по-малки."))
        return file
