"""Forms of the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import domains
from opora.care.casework.drafting import LEVELS
from opora.care.casework.forms.assessments import PresenceForm
from opora.care.casework.models import Goal
from opora.foundation.ui.fields import DateField

SCALE = [
    (-2, gettext_lazy("−2: много под очакваното")),
    (-1, gettext_lazy("−1: под очакваното")),
    (0, gettext_lazy("0: очакваното")),
    (1, gettext_lazy("+1: над очакваното")),
    (2, gettext_lazy("+2: много над очакваното")),
]


class GoalForm(forms.Form):
    """A goal toward a need of the assessment; only what will be different has to be written, the rest is offered."""

    domain = forms.ChoiceField(choices=list(domains.DOMAINS.items()), widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Цел"),
        max_length=200,
        help_text=gettext_lazy("Какво ще е различно за детето или човека."),
    )
    level_0 = forms.CharField(
        label=gettext_lazy("По какво ще личи, че е постигната"), max_length=300,
        help_text=gettext_lazy("Очакваното до срока, така че всеки да може да го види или преброи."),
    )  # fmt: skip
    level_m2 = forms.CharField(label=gettext_lazy("Много под очакваното"), max_length=300, required=False)
    level_m1 = forms.CharField(label=gettext_lazy("Под очакваното"), max_length=300, required=False)
    level_p1 = forms.CharField(label=gettext_lazy("Над очакваното"), max_length=300, required=False)
    level_p2 = forms.CharField(label=gettext_lazy("Много над очакваното"), max_length=300, required=False)
    baseline = forms.TypedChoiceField(label=gettext_lazy("Къде е сега"), choices=SCALE, coerce=int)
    weight = forms.TypedChoiceField(
        label=gettext_lazy("Тежест"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int
    )
    responsible = forms.CharField(label=gettext_lazy("Отговаря"), max_length=120)
    due = DateField(label=gettext_lazy("Срок"))
    family_part = forms.CharField(
        label=gettext_lazy("Какво прави семейството"), max_length=300, required=False
    )
    activities = forms.CharField(
        label=gettext_lazy("Дейности"), widget=forms.Textarea, required=False, max_length=4000,
        help_text=gettext_lazy("По една на ред: какво, кой, колко често."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, goal: Goal, data: Any = None) -> GoalForm:
        """The form of a goal that stands."""
        names = ("domain", "title", "baseline", "weight", "responsible", "due", "family_part", "version")
        now = {name: getattr(goal, name) for name in names} | dict(zip(LEVELS, goal.levels, strict=True))
        return cls(data, initial=now | {"activities": "\n".join(a.text for a in goal.activities.all())})

    @classmethod
    def toward(cls, domain: str, *, responsible: str, due: dt.date | None, data: Any = None) -> GoalForm:
        """An empty one toward a need."""
        return cls(
            data,
            initial={"domain": domain, "responsible": responsible, "due": due, "baseline": -1, "weight": 1},
        )

    def goal(self) -> dict[str, Any]:
        """Fields of the goal, but its need."""
        names = ("domain", "title", "baseline", "weight", "responsible", "due", "family_part")
        return {name: self.cleaned_data[name] for name in names} | {
            "levels": [self.cleaned_data[name] for name in LEVELS]
        }

    def lines(self) -> list[str]:
        """Activities, one a line."""
        return [line[:200] for line in self.cleaned_data["activities"].splitlines() if line.strip()]

    def clean_activities(self) -> str:
        """Each line fits its box."""
        text = str(self.cleaned_data["activities"])
        if any(len(line) > 200 for line in text.splitlines()):
            raise forms.ValidationError(_("Някоя дейност е по-дълга от 200 знака. Разделете я на два реда."))
        return text


class SendForm(PresenceForm):
    """What the child and the family say of the plan, and who was there."""

    child_words = forms.CharField(
        label=gettext_lazy("Думите на детето или човека"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )
    family_words = forms.CharField(
        label=gettext_lazy("Думите на семейството"), widget=forms.Textarea, required=False, max_length=4000
    )


class DecisionForm(forms.Form):
    """The head's decision."""

    note = forms.CharField(
        label=gettext_lazy("Бележка към решението"), widget=forms.Textarea, required=False, max_length=2000
    )
    do = forms.ChoiceField(choices=[("approve", ""), ("return", "")])


class MarkForm(forms.Form):
    """How far a goal is."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Степен"), choices=SCALE, coerce=int, widget=forms.RadioSelect
    )
    on = DateField(label=gettext_lazy("Ден"))
    note = forms.CharField(label=gettext_lazy("По какво личи"), max_length=300, required=False)
