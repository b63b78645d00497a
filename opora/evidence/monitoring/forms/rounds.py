"""Forms of rounds and plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.evidence.monitoring.models import FrameworkVersion
from opora.foundation.accounts.models import User
from opora.foundation.territory.models import Region
from opora.foundation.ui.fields import DateField


class RoundForm(forms.Form):
    """Where, by which framework, when, and who is sent."""

    region = forms.ChoiceField(label=_("Област"))
    version = forms.ChoiceField(label=_("Рамка"))
    starts = DateField(label=_("Първи ден"))
    ends = DateField(label=_("Последен ден"))
    people = forms.MultipleChoiceField(
        label=_("Наблюдатели"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Поне двама. При своя работодател никой не се изпраща."),
        error_messages={"required": _("Изберете поне двама наблюдатели.")},
    )  # fmt: skip

    def __init__(
        self,
        regions: Sequence[Region],
        versions: Sequence[FrameworkVersion],
        people: Sequence[User],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {region.code: region for region in regions}
        self.versions = {str(version.pk): version for version in versions}
        self.known = {str(person.pk): person for person in people}
        self.fields["region"].choices = [(code, r.full_name) for code, r in self.regions.items()]  # type: ignore[attr-defined]
        self.fields["version"].choices = [(pk, _named(v)) for pk, v in self.versions.items()]  # type: ignore[attr-defined]
        self.fields["people"].choices = [(pk, _who(p)) for pk, p in self.known.items()]  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        """Two at least."""
        chosen = [self.known[pk] for pk in self.cleaned_data["people"]]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Изберете поне двама наблюдатели."))
        return chosen

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "region": self.regions[given["region"]], "version": self.versions[given["version"]],
            "starts": given["starts"], "ends": given["ends"], "people": given["people"],
        }  # fmt: skip


def _named(version: FrameworkVersion) -> str:
    return f"{version.framework.name} ({version.framework.kind_label.lower()}), {version.number}"


def _who(person: User) -> str:
    return ", ".join(filter(None, (person.name, person.organisation)))


class DayForm(forms.Form):
    """Another day."""

    on = DateField(label=_("Ден на посещението"))


class ObserverForm(forms.Form):
    """Somebody else in one of the two places."""

    place = forms.TypedChoiceField(label=_("На мястото на"), coerce=int, choices=[])
    person = forms.ChoiceField(label=_("Изпрати"), choices=[])

    def __init__(self, seats: Sequence[Any], people: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["place"].choices = [(seat.place, seat.user.name) for seat in seats]  # type: ignore[attr-defined]
        self.fields["person"].choices = [(pk, _who(p)) for pk, p in self.people.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> User:
        """The account."""
        return self.people[self.cleaned_data["person"]]


class ExcuseForm(forms.Form):
    """Why a visit falls away."""

    reason = forms.CharField(
        label=_("Защо посещението отпада"), widget=forms.Textarea, max_length=2000,
        error_messages={"required": _("Напишете защо посещението отпада.")},
    )  # fmt: skip


class TieForm(forms.Form):
    """What ties an observer to a provider."""

    service = forms.CharField(
        label=_("Код на услугата"),
        max_length=40,
        help_text=_("Кодът стои на страницата на услугата, например LOV-17."),
    )
    whole = forms.BooleanField(label=_("Връзката е с доставчика, за всички негови услуги"), required=False)
    note = forms.CharField(
        label=_("Каква е връзката"), max_length=300, help_text=_("Например „съпругата ми работи там“.")
    )
