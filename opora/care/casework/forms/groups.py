"""Forms of groups."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.actions.groups import Mark
from opora.care.casework.models import Attendance, ClientFile, GroupMember
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField
from opora.register.models import Service


class GroupForm(forms.Form):
    """A new group."""

    service = forms.ChoiceField(label=gettext_lazy("Услуга"))
    name = forms.CharField(
        label=gettext_lazy("Име на групата"), max_length=120,
        help_text=gettext_lazy("Например „Рисуване“. Стои в хронологията на всяко дете."),
    )  # fmt: skip
    programme = forms.CharField(
        label=gettext_lazy("Програма"), widget=forms.Textarea, required=False, max_length=4000,
        help_text=gettext_lazy("За кого е, какво се прави, колко пъти."),
    )  # fmt: skip
    lead = forms.ChoiceField(label=gettext_lazy("Води я"))
    began_on = DateField(label=gettext_lazy("От кой ден"))

    def __init__(self, services: list[Service], leads: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services, self.leads = {one.code: one for one in services}, {str(one.pk): one for one in leads}
        self.fields["service"].choices = [(code, one.name) for code, one in self.services.items()]  # type: ignore[attr-defined]
        self.fields["lead"].choices = [(pk, one.name) for pk, one in self.leads.items()]  # type: ignore[attr-defined]
        if len(self.services) == 1:
            self.fields["service"].widget = forms.HiddenInput()
            self.initial["service"] = next(iter(self.services))


class MembersForm(forms.Form):
    """Who joins, from which day."""

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Хора от досиетата на услугата"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Изберете поне един човек.")},
    )  # fmt: skip
    since = DateField(label=gettext_lazy("От кой ден"))

    def __init__(self, files: list[ClientFile], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {file.code: file for file in files}
        shown = [(code, f"{file.person.name}, {code}") for code, file in self.known.items()]
        self.fields["codes"].choices = shown  # type: ignore[attr-defined]

    def chosen(self) -> list[ClientFile]:
        """The files that were ticked."""
        return [self.known[code] for code in self.cleaned_data["codes"]]


class SessionForm(forms.Form):
    """The session itself."""

    on = DateField(label=gettext_lazy("Ден"))
    topic = forms.CharField(label=gettext_lazy("Тема"), max_length=200)
    note = forms.CharField(
        label=gettext_lazy("За групата като цяло"), widget=forms.Textarea, required=False, max_length=4000,
        help_text=gettext_lazy("Остава при групата и не влиза в ничие досие."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def fresh(cls) -> SessionForm:
        """Today's."""
        return cls(initial={"on": clock.today(), "key": secrets.token_hex(16)})


class MarkForm(forms.Form):
    """One person of a session; most people come, so that stands already."""

    state = forms.ChoiceField(
        label=gettext_lazy("Присъствие"), choices=Attendance.STATES, widget=forms.RadioSelect,
        initial=Attendance.PRESENT,
    )  # fmt: skip
    goal = forms.ChoiceField(label=gettext_lazy("Към цел"), required=False)
    note = forms.CharField(label=gettext_lazy("Какво се видя"), max_length=500, required=False)

    def __init__(self, member: GroupMember, goals: list[str], data: Any = None) -> None:
        super().__init__(data, prefix=f"m{member.file_id}")
        self.member = member
        self.fields["goal"].choices = [("", "–"), *((one, one) for one in goals)]  # type: ignore[attr-defined]
        if not goals:
            self.fields["goal"].widget = forms.HiddenInput()

    def mark(self) -> Mark:
        """What was said."""
        said = self.cleaned_data
        return Mark(said["state"], said["goal"], said["note"])
