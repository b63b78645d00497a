"""Forms of breaches: told in three answers, written up later."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from opora.care.casework.forms.crisis import HourField
from opora.care.protection import fields
from opora.care.protection import kinds as lists
from opora.care.protection.forms.parts import MomentsForm, TextField
from opora.care.protection.models import Breach
from opora.foundation.core import shown
from opora.foundation.ui.fields import DateField, IntegerField
from opora.foundation.ui.shown import ShownForm
from opora.register.models import Service

NAMELESS = gettext_lazy("Без имена и лични номера: текстът се чете и от хора, които не виждат досиетата.")


class TellForm(MomentsForm):
    """What happened and when it was noticed; the place only for who works in several."""

    pairs = (("noticed", True),)

    service = forms.ModelChoiceField(
        Service.objects.none(), label=gettext_lazy("В коя услуга"), widget=forms.RadioSelect, empty_label=None
    )
    what = TextField(
        label=gettext_lazy("Какво се е случило"),
        help_text=gettext_lazy("Например: изпратено писмо до грешен човек, загубен лаптоп, видяно чуждо досие. Без имена и лични номера."),
    )  # fmt: skip
    noticed_on = DateField(label=gettext_lazy("Ден, в който забелязахте"))
    noticed_hour = HourField(label=gettext_lazy("Час, в който забелязахте"))

    def __init__(self, places: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = list(places)
        if len(self.places) < 2:
            del self.fields["service"]
        else:
            self.fields["service"].queryset = places  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the writer wants; with one place, that one."""
        said = self.cleaned_data
        only = self.places[0] if len(self.places) == 1 else None
        return {"what": said["what"], "noticed_at": said["noticed_at"], "service": said.get("service", only)}


