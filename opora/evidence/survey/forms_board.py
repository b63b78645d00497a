"""Forms of the coordinator: a new round, the list under the board, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.evidence.survey import stages
from opora.foundation.ui.fields import DateField


class RoundForm(forms.Form):
    """Which card, of whom, by when. `scopes`, `versions`, `types` and `municipalities` are what the person
    may choose.
    """

    title = forms.CharField(
        label=_("Име на събирането"),
        max_length=200,
        error_messages={"required": _("Напишете име на събирането.")},
    )
    version = forms.ChoiceField(label=_("Образец"), error_messages={"required": _("Изберете образец.")})
    scope = forms.ChoiceField(label=_("Обхват"), error_messages={"required": _("Изберете област.")})
    municipalities = forms.MultipleChoiceField(
        label=_("Само тези общини"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Без избор картата получават всички."),
    )  # fmt: skip
    types = forms.MultipleChoiceField(
        label=_("Само тези типове услуги"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Без избор картата получават всички."),
    )  # fmt: skip
    deadline = DateField(label=_("Срок"), help_text=_("Например 15.12.2026"))

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]


class BoardFilterForm(forms.Form):
    """What the list under the board is narrowed to."""

    stage = forms.ChoiceField(
        label=_("Състояние"),
        required=False,
        choices=[
            ("", _("всички")),
            ("missing", _("невърнати")),
            ("in", _("върнати")),
            *stages.STAGES.items(),
        ],
    )
    municipality = forms.ChoiceField(label=_("Община"), required=False)

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [("", _("всички")), *municipalities]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Причина"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        error_messages={"required": _("Напишете причината.")},
    )  # fmt: skip


class ContactForm(forms.Form):
    """How the service was reached."""

    KINDS = [("телефон", _("по телефона")), ("посещение", _("с посещение")), ("писмо", _("с писмо"))]

    what = forms.ChoiceField(label=_("Как се свързахте"), choices=KINDS, widget=forms.RadioSelect)
