"""Forms of the list's filters and of the code lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.shown import ShownForm
from opora.register import lists
from opora.register.filters import ALL, CLOSED, OPERATING, Filters

STATES = [
    (OPERATING, gettext_lazy("работещи")),
    (CLOSED, gettext_lazy("закрити")),
    (ALL, gettext_lazy("всички")),
]
SHARED = [
    ("", gettext_lazy("без значение")),
    ("shared", gettext_lazy("под общо управление")),
    ("separate", gettext_lazy("водени отделно")),
]


class FilterForm(forms.Form):
    """What stands in the address of the list; choices carry how many services each would leave."""

    q = forms.CharField(label=gettext_lazy("Дума от името, мястото или доставчика"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Област"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Община"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Тип услуга"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Целева група"), required=False)
    provider = forms.ChoiceField(label=gettext_lazy("Доставчик"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Състояние"), required=False, choices=STATES)
    shared = forms.ChoiceField(label=gettext_lazy("Управление"), required=False, choices=SHARED)
    free = forms.BooleanField(label=gettext_lazy("Само със свободни места"), required=False)

    def __init__(self, actor: Actor, chosen: Filters, data: Any) -> None:
        super().__init__(data, initial={"state": OPERATING})
        self.options = lists.facets(actor, chosen)
        for name, options in self.options.items():
            self._choose(name, [(o.value, f"{o.label} ({o.count})") for o in options])

    def choices_of(self, name: str) -> list[tuple[str, str]]:
        """Choices of one filter as plain words: five hundred options drawn by a widget cost a tenth of a second."""
        choices: Any = getattr(self.fields[name], "choices", ())
        return [(str(value), str(label)) for value, label in choices]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("всички")), *choices]


class TypeForm(ShownForm):
    """A type of service."""

    code = forms.SlugField(label=gettext_lazy("Код"), max_length=40)
    abbr = forms.CharField(label=gettext_lazy("Съкращение"), max_length=20, required=False)
    name = forms.CharField(label=gettext_lazy("Име"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Име на английски"), max_length=200)
    target_group_text = forms.CharField(label=gettext_lazy("За кого е"), max_length=200, required=False)
    typical_capacity = forms.CharField(label=gettext_lazy("Срещани места"), max_length=120, required=False)
    max_stay = forms.CharField(label=gettext_lazy("Най-дълъг престой"), max_length=120, required=False)
    source = forms.CharField(label=gettext_lazy("Източник"), max_length=200, required=False)
    order = forms.IntegerField(label=gettext_lazy("Ред в списъка"), min_value=0, max_value=9999)
    hides_address = forms.BooleanField(label=gettext_lazy("Адресът се крие"), required=False)
    institution = forms.BooleanField(label=gettext_lazy("Специализирана институция"), required=False)
    active = forms.BooleanField(label=gettext_lazy("Предлага се при нови услуги"), required=False)


class GroupForm(ShownForm):
    """A target group."""

    code = forms.SlugField(label=gettext_lazy("Код"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Име"), max_length=160)
    name_en = forms.CharField(label=gettext_lazy("Име на английски"), max_length=160)
    legal_ref = forms.CharField(label=gettext_lazy("Правно основание"), max_length=120, required=False)
    order = forms.IntegerField(label=gettext_lazy("Ред в списъка"), min_value=0, max_value=9999)
    children = forms.BooleanField(label=gettext_lazy("Групата е от деца"), required=False)
    active = forms.BooleanField(label=gettext_lazy("Предлага се при нови услуги"), required=False)
