"""Forms of the pages of files."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.bg import egn, pnf

from opora.care.casework import queries, stages
from opora.care.casework.models import ClientFile, Event, Person, Relation
from opora.care.casework.presence import PRESENT
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui.fields import DateField

ASKED_BY = [
    ("parent", gettext_lazy("родител")),
    ("self", gettext_lazy("самият човек")),
    ("relative", gettext_lazy("друг роднина")),
    ("referral", gettext_lazy("дирекция или община с направление")),
    ("service", gettext_lazy("друга услуга, училище или лекар")),
]
GROUNDS = [
    ("referral", gettext_lazy("направление за социална услуга")),
    ("wish", gettext_lazy("желание за услуга без насочване")),
    ("court", gettext_lazy("съдебно решение или заповед за закрила")),
    ("consent", gettext_lazy("писмено съгласие")),
]


class IntakeForm(forms.Form):
    """First contact: who it is about, who came, what they ask for. Parts that are not known yet may wait."""

    service: Any = forms.ModelChoiceField(label=gettext_lazy("Услуга"), queryset=None)
    first_name = forms.CharField(label=gettext_lazy("Име"), max_length=60)
    middle_name = forms.CharField(label=gettext_lazy("Презиме"), max_length=60, required=False)
    last_name = forms.CharField(label=gettext_lazy("Фамилия"), max_length=60)
    born = DateField(label=gettext_lazy("Дата на раждане"))
    sex = forms.ChoiceField(label=gettext_lazy("Пол"), choices=[("", "–"), *Person.SEX], required=False)
    identifier = forms.CharField(label=gettext_lazy("ЕГН или ЛНЧ"), max_length=20, required=False)
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Кой се обръща към услугата"), choices=ASKED_BY, widget=forms.RadioSelect
    )
    wished_on = DateField(label=gettext_lazy("Ден, в който е заявено желанието"))
    ground = forms.ChoiceField(
        label=gettext_lazy("Основание да водите досие"), choices=GROUNDS, widget=forms.RadioSelect
    )
    wish = forms.CharField(
        label=gettext_lazy("Какво искат, с техни думи"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )
    parent_kind = forms.ChoiceField(
        label=gettext_lazy("Кой е той или тя"), choices=[("", "–"), *Relation.KINDS], required=False
    )
    parent_first_name = forms.CharField(
        label=gettext_lazy("Име на родителя или близкия"), max_length=60, required=False
    )
    parent_last_name = forms.CharField(
        label=gettext_lazy("Фамилия на родителя или близкия"), max_length=60, required=False
    )
    parent_phone = forms.CharField(
        label=gettext_lazy("Телефон на родителя или близкия"), max_length=60, required=False
    )
    parent_decides = forms.BooleanField(label=gettext_lazy("Законен представител"), required=False)
    key = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.fields["service"]
        assert isinstance(service, forms.ModelChoiceField)
        service.queryset = queries.services_to_open_in(actor)
        self.one_service = service.queryset.first() if service.queryset.count() == 1 else None
        if self.one_service:
            service.required = False
            service.widget = forms.HiddenInput()

    def clean_service(self) -> Any:
        """The only service there is, or the one chosen."""
        return self.one_service or self.cleaned_data["service"]

    def clean_born(self) -> dt.date:
        """Nobody is born tomorrow or was born before 1900."""
        born: dt.date = self.cleaned_data["born"]
        if not dt.date(1900, 1, 1) <= born <= clock.today():
            raise forms.ValidationError(_("Проверете датата на раждане: тя трябва да е минал ден."))
        return born

    def clean_identifier(self) -> str:
        """Ten digits with a right check digit, or nothing."""
        number = str(self.cleaned_data["identifier"]).replace(" ", "")
        if number and not (egn.is_valid(number) or pnf.is_valid(number)):
            raise forms.ValidationError(
                _("Проверете номера: една от цифрите не съвпада. Може и да го оставите празен.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """The number and the date of birth agree; a relative has a name and says who they are."""
        given = super().clean() or {}
        number, born = given.get("identifier"), given.get("born")
        if number and born and egn.is_valid(number) and egn.get_birth_date(number) != born:
            self.add_error("born", _("Датата не съвпада с ЕГН. Проверете и двете."))
        if given.get("parent_first_name") and not given.get("parent_kind"):
            self.add_error("parent_kind", _("Посочете кой е този човек за детето."))
        return given

    def person(self) -> dict[str, Any]:
        """Fields of the person."""
        names = ("first_name", "middle_name", "last_name", "born", "sex", "identifier")
        facts = {name: self.cleaned_data[name] for name in names}
        number = facts["identifier"]
        return facts | {"identifier_kind": "" if not number else "egn" if egn.is_valid(number) else "lnch"}

    def parent(self) -> dict[str, Any] | None:
        """Fields of the relative; none when no name was given."""
        said = self.cleaned_data
        if not said["parent_first_name"]:
            return None
        names = ("first_name", "last_name", "phone", "kind", "decides")
        return {name: said[f"parent_{name}"] for name in names}


class NoteForm(forms.Form):
    """A note: what happened, when, who was there, in whose words."""

    kind = forms.ChoiceField(label=gettext_lazy("Какво е било"), widget=forms.RadioSelect)
    on = DateField(label=gettext_lazy("Ден"))
    text = forms.CharField(label=gettext_lazy("Бележка"), widget=forms.Textarea, max_length=20_000)
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Присъстваха"),
        choices=PRESENT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    voice = forms.CharField(
        label=gettext_lazy("Думите на детето или човека"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )
    family_voice = forms.CharField(
        label=gettext_lazy("Думите на семейството"), widget=forms.Textarea, required=False, max_length=4000
    )
    absent_why = forms.CharField(
        label=gettext_lazy("Защо никой от семейството"), max_length=300, required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, recent: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_first(recent or [])

    def put_first(self, recent: list[str]) -> None:
        """Offer these kinds before the others."""
        kinds = [(code, label) for code, label in Event.KINDS if code not in Event.BY_ITSELF]
        first = [pair for code in recent for pair in kinds if pair[0] == code]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = first + [pair for pair in kinds if pair not in first]

    @classmethod
    def fresh(cls, recent: list[str]) -> NoteForm:
        """An empty one with the kind this person uses most lately and today's date."""
        return cls(
            recent=recent,
            initial={
                "kind": recent[0] if recent else "home_visit",
                "on": clock.today(),
                "key": secrets.token_hex(16),
            },
        )


