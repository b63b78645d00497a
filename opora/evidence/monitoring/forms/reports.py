"""Forms of consensus, report, answer and programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opora.evidence.monitoring.models import Indicator
from opora.foundation.core.errors import Clash
from opora.foundation.ui.fields import DateField
from opora.foundation.ui.shown import ShownForm, in_words


class AgreeForm(ShownForm):
    """What both settle on, and why."""

    indicator = forms.CharField(widget=forms.HiddenInput, max_length=20)
    value = forms.CharField(
        label=_("Общата оценка"), max_length=2, error_messages={"required": _("Изберете степен от скалата.")}
    )
    why = forms.CharField(
        label=_("Какво решихте и защо"), max_length=500,
        error_messages={"required": _("Напишете какво решихте и защо: служи при следващото посещение.")},
    )  # fmt: skip


class ReportForm(forms.Form):
    """Words of both observers beside the marks."""

    strengths = forms.CharField(
        label=_("Силни страни"), widget=forms.Textarea, max_length=6000,
        help_text=_("Какво прави услугата добре и може да покаже на други."),
        error_messages={"required": _("Напишете силните страни.")},
    )  # fmt: skip
    advice = forms.CharField(
        label=_("Какво да се подобри"), widget=forms.Textarea, max_length=6000,
        help_text=_("Предложения, от които услугата прави програмата си. Без имена на хора."),
        error_messages={"required": _("Напишете какво да се подобри.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The service's own words."""

    text = forms.CharField(
        label=_("Отговор на услугата"), widget=forms.Textarea, max_length=6000,
        help_text=_("С какво сте съгласни, с какво не и защо."),
        error_messages={"required": _("Напишете отговора на услугата.")},
    )  # fmt: skip


class RowForm(forms.Form):
    """One step of the programme."""

    what = forms.CharField(label=_("Какво ще се направи"), max_length=300)
    who = forms.CharField(label=_("Кой отговаря"), max_length=120, help_text=_("Длъжност, не име."))
    due = DateField(label=_("До кога"))
    indicator = forms.ChoiceField(label=_("Към показател"), required=False)

    def __init__(self, indicators: Sequence[Indicator], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {str(one.pk): one for one in indicators}
        none = ("", _("към цялата услуга"))
        self.fields["indicator"].choices = [none, *((pk, str(o)) for pk, o in self.indicators.items())]  # type: ignore[attr-defined]

    def clean_indicator(self) -> Indicator | None:
        """The indicator, if one was chosen."""
        return self.indicators.get(self.cleaned_data["indicator"])


class ReturnForm(forms.Form):
    """What the coordinator asks to be changed."""

    note = forms.CharField(
        label=_("Какво да се промени"), widget=forms.Textarea, max_length=2000, required=False
    )


class CheckForm(forms.Form):
    """What the next visit saw of a promised step."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=_("Какво се вижда"), widget=forms.RadioSelect,
        choices=[("done", _("направено")), ("partly", _("отчасти")), ("not", _("не"))],
    )  # fmt: skip
    note = forms.CharField(label=_("По какво личи"), max_length=300, required=False)

    def told_after(self, clash: Clash) -> str:
        """The other was first: what was marked here, so that it can be marked again."""
        mine = in_words(self.fields["found"], self.cleaned_data["found"])
        words = {"why": clash, "mine": f"{mine}. {self.cleaned_data['note']}".strip()}
        said = gettext("%(why)s Вашето не е записано: „%(mine)s“. Ако още е вярно, отбележете го отново.")
        return said % words
