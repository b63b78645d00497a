"""Forms of the library and of a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.models import Toolkit
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.fields import DecimalField, IntegerField
from opora.foundation.ui.shown import ShownForm
from opora.improvement.practice import actions, queries
from opora.improvement.practice.models import GRADES, TEXTS, Condition, Feedback, Outcome, Practice
from opora.register import queries as register
from opora.register.models import ServiceType, TargetGroup

PROOFS = [
    ("", gettext_lazy("всички")),
    ("adapted", gettext_lazy("приложена и от друга услуга")),
    ("awarded", gettext_lazy("с награда")),
]
LABELS = {
    "problem": gettext_lazy("Проблем"),
    "for_whom": gettext_lazy("За кого е"),
    "solution": gettext_lazy("Какво е решението"),
    "method": gettext_lazy("Как се прави"),
    "team": gettext_lazy("Екип"),
    "cost": gettext_lazy("Колко струва"),
    "effect": gettext_lazy("Какво се промени"),
    "evidence": gettext_lazy("По какво се знае"),
    "visit": gettext_lazy("Как да я видите на място"),
}
HINTS = {
    "problem": gettext_lazy("Какво пречеше на хората, преди да започнете."),
    "for_whom": gettext_lazy("Възраст, потребности, колко души наведнъж."),
    "method": gettext_lazy(
        "Стъпка по стъпка, така че колега да може да го повтори. Всяка стъпка на нов ред."
    ),
    "team": gettext_lazy("Кой участва, с колко часа седмично, с какво обучение."),
    "cost": gettext_lazy("Еднократно и на месец; с какви пари."),
    "evidence": gettext_lazy("Какво е мерено, кога, при колко души, от кого."),
    "visit": gettext_lazy("Дни, в които приемате колеги, и какво ще видят. Без имена и лични телефони."),
}


class FindForm(forms.Form):
    """What the library is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Дума"), required=False, max_length=120)
    group = forms.ChoiceField(label=gettext_lazy("За кого"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Област"), required=False)
    grade = forms.ChoiceField(
        label=gettext_lazy("Доказателства поне"), required=False,
        choices=[("", gettext_lazy("всички")), *((str(n), words) for n, words in GRADES)],
    )  # fmt: skip
    proof = forms.ChoiceField(label=gettext_lazy("Показани"), required=False, choices=PROOFS)
    place = forms.CharField(label=gettext_lazy("Община"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every = ("", _("всички"))
        groups = [(group.code, group.title) for group in queries.groups_of_library()]
        regions = [(region.code, region.full_name) for region in queries.regions_of_library()]
        self.fields["group"].choices = [every, *groups]  # type: ignore[attr-defined]
        self.fields["region"].choices = [every, *regions]  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """A new card: of which service, its name and one sentence."""

    service = forms.ChoiceField(label=gettext_lazy("Услуга"))
    title = forms.CharField(
        label=gettext_lazy("Име на практиката"), max_length=160,
        help_text=gettext_lazy("С думи, които и родител разбира."),
    )  # fmt: skip
    summary = forms.CharField(
        label=gettext_lazy("С едно-две изречения"), max_length=400, widget=forms.Textarea,
        help_text=gettext_lazy("Какво се прави и какво се променя за хората."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {one.code: one for one in queries.services_to_write_for(actor)}
        choices = [(one.code, f"{one.name}, {one.municipality.name}") for one in self.services.values()]
        self.fields["service"].choices = choices  # type: ignore[attr-defined]


class CardForm(ShownForm):
    """The words of a card."""

    title = forms.CharField(label=gettext_lazy("Име на практиката"), max_length=160)
    summary = forms.CharField(
        label=gettext_lazy("С едно-две изречения"), max_length=400, widget=forms.Textarea
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Целеви групи"), widget=forms.CheckboxSelectMultiple, required=False
    )
    title_en = forms.CharField(label=gettext_lazy("Име на английски"), max_length=160, required=False)
    summary_en = forms.CharField(
        label=gettext_lazy("Изреченията на английски"), max_length=400, widget=forms.Textarea, required=False
    )

    def __init__(self, card: Practice, data: Any = None) -> None:
        self.card = card
        own = [group.code for group in card.groups.all()]
        now: dict[str, Any] = {name: getattr(card, name) for name in (*TEXTS, "title", "summary")}
        now |= {"title_en": card.title_en, "summary_en": card.summary_en}
        super().__init__(data, initial=now | {"groups": own})
        self.known = {group.code: group for group in TargetGroup.objects.filter(active=True)}
        self.known |= {group.code: group for group in card.groups.all()}
        self.fields["groups"].choices = [(code, group.title) for code, group in self.known.items()]  # type: ignore[attr-defined]
        for name in TEXTS:
            self.fields[name] = forms.CharField(
                label=LABELS[name], widget=forms.Textarea, required=False, max_length=4000,
                help_text=HINTS.get(name, ""),
            )  # fmt: skip

    def words(self) -> dict[str, Any]:
        """Fields of the card."""
        given = super().said()
        return given | {"groups": [self.known[code] for code in given["groups"]]}

    def said(self) -> dict[str, Any]:
        """The same, as it is compared."""
        return self.words()

    def as_shown(self) -> dict[str, Any]:
        """As the card holds it."""
        return actions.card_words(self.card)

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """Groups by their codes."""
        return super().boxes(name, [one.code for one in value] if name == "groups" else value)


class ConditionForm(forms.Form):
    """One condition; which fields count depends on its kind."""

    kind = forms.ChoiceField(label=gettext_lazy("Какво трябва да е налице"), choices=Condition.KINDS)
    group = forms.ModelChoiceField(
        TargetGroup.objects.none(), label=gettext_lazy("Целева група"), required=False, to_field_name="code"
    )
    type = forms.ModelChoiceField(
        ServiceType.objects.none(), label=gettext_lazy("Вид услуга"), required=False, to_field_name="code"
    )
    profession = forms.CharField(label=gettext_lazy("Професия"), max_length=120, required=False)
    amount = DecimalField(
        label=gettext_lazy("Колко най-малко"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    text = forms.CharField(label=gettext_lazy("Пояснение или друго условие"), max_length=300, required=False)

    NEEDS = {"group": "group", "type": "type", "beside": "type", "post": "profession", "other": "text"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = register.group_choices()  # type: ignore[attr-defined]
        self.fields["type"].queryset = register.type_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The field that the kind cannot do without."""
        given = super().clean() or {}
        needed = self.NEEDS.get(given.get("kind", ""), "")
        if needed and not given.get(needed):
            self.add_error(needed, _("Попълнете това поле за избраното условие."))
        return given


class ElementsForm(ShownForm):
    """The cores of the practice, one a line."""

    elements = forms.CharField(
        label=gettext_lazy("Основи на практиката"), widget=forms.Textarea, max_length=3000,
        help_text=gettext_lazy("Без кое това вече е друга практика. По едно на ред. Спрямо тях се мери доколко е запазена."),
    )  # fmt: skip

    def lines(self) -> list[str]:
        """What was written, line by line."""
        return [line.strip()[:300] for line in self.cleaned_data["elements"].splitlines() if line.strip()]


class OutcomeForm(forms.Form):
    """Something that is measured before and after."""

    title = forms.CharField(label=gettext_lazy("Какво се мери"), max_length=160)
    unit = forms.CharField(label=gettext_lazy("Единица"), max_length=60, required=False)
    better = forms.ChoiceField(label=gettext_lazy("Посока"), choices=Outcome.DIRECTIONS)
    before = DecimalField(label=gettext_lazy("Преди"), required=False, max_digits=9, decimal_places=2)
    after = DecimalField(label=gettext_lazy("След"), required=False, max_digits=9, decimal_places=2)
    people = IntegerField(label=gettext_lazy("При колко души"), required=False, min_value=1)


class ToolForm(forms.Form):
    """Something to work with, with its file."""

    title = forms.CharField(label=gettext_lazy("Име на инструмента"), max_length=160)
    text = forms.CharField(label=gettext_lazy("За какво служи"), max_length=400, required=False)
    file = forms.FileField(
        label=gettext_lazy("Файл"), required=False,
        help_text=gettext_lazy("Word, Excel, PDF или снимка до 20 MB. Без данни за хора."),
    )  # fmt: skip


class ShareForm(forms.Form):
    """Which toolkit of the service goes with the practice."""

    toolkit = forms.ChoiceField(label=gettext_lazy("Кой инструментариум"), widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("За какво служи"), max_length=400, required=False)

    def __init__(self, toolkits: Sequence[Toolkit], data: Any = None) -> None:
        super().__init__(data)
        self.toolkits = {str(one.pk): one for one in toolkits}
        self.fields["toolkit"].choices = [(pk, one.title) for pk, one in self.toolkits.items()]  # type: ignore[attr-defined]


class GradeForm(forms.Form):
    """Publication: how sure the effect is, and why."""

    grade = forms.TypedChoiceField(
        label=gettext_lazy("Степен на доказателствата"), choices=GRADES, coerce=int, widget=forms.RadioSelect
    )
    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=1000)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=gettext_lazy("Защо"), widget=forms.Textarea, max_length=2000)


class FeedbackForm(forms.Form):
    """What a reader says."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Какво мислите за тази практика?"),
        choices=Feedback.VERDICTS,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("С Ваши думи"), widget=forms.Textarea, required=False, max_length=2000,
        help_text=gettext_lazy("Не пишете имена на хора. Отговорът на услугата се показва тук."),
    )  # fmt: skip


class AnswerForm(ShownForm):
    """An answer to a reader."""

    answer = forms.CharField(label=gettext_lazy("Отговор"), widget=forms.Textarea, max_length=2000)
