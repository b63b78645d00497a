"""Forms of visits and of handing files over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.forms.crisis import HourField, moment
from opora.care.casework.models import ClientFile, Visit
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField, IntegerField


class VisitForm(forms.Form):
    """What, when, for how long."""

    kind = forms.ChoiceField(label=gettext_lazy("Какво ще е"), choices=Visit.KINDS, widget=forms.RadioSelect)
    on = DateField(label=gettext_lazy("Ден"))
    hour = HourField(label=gettext_lazy("Час"))
    minutes = IntegerField(label=gettext_lazy("Колко минути"), min_value=5, max_value=600)

    def clean(self) -> dict[str, Any]:
        """The moment has not passed."""
        said = super().clean() or {}
        if said.get("on") and said.get("hour"):
            said["at"] = moment(said.pop("on"), said.pop("hour"))
            if said["at"] < clock.now():
                self.add_error("hour", _("Часът е минал. За случило се запишете бележка."))
        return said


class HandoverForm(forms.Form):
    """Which files, to whom, from which day."""

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Досиета"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Изберете поне едно досие.")},
    )  # fmt: skip
    to = forms.ChoiceField(label=gettext_lazy("На кого"))
    on = DateField(label=gettext_lazy("От кой ден"))

    def __init__(self, files: list[ClientFile], workers: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.workers = {file.code: file for file in files}, {str(one.pk): one for one in workers}
        shown = [(code, f"{code}, {file.person.name}") for code, file in self.known.items()]
        self.fields["codes"].choices = shown  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (pk, ", ".join(part for part in (one.name, one.profession) if part))
            for pk, one in self.workers.items()
        ]

    def chosen(self) -> list[ClientFile]:
        """The files that were ticked."""
        return [self.known[code] for code in self.cleaned_data["codes"]]


class FromForm(forms.Form):
    """Whose files are handed over."""

    lead = forms.ChoiceField(label=gettext_lazy("Чии досиета"))

    def __init__(self, leads: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [(str(one.pk), one.name) for one in leads]  # type: ignore[attr-defined]
