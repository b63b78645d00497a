"""Forms of risk, safety plans and crises."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.models import Crisis, CrisisPerson, CrisisStep, Risk, SafetyLine, SafetyPlan, Signal
from opora.foundation.core import clock, terms
from opora.foundation.ui.fields import DateField
from opora.foundation.ui.shown import ShownForm

TIME_FORMATS = ("%H:%M", "%H.%M", "%H,%M", "%H")


def lines(text: str) -> list[str]:
    """What was written one a line."""
    return [line.strip()[:300] for line in text.splitlines() if line.strip()]


def many_lines(label: Any, hint: Any, *, required: bool = False) -> forms.CharField:
    """A box for several things, one a line."""
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea, required=required, max_length=3000
    )


class HourField(forms.TimeField):
    """An hour written 14:30 or 14."""

    default_error_messages = {"invalid": gettext_lazy("Въведете час, например 14:30")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Например 14:30"))
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M"))
        super().__init__(input_formats=TIME_FORMATS, **kwargs)


def moment(day: dt.date, hour: dt.time) -> dt.datetime:
    """Day and hour in Bulgaria; in the hour that comes twice the earlier one, so that a term never ends too late."""
    return dt.datetime.combine(day, hour, terms.SOFIA)


class SignalForm(forms.Form):
    """From whom, what, when."""

    source = forms.ChoiceField(
        label=gettext_lazy("От кого е сигналът"), choices=Signal.SOURCES, widget=forms.RadioSelect
    )
    whom = forms.CharField(
        label=gettext_lazy("Име и телефон на подателя"), max_length=200, required=False,
        help_text=gettext_lazy("Виждат ги само хората по досието. Не излизат на документ за друг."),
    )  # fmt: skip
    what = forms.CharField(
        label=gettext_lazy("Какво се съобщава"), widget=forms.Textarea, max_length=6000,
        help_text=gettext_lazy("С думите на подателя, ако може."),
    )  # fmt: skip
    on = DateField(label=gettext_lazy("Ден, в който е получен"))
    hour = HourField(label=gettext_lazy("Час, в който е получен"))

    def clean(self) -> dict[str, Any]:
        """The moment has come."""
        said = super().clean() or {}
        if said.get("on") and said.get("hour"):
            said["received_at"] = moment(said.pop("on"), said.pop("hour"))
            if said["received_at"] > clock.now():
                self.add_error("hour", _("Часът е в бъдещето. Запишете кога е получен сигналът."))
        return said


class FindingForm(forms.Form):
    """What was found."""

    finding = forms.CharField(
        label=gettext_lazy("Какво установихте"), widget=forms.Textarea, max_length=6000,
        help_text=gettext_lazy("С кого говорихте, какво видяхте."),
    )  # fmt: skip
    danger = forms.ChoiceField(
        label=gettext_lazy("Има ли опасност сега"), choices=Signal.DANGER, widget=forms.RadioSelect
    )


class HelperForm(forms.Form):
    """Who acts."""

    name = forms.CharField(label=gettext_lazy("Име"), max_length=120)
    role = forms.ChoiceField(label=gettext_lazy("Какво прави"), choices=CrisisPerson.ROLES)
    phone = forms.CharField(label=gettext_lazy("Телефон"), max_length=60, required=False)


class StepForm(forms.Form):
    """What is to be done."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Вид"), choices=CrisisStep.KINDS, widget=forms.RadioSelect, initial="step"
    )
    text = forms.CharField(label=gettext_lazy("Какво или на кого"), max_length=300)
    who = forms.CharField(label=gettext_lazy("Кой"), max_length=120)
    hour = HourField(label=gettext_lazy("До колко часа"), required=False)
    result = forms.CharField(
        label=gettext_lazy("Какво стана"), max_length=500, required=False,
        help_text=gettext_lazy("Ако вече е направено. Тогава стъпката се записва с часа сега."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The hour is the next one to come: today, or tomorrow when it has passed."""
        said = super().clean() or {}
        hour = said.pop("hour", None)
        said["until"] = None
        if hour is not None:
            today = moment(clock.today(), hour)
            said["until"] = (
                today if today >= clock.now() else moment(clock.today() + dt.timedelta(days=1), hour)
            )
        return said


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Как завърши"), choices=Crisis.OUTCOMES, widget=forms.RadioSelect
    )
    closing = forms.CharField(
        label=gettext_lazy("Какво следва"), widget=forms.Textarea, max_length=6000,
        help_text=gettext_lazy("Кой продължава работата, какво се променя в плана."),
    )  # fmt: skip


class RiskForm(forms.Form):
    """Level, reason, what speaks for and against."""

    person = forms.ChoiceField(label=gettext_lazy("За кого"), widget=forms.RadioSelect)
    raises = many_lines(
        gettext_lazy("Какво увеличава риска"), gettext_lazy("По едно на ред. Само видяно или чуто.")
    )
    protects = many_lines(gettext_lazy("Какво пази"), gettext_lazy("По едно на ред: хора, навици, места."))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Степен на риска"), choices=Risk.LEVELS, coerce=int, widget=forms.RadioSelect,
        help_text=gettext_lazy("Степента поставяте Вие. Системата не я изчислява."),
    )  # fmt: skip
    why = forms.CharField(label=gettext_lazy("Защо тази степен"), widget=forms.Textarea, max_length=4000)
    review_on = DateField(label=gettext_lazy("Кога ще прегледате риска отново"), required=False)

    def __init__(self, people: list[tuple[Any, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _role in people}
        shown = [(str(one.pk), f"{one.name}, {role}" if role else one.name) for one, role in people]
        self.fields["person"].choices = shown  # type: ignore[attr-defined]

    def factors(self) -> dict[str, list[str]]:
        """For and against, as the writer wants them."""
        said = self.cleaned_data
        return {"for": lines(said["raises"]), "against": lines(said["protects"])}


class SafetyForm(ShownForm):
    """The safety plan, one thing a line."""

    sign = many_lines(
        SafetyLine.KINDS[0][1], gettext_lazy("Знаци отвън и отвътре, по един на ред."), required=True
    )
    help = many_lines(SafetyLine.KINDS[1][1], gettext_lazy("По едно на ред."))
    call = many_lines(
        SafetyLine.KINDS[2][1],
        gettext_lazy("Име и телефон, по един на ред. При опасност: 112."),
        required=True,
    )
    step = many_lines(
        SafetyLine.KINDS[3][1], gettext_lazy("По една на ред, в реда, в който се правят."), required=True
    )
    agreed_with = forms.CharField(label=gettext_lazy("С кого е договорен"), max_length=200)
    review_on = DateField(label=gettext_lazy("Кога ще го прегледате"))

    @classmethod
    def after(cls, plan: SafetyPlan | None, data: Any = None) -> SafetyForm:
        """With the words of the plan before, so that nothing is typed again."""
        if plan is None:
            return cls(data, initial={"call": _("Спешна помощ: 112\nТелефонна линия за деца: 116 111")})
        return cls(data, initial=plan.as_written())

    def said(self) -> dict[str, Any]:
        """As the plan holds it."""
        said = super().said()
        return said | {kind: "\n".join(texts) for kind, texts in self.given().items()}

    def given(self) -> dict[str, list[str]]:
        """Lines by kind."""
        return {kind: lines(self.cleaned_data[kind]) for kind, _label in SafetyLine.KINDS}
