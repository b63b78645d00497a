"""The form of a rule."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.foundation.ui.shown import ShownForm


class RuleForm(ShownForm):
    """New value from a day on."""

    value = forms.CharField(
        label=_("Стойност"),
        required=False,
        max_length=120,
        help_text=_("Оставете празно, ако числото не е намерено."),
    )
    legal_ref = forms.CharField(label=_("Правно основание"), required=False, max_length=200)
    verified = forms.BooleanField(label=_("Стойността е сверена с първоизточника"), required=False)
    valid_from = forms.DateField(
        label=_("В сила от"),
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"required": _("Попълнете датата."), "invalid": _("Напишете датата като 22.11.2026.")},
    )
    reason = forms.CharField(
        label=_("Основание за промяната"),
        max_length=300,
        error_messages={"required": _("Напишете защо се променя.")},
    )


class RuleFilterForm(forms.Form):
    """Which rules to show."""

    q = forms.CharField(label=_("Търсене"), required=False)
    verified = forms.ChoiceField(
        label=_("Сверени"),
        required=False,
        choices=[("", _("всички")), ("yes", _("сверени")), ("no", _("несверени"))],
    )
    known_from = forms.ChoiceField(
        label=_("Откъде е известно"),
        required=False,
        choices=[
            ("", _("отвсякъде")),
            ("statute", _("закон")),
            ("web", _("публикация")),
            ("memory", _("по памет")),
            ("design", _("избор на Опора")),
            ("expert", _("въведено от експерт")),
        ],
    )
