"""Forms of the contract, the review, the closing and the transfer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.forms.assessments import PresenceForm
from opora.care.casework.models import Closing, Contract, Review, Transfer
from opora.foundation.accounts.models import User
from opora.foundation.ui.fields import DateField
from opora.foundation.ui.shown import ShownForm
from opora.register.models import Service


def _area(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea, required=required, max_length=6000, help_text=help_text
    )


class ContractForm(ShownForm):
    """What of a contract is not known from the file yet."""

    starts_on = DateField(label=gettext_lazy("В сила от"))
    until = DateField(label=gettext_lazy("До"))
    manner = forms.ChoiceField(
        label=gettext_lazy("Начин на ползване"), choices=[("", "–"), *Contract.MANNERS], required=False
    )
    fee = forms.CharField(
        label=gettext_lazy("Такса"), max_length=120, required=False,
        help_text=gettext_lazy("С думи, например „без такса“."),
    )  # fmt: skip


class SignForm(forms.Form):
    """The day of signing and the scan."""

    on = DateField(label=gettext_lazy("Подписан на"))
    scan = forms.FileField(
        label=gettext_lazy("Сканиран договор"), required=False,
        help_text=gettext_lazy("PDF или снимка. Може и без файл, ако подписаният договор е на хартия."),
    )  # fmt: skip


class PlanReviewForm(PresenceForm):
    """What the review found; how far the goals are is known from their marks and not asked."""

    on = DateField(label=gettext_lazy("Ден на прегледа"))
    child_words = _area(gettext_lazy("Думите на детето или човека"))
    family_words = _area(gettext_lazy("Думите на семейството"))
    summary = _area(
        gettext_lazy("Какво показа прегледът"), required=True,
        help_text=gettext_lazy("Какво се промени, какво помогна, какво не."),
    )  # fmt: skip
    decision = forms.ChoiceField(
        label=gettext_lazy("Решение"), choices=Review.DECISIONS, widget=forms.RadioSelect
    )
    why = _area(gettext_lazy("Защо"), help_text=gettext_lazy("Не е нужно, ако продължавате по същия план."))


class ClosingForm(PresenceForm):
    """The closing summary."""

    on = DateField(label=gettext_lazy("Ден на приключване"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Защо се закрива"), choices=Closing.REASONS, widget=forms.RadioSelect
    )
    summary = _area(
        gettext_lazy("Обобщение"), required=True,
        help_text=gettext_lazy("Какво беше, какво направихме, какво се промени."),
    )  # fmt: skip
    after = _area(gettext_lazy("Каква подкрепа продължава и от кого"))
    child_words = _area(gettext_lazy("Думите на детето или човека"))


class OfferForm(forms.Form):
    """To which service, what goes along, until when the old team reads."""

    to: Any = forms.ChoiceField(label=gettext_lazy("Към коя услуга"), widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Какво отива с досието"), choices=Transfer.PARTS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Историята е на детето или лицето и отива цялата. Съгласията и становищата само за екипа остават тук."
        ),
    )  # fmt: skip
    left_why = _area(
        gettext_lazy("Ако нещо остава тук, защо"),
        help_text=gettext_lazy("Само ако махнете отметка. Новата услуга ще го прочете."),
    )
    why = _area(
        gettext_lazy("Защо прехвърляте досието"), required=True,
        help_text=gettext_lazy("Новата услуга ще го прочете, преди да приеме. Не пишете имена, ако досието е запечатано."),
    )  # fmt: skip
    # No day stands here beforehand: it ends somebody's reading, so the head says it.
    ends_on = DateField(
        label=gettext_lazy("Последен ден, в който досегашният екип чете досието"),
        help_text=gettext_lazy(
            "Оставете време колегите да предадат работата, например една седмица. След този ден екипът вече не чете досието."
        ),
    )  # fmt: skip

    def __init__(self, services: Sequence[Service], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {one.code: one for one in services}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.name}, {one.code}, {one.municipality.name}") for one in services
        ]


class ReceiveForm(forms.Form):
    """The answer of the receiving head."""

    lead: Any = forms.ChoiceField(label=gettext_lazy("Водещ на случая"), required=False)
    why = _area(gettext_lazy("Ако не го приемате, защо"))

    def __init__(self, workers: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(one.pk): one for one in workers}
        self.fields["lead"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((pk, f"{one.name}, {one.profession}") for pk, one in self.workers.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A file that is accepted has somebody who leads it from the first hour."""
        given = super().clean() or {}
        if self.data.get("do") == "accept" and self.workers and not given.get("lead"):
            self.add_error("lead", _("Изберете кой поема случая. Може да сте и Вие."))
        return given
