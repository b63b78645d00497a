"""Forms of the papers of a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import queries_enclosures
from opora.care.casework.models.enclosures import ID_SEEN, PAPERS
from opora.foundation.core import clock
from opora.foundation.documents.gate import EXTENSIONS
from opora.foundation.ui.fields import DateField

MOST = 10


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, each cleaned by itself."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files; an empty one is left to the gate, which says so by name."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST:
            raise forms.ValidationError(_("Изберете най-много %(n)s файла наведнъж.") % {"n": MOST})
        return list(given)


class EnclosureForm(forms.Form):
    """What the paper is, and its files; without a file it lies on paper in the binder, or was only seen."""

    kind = forms.ChoiceField(label=gettext_lazy("Вид документ"), choices=[("", "–"), *PAPERS])
    chosen = FilesField(label=gettext_lazy("Файлове"), required=False)
    about = forms.CharField(
        label=gettext_lazy("Какво е"), max_length=200, required=False,
        help_text=gettext_lazy("С няколко думи, например „къщата на баба“."),
    )  # fmt: skip
    on = DateField(label=gettext_lazy("Ден на документа"))
    until = DateField(label=gettext_lazy("Важи до"), required=False)
    on_paper = forms.BooleanField(label=gettext_lazy("Без файл: на хартия е в папката"), required=False)
    ground = forms.ChoiceField(label=gettext_lazy("Закон, който изисква копието"), required=False)
    keep_place = forms.BooleanField(
        label=gettext_lazy("Запази в снимката мястото, часа и апарата"), required=False,
        help_text=gettext_lazy("Иначе те се махат. Запазете ги само ако снимката е доказателство."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        laws = queries_enclosures.grounds_of_copies()
        self.fields["ground"].choices = [("", "–"), *((law, law) for law in laws)]  # type: ignore[attr-defined]
        self.fields["chosen"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in EXTENSIONS)
        self.fields["chosen"].widget.attrs["multiple"] = True

    def clean(self) -> dict[str, Any]:
        """A file, or the word that there is none."""
        given = super().clean() or {}
        if (
            not given.get("chosen")
            and not given.get("on_paper")
            and given.get("kind") != ID_SEEN
            and not self.errors
        ):
            self.add_error("chosen", _("Изберете файл или отбележете, че документът е на хартия."))
        return given

    def uploads(self) -> list[UploadedFile[bytes] | None]:
        """The files one by one; none stands for a paper without a file."""
        return list(self.cleaned_data["chosen"]) or [None]

    def said(self) -> dict[str, Any]:
        """What the action wants beside the file."""
        return {
            name: self.cleaned_data[name] for name in ("kind", "about", "on", "until", "ground", "keep_place")
        }


class AskForm(forms.Form):
    """Which paper is waited for, until when."""

    kind = forms.ChoiceField(label=gettext_lazy("Какъв документ чакате"), choices=[("", "–"), *PAPERS])
    due = DateField(label=gettext_lazy("До кога"), required=False)
    note = forms.CharField(label=gettext_lazy("От кого и защо"), max_length=200, required=False)

    def clean_due(self) -> dt.date | None:
        """A day that is still to come, or today."""
        due: dt.date | None = self.cleaned_data["due"]
        if due is not None and due < clock.today():
            raise forms.ValidationError(_("Изберете днес или по-късен ден."))
        return due


class RemovalForm(forms.Form):
    """Why a file is taken away."""

    why = forms.CharField(label=gettext_lazy("Защо махате файла"), max_length=300)