class StageForm(forms.Form):
    """The next stage of a file."""

    stage = forms.ChoiceField(label=gettext_lazy("Етап"), widget=forms.RadioSelect)
    on = DateField(label=gettext_lazy("От кой ден"))
    why = forms.CharField(
        label=gettext_lazy("Защо"), widget=forms.Textarea, required=False, max_length=2000,
        help_text=gettext_lazy("Задължително при закриване и при отваряне отново."),
    )  # fmt: skip

    def __init__(self, file: ClientFile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, stages.STAGES[code]) for code in stages.following(file.stage)]


class LeadForm(forms.Form):
    """Who leads the case from a day."""

    to: Any = forms.ChoiceField(label=gettext_lazy("Нов водещ на случая"))
    on = DateField(label=gettext_lazy("От кой ден"))

    def __init__(self, file: ClientFile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in queries.workers_of(file.service)}
        self.fields["to"].choices = [(pk, f"{u.name}, {u.profession}") for pk, u in self.workers.items()]  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """What should have been written."""

    text = forms.CharField(label=gettext_lazy("Кое е вярното"), widget=forms.Textarea, max_length=20_000)


class FilterForm(forms.Form):
    """What stands in the address of the list; names of people never do."""

    STAGES = [("open", gettext_lazy("отворени")), *stages.STAGES.items(), ("all", gettext_lazy("всички"))]

    stage = forms.ChoiceField(label=gettext_lazy("Етап"), choices=STAGES, required=False)
    lead = forms.ChoiceField(
        label=gettext_lazy("Водещ"),
        required=False,
        choices=[("", gettext_lazy("всички")), ("me", gettext_lazy("аз"))],
    )
