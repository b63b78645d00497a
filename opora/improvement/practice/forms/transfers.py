"""Forms of an adaptation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField, DecimalField, IntegerField
from opora.foundation.ui.shown import ShownForm
from opora.improvement.practice import actions, queries, queries_transfer
from opora.improvement.practice.models import Adaptation, Change, ElementMark, Practice


class AskForm(forms.Form):
    """In whose name, why, and from whom one learns; a field for each condition that is not met."""

    service = forms.ChoiceField(label=gettext_lazy("За коя услуга"))
    learnt_from = forms.ChoiceField(label=gettext_lazy("От кого ще се учите"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Какво искате да промените за хората"), widget=forms.Textarea, max_length=2000
    )

    def __init__(self, actor: Actor, card: Practice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [one for one in queries.services_to_write_for(actor) if one.pk != card.service_id]
        self.services = {one.code: one for one in mine}
        self.teachers = {one.code: one for one in queries_transfer.teachers(card)}
        names = [(one.code, f"{one.name}, {one.municipality.name}") for one in mine]
        self.fields["service"].choices = names  # type: ignore[attr-defined]
        teachers = [(code, one.service.name) for code, one in self.teachers.items()]
        self.fields["learnt_from"].choices = [("", card.service.name), *teachers]  # type: ignore[attr-defined]


class AnswerRequestForm(forms.Form):
    """Agree or refuse, with words."""

    agree = forms.TypedChoiceField(
        label=gettext_lazy("Отговор"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Съгласни сме и ще помогнем")), ("no", gettext_lazy("Сега не можем"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Как ще помогнете или защо не можете"), widget=forms.Textarea, max_length=2000
    )


class PlanForm(ShownForm):
    """Who leads and the steps, one a line: „стъпка; отговорник; 31.03.2027“."""

    responsible = forms.CharField(label=gettext_lazy("Кой води адаптацията"), max_length=120)
    steps = forms.CharField(
        label=gettext_lazy("Стъпки"), widget=forms.Textarea, max_length=6000,
        help_text=gettext_lazy("По една на ред: какво; кой; до кога. Например: Обучение на екипа; ръководител; 31.03.2027"),
    )  # fmt: skip

    def clean_steps(self) -> list[dict[str, Any]]:
        """Each line as fields of a step."""
        return [self._step(line) for line in self.cleaned_data["steps"].splitlines() if line.strip()]

    def _step(self, line: str) -> dict[str, Any]:
        text, *rest = (part.strip() for part in line.split(";"))
        who, day = (*rest, "", "")[:2]
        due = None
        if day:
            try:
                due = DateField().to_python(day)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("В реда „%(line)s“ датата не се чете. Напишете я например 31.03.2027.")
                    % {"line": line.strip()}
                ) from None
        return {"text": text[:300], "responsible": who[:120], "due": due}

    @classmethod
    def of(cls, adaptation: Adaptation, data: Any = None) -> PlanForm:
        """The plan as it stands."""
        return cls(data, initial=actions.plan_words(adaptation))

    def as_typed(self) -> dict[str, Any]:
        """What was typed, as it is compared."""
        said = self.said()
        return said | {"steps": actions.plan_lines(said["steps"])}


class ChangeForm(forms.Form):
    """Something done otherwise."""

    part = forms.ChoiceField(label=gettext_lazy("Коя част"), choices=Change.PARTS)
    what = forms.CharField(label=gettext_lazy("Какво променяте"), max_length=400)
    why = forms.CharField(label=gettext_lazy("Защо"), max_length=400)


class StartForm(forms.Form):
    """The day on which the work with people began."""

    on = DateField(label=gettext_lazy("От коя дата работите по практиката"))


class MeasureForm(forms.Form):
    """Values and fidelity at one moment: a field for each outcome and each core of the practice."""

    on = DateField(label=gettext_lazy("Ден на измерването"))
    people = IntegerField(label=gettext_lazy("При колко души"), required=False, min_value=1)
    words = forms.CharField(
        label=gettext_lazy("Какво трябва да се знае за това измерване"), widget=forms.Textarea, required=False,
        max_length=2000,
    )  # fmt: skip

    def __init__(self, adaptation: Adaptation, moment: int, data: Any = None) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.outcomes = list(adaptation.practice.outcomes.all())
        self.elements = list(adaptation.practice.elements.all()) if moment else []
        for outcome in self.outcomes:
            label = f"{outcome.title} ({outcome.unit})" if outcome.unit else outcome.title
            self.fields[f"value-{outcome.pk}"] = DecimalField(
                label=label, required=False, max_digits=9, decimal_places=2
            )
        for element in self.elements:
            self.fields[f"level-{element.pk}"] = forms.TypedChoiceField(
                label=element.text, choices=ElementMark.LEVELS, coerce=int, widget=forms.RadioSelect
            )

    def values(self) -> dict[int, Decimal]:
        """Measured values by outcome; what was left empty was not measured."""
        given = {one.pk: self.cleaned_data[f"value-{one.pk}"] for one in self.outcomes}
        return {pk: value for pk, value in given.items() if value is not None}

    def levels(self) -> dict[int, int]:
        """Fidelity by element."""
        return {one.pk: self.cleaned_data[f"level-{one.pk}"] for one in self.elements}


class FinishForm(forms.Form):
    """The end, and what came of it."""

    stopped = forms.TypedChoiceField(
        label=gettext_lazy("Как завършва"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("no", gettext_lazy("Остава в работата на услугата")), ("yes", gettext_lazy("Спираме я"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Какво излезе от нея и какво бихте казали на следващата услуга"),
        widget=forms.Textarea, max_length=4000,
    )  # fmt: skip
