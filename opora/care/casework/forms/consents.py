"""Forms of consents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import kinship, queries_consents
from opora.care.casework.models import ClientFile, Consent, Relation
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField

SELF = "self"


class ConsentForm(forms.Form):
    """For what, who gives it, how, from when. Who gives it is chosen already where the age leaves one person."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("За какво е съгласието"), choices=Consent.PURPOSES, widget=forms.RadioSelect
    )
    about = forms.CharField(
        label=gettext_lazy("За кого и за какво точно"), max_length=300, required=False,
        help_text=gettext_lazy("Например на кой специалист, коя снимка и къде ще стои."),
    )  # fmt: skip
    giver: Any = forms.ChoiceField(label=gettext_lazy("Кой го дава"), widget=forms.RadioSelect)
    beside: Any = forms.ChoiceField(label=gettext_lazy("Заедно с"), required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("Как е дадено"), choices=Consent.HOW, widget=forms.RadioSelect, initial="paper"
    )
    since = DateField(label=gettext_lazy("От"))
    until = DateField(
        label=gettext_lazy("До"), required=False, help_text=gettext_lazy("Празно: докато не бъде оттеглено.")
    )

    def __init__(self, file: ClientFile, relations: list[Relation], *args: Any, **kwargs: Any) -> None:
        near = kinship.current(relations)
        self.near = {str(one.pk): one for one in near}
        self.deciding = [one for one in near if one.decides and not one.person.dead]
        kwargs.setdefault("initial", {"since": clock.today(), "how": "paper"} | self._likely(file))
        super().__init__(*args, **kwargs)
        people = [(pk, f"{one.person.name} ({kinship.called(one)})") for pk, one in self.near.items()]
        deciding = {str(one.pk) for one in self.deciding}
        self_too = (SELF, _("%(name)s, за когото е досието") % {"name": file.person.name})
        offered = {
            "giver": [self_too, *people],
            "beside": [("", "–"), *(one for one in people if one[0] in deciding)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _likely(self, file: ClientFile) -> dict[str, str]:
        only = str(self.deciding[0].pk) if self.deciding else ""
        if queries_consents.consents_alone(file):
            return {"giver": SELF}
        if queries_consents.consents_together(file):
            return {"giver": SELF, "beside": only}
        return {"giver": only}

    def said(self) -> dict[str, Any]:
        """What the action wants."""
        said = dict(self.cleaned_data)
        return said | {"giver": self.near.get(said["giver"]), "beside": self.near.get(said["beside"])}


class WithdrawalForm(forms.Form):
    """Who takes it back, from when."""

    by: Any = forms.ChoiceField(label=gettext_lazy("Кой го оттегля"), widget=forms.RadioSelect)
    on = DateField(label=gettext_lazy("От"))

    def __init__(self, consent: Consent, relations: list[Relation], *args: Any, **kwargs: Any) -> None:
        may = [one for one in relations if one.decides or one == consent.giver]
        self.near = {str(one.pk): one for one in may}
        giver = str(consent.giver_id or SELF)
        kwargs["initial"] = {"on": clock.today(), "by": giver}
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [  # type: ignore[attr-defined]
            (SELF, _("%(name)s, за когото е досието") % {"name": consent.file.person.name}),
            *((pk, f"{one.person.name} ({kinship.called(one)})") for pk, one in self.near.items()),
        ]

    def said(self) -> dict[str, Any]:
        """What the action wants."""
        return {"by": self.near.get(self.cleaned_data["by"]), "on": self.cleaned_data["on"]}
