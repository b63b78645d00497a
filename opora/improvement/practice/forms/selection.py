"""Forms of an award period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui.fields import IntegerField
from opora.improvement.practice import gathering, grouping, queries, queries_selection
from opora.improvement.practice.gathering import Candidate
from opora.improvement.practice.models import PanelMember, Period, Practice, Vote


def _grouping() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Как се класират"), choices=grouping.GROUPINGS, widget=forms.RadioSelect, required=False,
        help_text=gettext_lazy("Услугите се сравняват само в своята група. Всички заедно може да видите винаги."),
    )  # fmt: skip


class OpenForm(forms.Form):
    """A new period."""

    region = forms.ChoiceField(label=gettext_lazy("Област"))
    year = IntegerField(label=gettext_lazy("Година"), min_value=2000, max_value=2100)
    round = forms.ChoiceField(label=gettext_lazy("Кръг посещения"), required=False)
    grouping = _grouping()
    title = forms.CharField(label=gettext_lazy("Име"), max_length=200, required=False)

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data, initial={"year": clock.today().year, "grouping": grouping.ACTIVITY})
        self.regions = {one.code: one for one in queries_selection.regions_to_open(actor)}
        self.rounds = {one.code: one for one in gathering.rounds_to_read(self.regions)}
        self.fields["region"].choices = [(code, one.full_name) for code, one in self.regions.items()]  # type: ignore[attr-defined]
        named = [(code, f"{one.title} ({code})") for code, one in self.rounds.items()]
        self.fields["round"].choices = [("", _("ще се избере по-късно")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The round must be of the region."""
        given = super().clean() or {}
        round_ = self.rounds.get(given.get("round", ""))
        if round_ and given.get("region") and round_.region.code != given["region"]:
            self.add_error("round", _("Този кръг е на друга област. Изберете кръг от областта."))
        return given


class RoundForm(forms.Form):
    """Which round of visits the marks come from, and how services are divided."""

    round = forms.ChoiceField(label=gettext_lazy("Кръг посещения"))
    grouping = _grouping()

    def __init__(self, period: Period, data: Any = None) -> None:
        super().__init__(data, initial={"round": period.round_code, "grouping": period.grouping})
        self.rounds = {one.code: one for one in gathering.rounds_to_read([period.region.code])}
        self.fields["round"].choices = [(code, f"{one.title} ({code})") for code, one in self.rounds.items()]  # type: ignore[attr-defined]


class NominateForm(forms.Form):
    """Which service, and why."""

    service = forms.ChoiceField(label=gettext_lazy("Коя услуга предлагате"))
    practice = forms.ChoiceField(label=gettext_lazy("За коя практика"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=2000,
        help_text=gettext_lazy("Какво се промени за Вас или за хората. Не пишете имена."),
    )  # fmt: skip

    def __init__(self, period: Period, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.services = {one.code: one for one in queries_selection.services_to_nominate(period)}
        found = Practice.objects.published().within([period.path])
        self.practices = {one.code: one for one in found}
        names = [(code, f"{one.name}, {one.municipality.name}") for code, one in self.services.items()]
        self.fields["service"].choices = names  # type: ignore[attr-defined]
        practices = [(code, one.title) for code, one in self.practices.items()]
        self.fields["practice"].choices = [("", _("без описана практика")), *practices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The practice must be of the service."""
        given = super().clean() or {}
        practice = self.practices.get(given.get("practice", ""))
        if practice and given.get("service") and practice.service.code != given["service"]:
            self.add_error("practice", _("Тази практика е на друга услуга."))
        return given


class NominationForm(forms.Form):
    """Keep it, or say why not."""

    keep = forms.TypedChoiceField(
        label=gettext_lazy("Решение"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Приема се")), ("no", gettext_lazy("Не се приема"))],
    )  # fmt: skip
    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=1000, required=False)


class ClearForm(forms.Form):
    """Whether a prescription is open, and where that was read."""

    clear = forms.TypedChoiceField(
        label=gettext_lazy("Има ли отворено предписание"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Няма")), ("no", gettext_lazy("Има"))],
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Къде е проверено"), max_length=300,
        help_text=gettext_lazy("Например: писмо на агенцията № 12 от 04.11.2026"),
    )  # fmt: skip


class ClearManyForm(forms.Form):
    """The same answer for several services from one source."""

    services = forms.MultipleChoiceField(
        label=gettext_lazy("Услуги без отворено предписание"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(
        label=gettext_lazy("Къде е проверено"), max_length=300,
        help_text=gettext_lazy("Например: писмо на агенцията № 12 от 04.11.2026"),
    )  # fmt: skip

    def __init__(self, candidates: list[Candidate], data: Any = None) -> None:
        super().__init__(data)
        self.offered = {one.service.code: one.service for one in candidates}
        names = [(code, f"{one.name}, {one.municipality.name}") for code, one in self.offered.items()]
        self.fields["services"].choices = names  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Somebody for the panel."""

    user = forms.ChoiceField(label=gettext_lazy("Кой"))
    chair = forms.BooleanField(label=gettext_lazy("Председател"), required=False)

    def __init__(self, period: Period, data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in queries_selection.possible_members(period)}
        names = [(pk, f"{one.name}, {one.organisation}") for pk, one in self.people.items()]
        self.fields["user"].choices = names  # type: ignore[attr-defined]


class DeclareForm(forms.Form):
    """Ties with candidates: none, or which and what."""

    none = forms.BooleanField(label=gettext_lazy("Нямам връзка с никой кандидат"), required=False)
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Имам връзка с"), widget=forms.CheckboxSelectMultiple, required=False
    )
    what = forms.CharField(label=gettext_lazy("Каква е връзката"), max_length=300, required=False)

    def __init__(self, member: PanelMember, candidates: list[Candidate], data: Any = None) -> None:
        super().__init__(data)
        known = {one.service_id for one in member.conflicts.all() if one.found}
        self.offered = {c.service.code: c.service for c in candidates if c.service.pk not in known}
        self.fields["services"].choices = [(code, one.name) for code, one in self.offered.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either none, or which and what."""
        given = super().clean() or {}
        if bool(given.get("none")) == bool(given.get("services")):
            self.add_error("none", _("Отбележете или че нямате връзка, или с кои услуги имате."))
        if given.get("services") and not given.get("what"):
            self.add_error("what", _("Напишете каква е връзката."))
        return given


class VoteForm(forms.Form):
    """A vote with its reason."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Вашият глас"), choices=Vote.CHOICES, widget=forms.RadioSelect
    )
    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=1000)


class DecisionForm(forms.Form):
    """Who gets the award, the words of the decision, and why it departs from the list if it does."""

    chosen = forms.MultipleChoiceField(label=gettext_lazy("Наградени"), widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=gettext_lazy("Решение на комисията"), widget=forms.Textarea, max_length=4000
    )
    departs_why = forms.CharField(
        label=gettext_lazy("Ако е избрана услуга извън краткия списък: защо"), widget=forms.Textarea, max_length=2000,
        required=False,
    )  # fmt: skip

    def __init__(self, candidates: list[tuple[Candidate, str]], data: Any = None) -> None:
        super().__init__(data)
        self.services = {one.service.code: one.service for one, _words in candidates}
        named = [
            (one.service.code, f"{one.service.name} ({words})" if words else one.service.name)
            for one, words in candidates
        ]
        self.fields["chosen"].choices = named  # type: ignore[attr-defined]


def own_services(actor: Actor, period: Period) -> list[str]:
    """Codes of the actor's services in the region, offered first."""
    return [
        one.code for one in queries.services_to_write_for(actor) if one.path.startswith(period.path + "/")
    ]