class BreachForm(ShownForm, MomentsForm):
    """What is known of a breach; everything but what happened and when it was noticed may wait."""

    pairs = (("noticed", True), ("happened", False), ("ended", False))

    what = TextField(label=fields.NAMES["what"], help_text=NAMELESS)
    noticed_on = DateField(
        label=gettext_lazy("Ден на узнаването"),
        help_text=gettext_lazy("От тук тече срокът: когато организацията е узнала."),
    )
    noticed_hour = HourField(label=gettext_lazy("Час на узнаването"))
    happened_on = DateField(label=gettext_lazy("Ден, в който е станало"), required=False)
    happened_hour = HourField(label=gettext_lazy("Час, в който е станало"), required=False)
    ended_on = DateField(label=gettext_lazy("Ден, до който е продължило"), required=False)
    ended_hour = HourField(label=gettext_lazy("Час, до който е продължило"), required=False)
    security = forms.MultipleChoiceField(
        label=fields.NAMES["security"],
        choices=lists.SECURITY,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=fields.NAMES["kinds"], choices=lists.DATA, widget=forms.CheckboxSelectMultiple, required=False
    )
    people = forms.MultipleChoiceField(
        label=fields.NAMES["people"],
        choices=lists.PEOPLE,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    people_about = IntegerField(
        label=fields.NAMES["people_about"], min_value=0, max_value=100_000_000, required=False
    )
    records_about = IntegerField(
        label=fields.NAMES["records_about"], min_value=0, max_value=100_000_000, required=False
    )
    consequences = TextField(
        label=fields.NAMES["consequences"],
        required=False,
        help_text=gettext_lazy("Какво може да се случи на хората заради това."),
    )
    taken = TextField(label=fields.NAMES["taken"], required=False)
    planned = TextField(label=fields.NAMES["planned"], required=False)
    advice = TextField(
        label=fields.NAMES["advice"], required=False,
        help_text=gettext_lazy("Влиза в съобщението до тях. Например: не отговаряйте на непознати, които питат за услугата."),
    )  # fmt: skip

    @classmethod
    def of(cls, breach: Breach, data: Any = None) -> BreachForm:
        """With what stands in the register."""
        stands = fields.values_of(breach)
        now = {name: value for name, value in stands.items() if name not in fields.MOMENTS}
        for name, _needed in cls.pairs:
            now |= {f"{name}_kept": stands[f"{name}_at"]} | _day_and_hour(name, stands[f"{name}_at"])
        return cls(data, initial=now | {"seen": shown.marks(stands)})

    def said(self) -> dict[str, Any]:
        """Everything written, as it is compared."""
        return {**self.facts(), **self.marks()}

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """A moment stands in two fields."""
        if name not in fields.MOMENTS:
            return super().boxes(name, value)
        parts = _day_and_hour(name.removesuffix("_at"), value)
        return {box: f"{part:%H:%M}" if isinstance(part, dt.time) else part for box, part in parts.items()}

    def told_label(self, name: str) -> str:
        """The words of a field in a message."""
        return str(fields.NAMES[name])

    def _moment(self, said: dict[str, Any], name: str, needed: bool) -> dt.datetime | None:
        """A moment that was not touched keeps its seconds, so that the clock does not move."""
        untouched = not {f"{name}_on", f"{name}_hour"} & set(self.changed_data)
        found = super()._moment(said, name, needed)
        kept: dt.datetime | None = self.initial.get(f"{name}_kept")
        return kept if untouched and kept is not None else found

    def facts(self) -> dict[str, Any]:
        """Fields by name."""
        return {name: self.cleaned_data[name] for name in fields.WRITTEN}

    def marks(self) -> dict[str, list[str]]:
        """What is chosen in each list."""
        return {about: self.cleaned_data[about] for about in fields.LISTS}


def _day_and_hour(name: str, at: dt.datetime | None) -> dict[str, Any]:
    local = timezone.localtime(at) if at else None
    hour = local.time().replace(second=0, microsecond=0) if local else None
    return {f"{name}_on": local.date() if local else None, f"{name}_hour": hour}


class DecideForm(forms.Form):
    """How great the risk is, and why; chosen by a person, never filled in."""

    risk = forms.ChoiceField(
        label=gettext_lazy("Какъв е рискът за хората"), choices=lists.RISKS, widget=forms.RadioSelect
    )
    why = TextField(
        label=gettext_lazy("Защо"),
        help_text=gettext_lazy("Какви са данните, колко са хората, у кого са попаднали, може ли да им се навреди. Мотивите остават в регистъра."),
    )  # fmt: skip


class NoticeForm(MomentsForm):
    """Who was told, when and how."""

    pairs = (("told", True),)

    whom = forms.ChoiceField(
        label=gettext_lazy("Кой е уведомен"), choices=lists.WHOM, widget=forms.RadioSelect
    )
    told_on = DateField(label=gettext_lazy("Ден"))
    told_hour = HourField(label=gettext_lazy("Час"))
    how = forms.CharField(
        label=gettext_lazy("Как"), max_length=300, help_text=gettext_lazy("Номер на писмото, портал, телефон. Без имена на засегнати хора.")
    )  # fmt: skip
    late_why = TextField(
        label=gettext_lazy("Причини за забавянето"), required=False,
        help_text=gettext_lazy("Само ако Комисията е уведомена след срока. Причините ѝ се съобщават."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What the writer wants."""
        said = self.cleaned_data
        return {"whom": said["whom"], "at": said["told_at"], "how": said["how"], "late_why": said["late_why"]}


class CloseForm(forms.Form):
    """What was changed so that it does not happen again."""

    closing = TextField(label=gettext_lazy("Какво се промени, за да не се повтори"))
    untold_why = TextField(
        label=gettext_lazy("Защо засегнатите хора не са уведомени"), required=False,
        help_text=gettext_lazy("Само при висок риск без уведомяване: например данните са били шифровани."),
    )  # fmt: skip


class ReopenForm(forms.Form):
    """What new was learnt."""

    why = TextField(label=gettext_lazy("Какво ново се е узнало"))
