"""Forms of outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opora.care.casework.models import Satisfaction, Situation
from opora.care.casework.outcomes.measures import MEASURES
from opora.foundation.ui.fields import DateField

QUESTIONS = (
    ("heard", gettext_lazy("Слушаха ли ме тук?")),
    ("helped", gettext_lazy("Помогнаха ли ми?")),
    ("again", gettext_lazy("Бих ли дошъл пак?")),
)
"""The three questions in the person's own voice; each sentence has at most ten words."""


class SituationForm(forms.Form):
    """Where the person lives and the school."""

    on = DateField(label=gettext_lazy("Към ден"))
    living = forms.ChoiceField(
        label=gettext_lazy("Къде живее"), choices=Situation.LIVING, widget=forms.RadioSelect
    )
    school = forms.ChoiceField(
        label=gettext_lazy("Училище или детска градина"), choices=Situation.SCHOOL, widget=forms.RadioSelect
    )


class SatisfactionForm(forms.Form):
    """Three questions."""

    who = forms.ChoiceField(
        label=gettext_lazy("Кой отговори"), choices=Satisfaction.WHO, widget=forms.RadioSelect
    )
    heard = forms.TypedChoiceField(
        label=QUESTIONS[0][1], choices=Satisfaction.ANSWERS, coerce=int, widget=forms.RadioSelect
    )
    helped = forms.TypedChoiceField(
        label=QUESTIONS[1][1], choices=Satisfaction.ANSWERS, coerce=int, widget=forms.RadioSelect
    )
    again = forms.TypedChoiceField(
        label=QUESTIONS[2][1], choices=Satisfaction.ANSWERS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("Искаш ли да кажеш още нещо?"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )

    @property
    def questions(self) -> list[tuple[Any, str]]:
        """Each question with the answer given so far, for a page that draws faces."""
        return [
            (self[name], str(self[name].value() if self[name].value() is not None else ""))
            for name, _q in QUESTIONS
        ]

    def answers(self) -> list[int]:
        """In the order of the questions."""
        return [self.cleaned_data[name] for name, _question in QUESTIONS]


class MeasureForm(forms.Form):
    """What the table of regions shows; stands in the address."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Показател"), choices=[(one.code, one.title) for one in MEASURES], required=False
    )
    region: Any = forms.ChoiceField(label=gettext_lazy("Област"), required=False)

    def __init__(self, regions: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext_lazy("всички"))] if len(regions) > 1 else []
        self.fields["region"].choices = [*every, *regions.items()]  # type: ignore[attr-defined]
