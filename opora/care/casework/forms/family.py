"""Forms of the family's page: a relative, an agency."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.bg import egn, pnf

from opora.care.casework import kinship, relatives
from opora.care.casework.models import Agency, Person, Relation
from opora.care.casework.relatives import OF_AGENCY
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField, IntegerField
from opora.foundation.ui.shown import ShownForm

DAYS = ("born", "died", "until")


class TiedForm(ShownForm):
    """How the tie holds, for the ecomap."""

    strength = forms.ChoiceField(
        label=gettext_lazy("Каква е връзката с детето"),
        choices=[("", "–"), *Agency.STRENGTHS],
        required=False,
    )
    gives = forms.ChoiceField(
        label=gettext_lazy("Кой на кого помага"), choices=[("", "–"), *Agency.GIVES], required=False
    )
    note = forms.CharField(label=gettext_lazy("Бележка"), max_length=200, required=False)
    until = DateField(
        label=gettext_lazy("До кога е бил наблизо"), required=False,
        help_text=gettext_lazy("Попълнете, ако вече не е част от живота на детето."),
    )  # fmt: skip

    def clean_until(self) -> dt.date | None:
        """A day that has come."""
        return _past(self.cleaned_data["until"])


class RelativeForm(TiedForm):
    """Somebody around the person. Kind and first name are enough; the rest may wait."""

    QUIET = ("identifier",)

    kind = forms.ChoiceField(
        label=gettext_lazy("Какъв се пада на детето"), choices=[("", "–"), *Relation.KINDS]
    )
    first_name = forms.CharField(label=gettext_lazy("Име"), max_length=60)
    last_name = forms.CharField(label=gettext_lazy("Фамилия"), max_length=60, required=False)
    lives_with = forms.BooleanField(label=gettext_lazy("Живее с детето"), required=False)
    decides = forms.BooleanField(label=gettext_lazy("Законен представител"), required=False)
    separated = forms.BooleanField(
        label=gettext_lazy("Двамата с другия родител или партньора са разделени"), required=False
    )
    dead = forms.BooleanField(label=gettext_lazy("Човекът е починал"), required=False)
    died = DateField(label=gettext_lazy("Ден на смъртта"), required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Пол"), choices=[("", "–"), *Person.SEX], required=False)
    born = DateField(label=gettext_lazy("Дата на раждане"), required=False)
    birth_year = IntegerField(
        label=gettext_lazy("Година на раждане"), required=False, min_value=1850, localize=False,
        help_text=gettext_lazy("Ако денят не се знае."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Телефон"), max_length=60, required=False)
    identifier = forms.CharField(label=gettext_lazy("ЕГН или ЛНЧ"), max_length=20, required=False)
    through: Any = forms.ChoiceField(
        label=gettext_lazy("Роднина чрез"), required=False,
        help_text=gettext_lazy("Например чия майка е бабата, или кой е общият родител на полубрата."),
    )  # fmt: skip

    def __init__(
        self, near: list[Relation], *args: Any, relation: Relation | None = None, **kwargs: Any
    ) -> None:
        self.relation = relation
        if relation is not None:
            kwargs.setdefault("initial", _now(relation))
        super().__init__(*args, **kwargs)
        ways = {kind for kinds in kinship.THROUGH.values() for kind in kinds}
        self.ways = {str(one.pk): one for one in near if one.kind in ways and one != relation}
        self.fields["through"].choices = [("", "–")] + [  # type: ignore[attr-defined]
            (pk, f"{one.person.name} ({kinship.called(one)})") for pk, one in self.ways.items()
        ]

    def as_shown(self) -> dict[str, Any]:
        """With the mark of a number that is kept."""
        kept = self.relation.person.identifier_index if self.relation else ""
        return super().as_shown() | {"identifier": kept}

    def clean_identifier(self) -> str:
        """Ten digits with a right check digit, or nothing."""
        number = str(self.cleaned_data["identifier"]).replace(" ", "")
        if number and not (egn.is_valid(number) or pnf.is_valid(number)):
            raise forms.ValidationError(
                _("Проверете номера: една от цифрите не съвпада. Може и да го оставите празен.")
            )
        return number

    def clean_born(self) -> dt.date | None:
        """A day that has come."""
        return _past(self.cleaned_data["born"])

    def clean_died(self) -> dt.date | None:
        """A day that has come."""
        return _past(self.cleaned_data["died"])

    def clean(self) -> dict[str, Any]:
        """The number and the day of birth agree; nobody dies before they are born."""
        given = super().clean() or {}
        number, born, died = given.get("identifier"), given.get("born"), given.get("died")
        if number and egn.is_valid(number):
            known = egn.get_birth_date(number)
            given["born"] = born or known
            if born and known != born:
                self.add_error("born", _("Датата не съвпада с ЕГН. Проверете и двете."))
        if born and died and died < born:
            self.add_error("died", _("Денят на смъртта е преди раждането. Проверете и двете дати."))
        return given

    def said(self) -> dict[str, Any]:
        """Fields of the person and the relation, as the action wants them."""
        said = super().said()
        number = said["identifier"]
        said["through"] = self.ways.get(said["through"])
        said["dead"] = bool(said["dead"] or said["died"])
        said["sex"] = said["sex"] or kinship.SEXES.get(said["kind"], "")
        return said | {"identifier_kind": "" if not number else "egn" if egn.is_valid(number) else "lnch"}


class AgencyForm(TiedForm):
    """A place or an organisation around the person."""

    kind = forms.ChoiceField(label=gettext_lazy("Какво е"), choices=[("", "–"), *Agency.KINDS])
    name = forms.CharField(label=gettext_lazy("Име на мястото"), max_length=120)
    contact = forms.CharField(label=gettext_lazy("Човек за връзка и телефон"), max_length=120, required=False)

    @classmethod
    def of(cls, agency: Agency | None, data: Any = None) -> AgencyForm:
        """The form of an agency, with what is known of it; an empty one for a new."""
        return cls(data, initial={name: getattr(agency, name) for name in OF_AGENCY} if agency else None)


def _now(relation: Relation) -> dict[str, Any]:
    """What stands in the fields; the number is never shown."""
    known = relatives.values(relation) | {"through": str(relation.through_id or "")}
    return {name: value for name, value in known.items() if name not in ("identifier", "middle_name")}


def _past(day: dt.date | None) -> dt.date | None:
    if day is not None and not dt.date(1850, 1, 1) <= day <= clock.today():
        raise forms.ValidationError(_("Проверете датата: тя трябва да е минал ден."))
    return day
