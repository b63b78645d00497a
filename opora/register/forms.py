"""Forms of the register's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.foundation.core.identifiers import eik_is_valid
from opora.foundation.territory.models import Municipality, Settlement
from opora.foundation.ui.fields import DateField, DecimalField, IntegerField
from opora.foundation.ui.shown import ShownForm
from opora.register import actions, queries
from opora.register.models import Service

FIGURE_LABELS = {
    "capacity": gettext_lazy("Места"),
    "crisis_places": gettext_lazy("Кризисни места"),
    "occupied": gettext_lazy("Заети места"),
    "waiting": gettext_lazy("Чакащи"),
    "funded": gettext_lazy("Финансирани места"),
}


class ServiceForm(ShownForm):
    """A service's description; the code list of municipalities is the actor's own."""

    name = forms.CharField(label=gettext_lazy("Име на услугата"), max_length=200)
    code = forms.RegexField(
        r"^[\w.\-]+$",
        label=gettext_lazy("Код"),
        max_length=40,
        help_text=gettext_lazy("Букви, цифри, точка и тире, например LOV-001."),
    )
    type: Any = forms.ModelChoiceField(label=gettext_lazy("Тип услуга"), queryset=None)
    organisation: Any = forms.ModelChoiceField(label=gettext_lazy("Доставчик"), queryset=None, required=False)
    new_organisation = forms.CharField(label=gettext_lazy("Нов доставчик"), max_length=200, required=False)
    new_eik = forms.CharField(label=gettext_lazy("ЕИК на новия доставчик"), max_length=13, required=False)
    municipality: Any = forms.ModelChoiceField(label=gettext_lazy("Община"), queryset=None)
    settlement = forms.CharField(
        label=gettext_lazy("Населено място"), required=False, help_text=gettext_lazy("Име или код по ЕКАТТЕ.")
    )
    address = forms.CharField(label=gettext_lazy("Адрес"), max_length=250, required=False)
    target_groups: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Целеви групи"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    complex = forms.CharField(
        label=gettext_lazy("Комплекс"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Еднакво име при всички услуги в комплекса."),
    )
    management = forms.CharField(
        label=gettext_lazy("Общо управление"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Еднакво име при всички услуги с общо управление."),
    )
    delegated_since = DateField(label=gettext_lazy("Държавно делегирана от"), required=False)
    opened_on = DateField(label=gettext_lazy("Открита на"), required=False)
    closed_on = DateField(label=gettext_lazy("Закрита на"), required=False)
    head = forms.CharField(label=gettext_lazy("Ръководител"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Телефон"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("Електронна поща"), required=False)

    def __init__(self, actor: Actor, *args: Any, service: Service | None = None, **kwargs: Any) -> None:
        self.service = service
        super().__init__(*args, **kwargs)
        self._offer("type", queries.type_choices(service))
        self._offer("organisation", queries.organisations())
        self._offer("municipality", queries.municipality_choices(actor, service))
        self._offer("target_groups", queries.group_choices(service))

    def as_shown(self) -> dict[str, Any]:
        """As the service holds it: places and complexes are typed by name."""
        return actions.facts_of(self.service) if self.service else {}

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """Places and complexes by name."""
        named = name in {"settlement", "complex", "management"}
        return super().boxes(name, getattr(value, "name", "") if named else value)

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def group_lists(self) -> list[tuple[str, list[tuple[str, str]], str]]:
        """Target groups of children and of others: legend, choices, id of the first box."""
        rows = list(self.fields["target_groups"].queryset)  # type: ignore[attr-defined]
        children = [(str(group.pk), group.title) for group in rows if group.children]
        others = [(str(group.pk), group.title) for group in rows if not group.children]
        return [
            (_("Деца"), children, "id_target_groups"),
            (_("Младежи и възрастни"), others, "id_other_groups"),
        ]

    def chosen_groups(self) -> list[str]:
        """Values of the boxes that are ticked."""
        return [str(getattr(one, "pk", one)) for one in self["target_groups"].value() or ()]

    def clean_new_eik(self) -> str:
        """ЕИК with a right check digit."""
        eik = str(self.cleaned_data["new_eik"]).replace(" ", "")
        if eik and not eik_is_valid(eik):
            raise forms.ValidationError(_("Проверете ЕИК: контролната цифра не съвпада."))
        return eik

    def clean(self) -> dict[str, Any]:
        """Provider, settlement and dates together."""
        said = super().clean() or self.cleaned_data
        if not said.get("organisation") and not said.get("new_organisation"):
            self.add_error("organisation", _("Изберете доставчик или впишете нов."))
        opened, closed = said.get("opened_on"), said.get("closed_on")
        if opened and closed and closed < opened:
            self.add_error("closed_on", _("Услугата не може да бъде закрита преди деня, в който е открита."))
        self._settle(said)
        return said

    def _settle(self, said: dict[str, Any]) -> None:
        wanted, place = words.normal(said.get("settlement") or ""), said.get("municipality")
        said["settlement"] = None
        if not wanted or place is None:
            return
        found = queries.settlements_named(place, wanted)
        if len(found) == 1:
            said["settlement"] = found[0]
        else:
            self.add_error("settlement", _settlement_advice(place, found))


def _settlement_advice(place: Municipality, found: Sequence[Settlement]) -> str:
    if found:
        return _("Има няколко: %(where)s. Впишете кода.") % {
            "where": "; ".join(f"{s} ({s.ekatte})" for s in found)
        }
    return _("Няма такова населено място в община %(name)s.") % {"name": place.name}


class FiguresForm(ShownForm):
    """Numbers of a day."""

    capacity = IntegerField(label=FIGURE_LABELS["capacity"], min_value=0, max_value=5000, required=False)
    crisis_places = IntegerField(
        label=FIGURE_LABELS["crisis_places"], min_value=0, max_value=5000, required=False
    )
    occupied = IntegerField(label=FIGURE_LABELS["occupied"], min_value=0, max_value=5000, required=False)
    waiting = IntegerField(label=FIGURE_LABELS["waiting"], min_value=0, max_value=5000, required=False)
    funded = IntegerField(label=FIGURE_LABELS["funded"], min_value=0, max_value=5000, required=False)
    as_of = DateField(label=gettext_lazy("Към дата"))
    source = forms.CharField(
        label=gettext_lazy("Откъде са числата"),
        max_length=200,
        help_text=gettext_lazy("Например месечен отчет или разговор с ръководителя."),
    )

    def clean_as_of(self) -> dt.date:
        """No day that has not come."""
        day: dt.date = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(_("Датата е в бъдещето."))
        return day


class PostForm(forms.Form):
    """One profession of the staff list; a row without a profession is left out."""

    profession = forms.CharField(label=gettext_lazy("Длъжност"), max_length=120, required=False)
    posts = DecimalField(
        label=gettext_lazy("Щат"), min_value=0, max_value=1000, decimal_places=2, required=False
    )
    filled = DecimalField(
        label=gettext_lazy("Заети"), min_value=0, max_value=1000, decimal_places=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A profession has its number of posts."""
        said = super().clean() or self.cleaned_data
        if said.get("profession") and said.get("posts") is None and "posts" not in self.errors:
            self.add_error("posts", _("Впишете броя на щатните места."))
        return said


class BasePostFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Each profession once."""

    def clean(self) -> None:
        """Named twice is told at the second."""
        seen: set[str] = set()
        for form in self.forms:
            name = words.normal(form.cleaned_data.get("profession") or "").casefold()
            if name and name in seen:
                form.add_error("profession", _("Тази длъжност вече е в списъка."))
            seen.add(name)


PostFormSet = forms.formset_factory(PostForm, formset=BasePostFormSet, extra=3, max_num=60)


class CloseForm(forms.Form):
    """The last day of work."""

    on = DateField(label=gettext_lazy("Последен ден на работа"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class UploadForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Таблица с услуги"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
